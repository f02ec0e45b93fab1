/**
 * Instruments of the running worker, put into it by DevTools: what it does is told as a line of text, and at the line that
 * a test waits for it stands still for ever.
 *
 *   fetch|answer|read|end METHOD path?query [counts]   a call before it leaves, its headers, each piece of its body, the body's end;
 *       `counts` when what is sent asks how many there are
 *   parsed OBJECT n                           a page of records was read as JSON
 *   seal|sealed table key notes               a box before and after it is encrypted
 *   open stores                               a transaction was opened, and nothing asked of it yet
 *   put|delete store what                     a request was made of it
 *   commit notes                              its last request has succeeded, and nobody knows yet whether it is on the disk
 *   complete notes                            it is on the disk, and nobody in the worker knows
 *   store|stored area keys                    the extension's own storage, before and after it takes values; also
 *                                             removed area key, cleared area
 *   bucket opened|deleted name                a storage bucket
 *
 * The notes of a transaction list what was put into it; those of the manifest tell its pending run and the jobs in it.
 */
export interface Trap {
  /** A regular expression on the line. */
  at: string;
  /** At which of the lines that fit; the first unless said otherwise. */
  nth?: number;
  /** Only lines behind one that this fits count. */
  after?: string;
}

export const TRAP_CHANNEL = 'kill-traps';

/**
 * Runs inside the worker, so it may use nothing from outside itself. What comes as a promise is kept from ever settling;
 * where the code goes straight on, the thread spins until it is killed. Told lines go to the channel when `tell` is set.
 */
