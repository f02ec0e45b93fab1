/**
 * What is measured inside of the extension's worker. `installProbe` is sent there as text before anything is connected, so it
 * uses nothing but what stands in it. All times are milliseconds since 1970, with fractions.
 */
export interface ProbeReading {
  /** Times in which an answer of the CRM was outstanding: a call, the next piece of a body, or the pause between two looks at a job. */
  waits: [number, number][];
  /** Times in which nothing else could run, 30 ms and longer. */
  blocks: [number, number][];
}

export function installProbe(): void {
  const BLOCK_MS = 30;
  const TICK_MS = 10;
  const now = () => performance.timeOrigin + performance.now();
  const reading: ProbeReading = { waits: [], blocks: [] };
  let outstanding = 0;
  let since = 0;
  let endLook: (() => void) | null = null;

  /** One more answer is waited for, until the function that it gives is called. */
  function wait(): () => void {
    if (outstanding === 0) since = now();
    outstanding += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      outstanding -= 1;
      if (outstanding === 0) reading.waits.push([since, now()]);
    };
  }

  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    endLook?.();
    const url = input instanceof Request ? input.url : String(input);
    const method = init?.method ?? 'GET';
    const end = wait();
    const response = await real(input, init).finally(end);
    const { body } = response;
    if (body) {
      const open = body.getReader.bind(body) as () => ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
      const watched = () => {
        const reader = open();
        const read = reader.read.bind(reader);
        return Object.assign(reader, { read: () => read().finally(wait()) });
      };
      Object.assign(body, { getReader: watched });
    }
    if (method === 'GET' && /\/jobs\/query\/\w+$/.test(url)) endLook = wait();
    return response;
  };

  let last = now();
  setInterval(() => {
    const time = now();
    if (time - last - TICK_MS >= BLOCK_MS) reading.blocks.push([last + TICK_MS, time]);
    last = time;
  }, TICK_MS);

  Object.assign(globalThis, { sidelightProbe: reading });
}

/** What the probe has seen so far; also sent as text. */
export function readProbe(): ProbeReading {
  return (globalThis as unknown as { sidelightProbe: ProbeReading }).sidelightProbe;
}
