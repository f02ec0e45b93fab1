// Uploads of files are not made.
Object.defineProperty(exports, '__esModule', { value: true });
exports.default = class FormData {};
