// Classes that jsforce extends at load time; none of them is ever instantiated by the calls we make.
class NoStream {}
exports.Duplex = NoStream;
exports.PassThrough = NoStream;
exports.Readable = NoStream;
exports.Transform = NoStream;
exports.Writable = NoStream;
