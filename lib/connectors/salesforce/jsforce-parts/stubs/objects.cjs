// Queries, objects and quick actions: all we send is a request with SOQL of our own.
Object.defineProperty(exports, '__esModule', { value: true });
class Unavailable {
  constructor() {
    throw new Error('queries and objects are not part of the worker build of jsforce');
  }
}
exports.default = Unavailable;