export function setTrap({ trap, channel, tell }: { trap: Trap | null; channel: string; tell: boolean }): void {
  interface Traps {
    trap: Trap | null;
    tell: boolean;
    left: number;
    armed: boolean;
    caught: boolean;
  }
  const scope = globalThis as typeof globalThis & { killTraps?: Traps };
  const known = scope.killTraps;
  const traps: Traps = known ?? { trap, tell, left: 0, armed: false, caught: false };
  traps.trap = trap;
  traps.tell = tell;
  traps.left = trap?.nth ?? 1;
  traps.armed = trap?.after === undefined;
  if (known) return;
  scope.killTraps = traps;
  const line = new BroadcastChannel(channel);

  /** True when this is where the worker has to stand still. */
  function isHere(text: string): boolean {
    if (traps.caught) return true;
    if (traps.tell) line.postMessage({ told: text });
    if (!traps.trap) return false;
    if (!traps.armed) {
      traps.armed = new RegExp(traps.trap.after ?? '').test(text);
      return false;
    }
    if (!new RegExp(traps.trap.at).test(text)) return false;
    traps.left -= 1;
    traps.caught = traps.left === 0;
    if (traps.caught) line.postMessage({ caught: text });
    return traps.caught;
  }
  const never = () => new Promise<never>(() => undefined);
  async function hold(text: string): Promise<void> {
    if (isHere(text)) await never();
  }
  function spin(text: string): void {
    if (isHere(text)) for (;;);
  }

  const callOf = (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(input));
    const counts = typeof init?.body === 'string' && init.body.includes('COUNT()') ? ' counts' : '';
    return `${init?.method ?? 'GET'} ${decodeURIComponent(`${url.pathname}${url.search}`)}${counts}`;
  };
  const bodies = new WeakMap<object, string>();
  const plainFetch = scope.fetch;
  scope.fetch = async (input, init) => {
    const call = callOf(input as string, init);
    await hold(`fetch ${call}`);
    const response = await plainFetch(input, init);
    await hold(`answer ${call}`);
    if (response.body) bodies.set(response.body, call);
    return response;
  };
  const plainReader = ReadableStream.prototype.getReader;
  ReadableStream.prototype.getReader = function (this: ReadableStream, options: undefined) {
    const reader = plainReader.call(this, options) as ReadableStreamDefaultReader;
    const call = bodies.get(this);
    if (call === undefined) return reader;
    const plainRead = reader.read.bind(reader);
    reader.read = async () => {
      const part = await plainRead();
      await hold(`${part.done ? 'end' : 'read'} ${call}`);
      return part;
    };
    return reader;
  } as typeof plainReader;

  const plainParse = JSON.parse;
  JSON.parse = (text, reviver) => {
    const value = plainParse(text, reviver);
    const records = value?.records;
    if (Array.isArray(records) && 'totalSize' in value) spin(`parsed ${records[0]?.attributes?.type} ${records.length}`);
    return value;
  };

  /** What a manifest says, of what the steps of a batch are told by. */
  function notesOn(plain: BufferSource): string {
    const bytes = new Uint8Array(plain as ArrayBuffer);
    const text = new TextDecoder().decode(bytes.subarray(4, 4 + new DataView(bytes.buffer).getUint32(0)));
    const { pending, checkpoints } = plainParse(text);
    const jobs = Object.entries(checkpoints).flatMap(([object, stored]) => {
      const job = (stored as { checkpoint?: { pull?: { job?: { rows: number } } } } | null)?.checkpoint?.pull?.job;
      return job ? [`${object}-job+${job.rows}`] : [];
    });
    const waiting = (pending as { table: string }[]).map(({ table }) => table);
    return [`pending=${waiting.join(',') || 'none'}`, ...jobs].join(' ');
  }
  let manifest = '';
  const subtle = SubtleCrypto.prototype;
  const plainEncrypt = subtle.encrypt;
  subtle.encrypt = async function (this: SubtleCrypto, algorithm, key, data) {
    const [, , , , table, name] = plainParse(new TextDecoder().decode((algorithm as AesGcmParams).additionalData));
    if (table === 'manifest') manifest = notesOn(data);
    const text = `${table} ${name}${table === 'manifest' ? ` ${manifest}` : ''}`;
    await hold(`seal ${text}`);
    const sealed = await plainEncrypt.call(this, algorithm, key, data);
    await hold(`sealed ${text}`);
    return sealed;
  };

  // The database was opened before this runs, and Dexie keeps the method that opens transactions; stores it asks for anew.
  const contents = new WeakMap<IDBTransaction, Set<string>>();
  const notes = (transaction: IDBTransaction) => [...(contents.get(transaction) ?? [])].join(' ');
  const plainStore = IDBTransaction.prototype.objectStore;
  IDBTransaction.prototype.objectStore = function (this: IDBTransaction, name) {
    if (this.mode === 'readwrite' && !contents.has(this)) {
      contents.set(this, new Set());
      spin(`open ${[...this.objectStoreNames].join()}`);
    }
    return plainStore.call(this, name);
  };
  const completion = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'oncomplete');
  Object.defineProperty(IDBTransaction.prototype, 'oncomplete', {
    ...completion,
    set(this: IDBTransaction, handler: (event: Event) => void) {
      completion?.set?.call(this, (event: Event) => {
        if (this.mode === 'readonly' || !isHere(`complete ${notes(this)}`)) handler.call(this, event);
      });
    },
  });
  const plainPut = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, value, key) {
    const asked = plainPut.call(this, value, key);
    const isManifest = value.name === 'manifest';
    const what = this.name === 'cells' ? `${value.t}/${value.r}` : isManifest ? `manifest ${manifest}` : value.name;
    const { transaction } = this;
    contents.get(transaction)?.add(`${this.name} ${what}`);
    if (isManifest) asked.addEventListener('success', () => setTimeout(() => spin(`commit ${notes(transaction)}`)));
    spin(`put ${this.name} ${what}${this.name === 'cells' ? `/${value.c}` : ''}`);
    return asked;
  };
  const plainDelete = IDBObjectStore.prototype.delete;
  IDBObjectStore.prototype.delete = function (this: IDBObjectStore, range) {
    const asked = plainDelete.call(this, range);
    const first = range instanceof IDBKeyRange ? range.lower : range;
    contents.get(this.transaction)?.add(`delete ${String(first)}`);
    spin(`delete ${this.name} ${String(first)}`);
    return asked;
  };

  // A pair of calls that are on their way at once must stay one: what follows a call is held, never the call itself.
  type Call = (...args: unknown[]) => Promise<unknown>;
  for (const name of ['local', 'session'] as const) {
    const area = chrome.storage[name] as unknown as Record<'set' | 'remove' | 'clear', Call>;
    const wrap = (method: 'set' | 'remove' | 'clear', before: string | null, after: string) => {
      const plain = area[method].bind(area);
      area[method] = (...args) => {
        const callback = typeof args.at(-1) === 'function' ? (args.pop() as (value: unknown) => void) : null;
        const keys =
          typeof args[0] === 'string'
            ? args[0]
            : Object.keys(args[0] ?? {})
                .sort()
                .join();
        if (before) spin(`${before} ${name} ${keys}`);
        const done = plain(...args).then(async (value) => {
          await hold(`${after} ${name} ${keys}`.trim());
          return value;
        });
        if (callback) void done.then(callback);
        return done;
      };
    };
    wrap('set', 'store', 'stored');
    wrap('remove', null, 'removed');
    wrap('clear', null, 'cleared');
  }
  const { storageBuckets } = navigator as unknown as { storageBuckets: object };
  const buckets = Object.getPrototypeOf(storageBuckets) as Record<'open' | 'delete', Call>;
  for (const [method, told] of [
    ['open', 'opened'],
    ['delete', 'deleted'],
  ] as const) {
    const plain = buckets[method];
    buckets[method] = async function (this: object, name, ...rest) {
      const result = await plain.call(this, name, ...rest);
      await hold(`bucket ${told} ${name}`);
      return result;
    };
  }
}
