/** Runs one read of a body; may limit its time and say what its failure means. */
export type Reading = <T>(read: () => Promise<T>) => Promise<T>;

/** The bytes of a body as they come. Leaving the loop early ends the transfer. It throws what `reading` throws. */
export async function* bytesOf(response: Response, reading: Reading = (read) => read()): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  const reader = response.body.getReader();
  try {
    for (let part = await reading(() => reader.read()); !part.done; part = await reading(() => reader.read())) yield part.value;
  } finally {
    // A body that failed refuses this with the same error; whoever reads has been told by then.
    reader.cancel().catch(() => undefined);
  }
}

/** Pieces of UTF-8 as text; a character that falls between two pieces comes with the second, and no piece is empty. */
export async function* textOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const bytes of pieces) {
    const text = decoder.decode(bytes, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
