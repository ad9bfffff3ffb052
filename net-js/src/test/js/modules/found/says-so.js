// It has no package.json above it that says what it is:
// import what, says whom
export default 'an ES module by its words';
export const it = 1;
