// The global event hub of the package; nobody listens to it in the worker.
Object.defineProperty(exports, '__esModule', { value: true });
exports.default = { emit: () => false };
