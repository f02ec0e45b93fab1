// The part of Node's EventEmitter that HttpApi uses: npm's whole one weighs 5 KB.
Object.defineProperty(exports, '__esModule', { value: true });
class EventEmitter {
  on(name, listener) {
    this.heard ??= new Map();
    this.heard.set(name, [...(this.heard.get(name) ?? []), listener]);
    return this;
  }
  removeAllListeners(name) {
    this.heard?.delete(name);
    return this;
  }
  emit(name, ...values) {
    const listeners = this.heard?.get(name) ?? [];
    for (const listener of listeners) listener.apply(this, values);
    return listeners.length > 0;
  }
}
exports.EventEmitter = EventEmitter;
