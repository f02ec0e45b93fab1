// Approval processes: every Connection makes one, and nothing of it is ever called.
Object.defineProperty(exports, '__esModule', { value: true });
exports.default = class NoProcess {};
