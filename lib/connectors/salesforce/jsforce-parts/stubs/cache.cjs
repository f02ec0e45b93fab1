// What a Connection keeps of descriptions, none of which is asked through it.
Object.defineProperty(exports, '__esModule', { value: true });
const nobody = { on: () => nobody, removeAllListeners: () => nobody };
exports.default = class NoCache {
  get = () => nobody;
  clear() {}
  createCachedFunction = (ask, scope) => ask.bind(scope);
};
