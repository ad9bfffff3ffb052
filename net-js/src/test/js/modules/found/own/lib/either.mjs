export const from = 'an ES module';
