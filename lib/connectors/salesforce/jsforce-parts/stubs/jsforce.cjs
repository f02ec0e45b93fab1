// The global event hub of the package; nobody listens to it in the worker.
exports.default = { emit: () => false };
