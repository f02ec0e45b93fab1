// Our transport answers with a promise; the stream side of jsforce's StreamPromise is never read.
Object.defineProperty(exports, '__esModule', { value: true });
exports.createLazyStream = () => ({ stream: undefined, setStream: () => undefined });
exports.concatStreamsAsDuplex = () => undefined;
exports.readAll = () => Promise.reject(new Error('streams are not part of the worker build of jsforce'));
