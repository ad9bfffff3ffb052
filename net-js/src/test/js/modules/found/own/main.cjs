exports.ask = (name) => require(name);
exports.askLater = (name) => import(name);
exports.file = __filename;
