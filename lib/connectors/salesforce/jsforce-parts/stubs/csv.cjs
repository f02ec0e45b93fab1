// Bulk results are read by an own streaming parser.
Object.defineProperty(exports, '__esModule', { value: true });
function unavailable() {
  throw new Error('CSV is not part of the worker build of jsforce');
}
exports.parseCSV = unavailable;
exports.toCSV = unavailable;
exports.parseCSVStream = unavailable;
exports.serializeCSVStream = unavailable;
