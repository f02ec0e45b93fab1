// Uploads of files are not made.
exports.default = class FormData {};
