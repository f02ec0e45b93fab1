// Classes that jsforce extends at load time; none of them is ever instantiated by the calls we make.
Object.defineProperty(exports, '__esModule', { value: true });
class NoStream {}
exports.Duplex = NoStream;
exports.PassThrough = NoStream;
exports.Readable = NoStream;
exports.Transform = NoStream;
exports.Writable = NoStream;
