// Only the SOAP and metadata APIs answer in XML; a proxy's XML page is then handled as unreadable.
Object.defineProperty(exports, '__esModule', { value: true });
exports.default = { parseStringPromise: () => Promise.reject(new Error('XML is not part of the worker build of jsforce')) };
