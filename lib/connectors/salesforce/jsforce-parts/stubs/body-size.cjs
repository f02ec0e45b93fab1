// A browser sets Content-Length itself.
Object.defineProperty(exports, '__esModule', { value: true });
exports.getBodySize = () => 0;
