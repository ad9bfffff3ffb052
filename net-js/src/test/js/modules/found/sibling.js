exports.name = 'sibling';
