// client.ts sets its own transport on every connection; one that was forgotten must fail loudly, not call out.
Object.defineProperty(exports, '__esModule', { value: true });
class NoTransport {
  httpRequest() {
    throw new Error('jsforce connection without the egress transport');
  }
}
exports.default = NoTransport;
exports.Transport = NoTransport;
exports.XdProxyTransport = NoTransport;
exports.HttpProxyTransport = NoTransport;
exports.CanvasTransport = { supported: false };
