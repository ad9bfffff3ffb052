var fine = 1;
var not = = 2;
