// A browser sets Content-Length itself.
exports.getBodySize = () => 0;
