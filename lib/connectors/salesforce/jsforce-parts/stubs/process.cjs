// Every Connection makes one; nobody asks it for process rules or approvals in the worker.
Object.defineProperty(exports, '__esModule', { value: true });
exports.default = class NoProcess {};
