exports.from = 'CommonJS';
