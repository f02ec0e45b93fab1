// Queries, records and actions are requests of our own (requests.ts): jsforce's read a whole result into memory.
Object.defineProperty(exports, '__esModule', { value: true });
class Unavailable {
  constructor() {
    throw new Error('Queries and objects are not part of the worker build of jsforce');
  }
}
exports.default = Unavailable;
