/** Where the entries of a run are, by id: which cells to open for a record, without its home and without trying every run. */
export interface Directory {
  /** The cells that may hold an entry of this id; none when the run certainly has none. */
  cellsOf(id: string): number[];
}

/** 32 bits of an id. Two that share them cost the opening of a cell too many. */
function idHash(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

const CELLS = 0x10000;
const HASH_BYTES = 4;
const ENTRY_BYTES = HASH_BYTES + 2;

/** Takes the places of entries, and packs them: all hashes in order, then their cells. A run has at most 65,536 cells. */
export interface DirectoryMaker {
  add(id: string, cell: number): void;
  bytes(): Uint8Array<ArrayBuffer>;
}

/** A maker that knows of no entry. */
export function createDirectoryMaker(): DirectoryMaker {
  let places = new Float64Array(1024);
  let count = 0;
  return {
    add(id, cell) {
      if (count === places.length) {
        const more = new Float64Array(places.length * 2);
        more.set(places);
        places = more;
      }
      places[count] = idHash(id) * CELLS + cell;
      count += 1;
    },
    bytes() {
      const view = new DataView(new ArrayBuffer(count * ENTRY_BYTES));
      const cellsAt = count * HASH_BYTES;
      for (const [index, place] of places.subarray(0, count).sort().entries()) {
        view.setUint32(index * HASH_BYTES, Math.floor(place / CELLS));
        view.setUint16(cellsAt + index * 2, place % CELLS);
      }
      return new Uint8Array(view.buffer);
    },
  };
}

/** The directory whose bytes a maker packed. */
export function openDirectory(bytes: Uint8Array): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes.byteLength / ENTRY_BYTES;
  const hashAt = (index: number) => view.getUint32(index * HASH_BYTES);
  return {
    cellsOf(id) {
      const wanted = idHash(id);
      let low = 0;
      let high = count;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (hashAt(middle) < wanted) low = middle + 1;
        else high = middle;
      }
      const cells: number[] = [];
      for (let index = low; index < count && hashAt(index) === wanted; index += 1) {
        cells.push(view.getUint16(count * HASH_BYTES + index * 2));
      }
      return cells;
    },
  };
}
