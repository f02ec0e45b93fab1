/** A picture in cells: the mean colour of each square of a few pixels, four bytes a cell as in ImageData, row by row. */
export interface Cells {
  width: number;
  height: number;
  data: ArrayLike<number>;
}

/** From how many of 255 steps on, in any of red, green and blue, a cell counts as another colour. */
const STEPS = 8;
/** How many cells may: what letters drawn by another machine change without anything having changed. */
const ALLOWED = 20;

/** Why two pictures are not of the same thing, in words; null: they are. */
export function differenceOf(kept: Cells, seen: Cells): string | null {
  if (kept.width !== seen.width || kept.height !== seen.height) {
    return `the picture is ${seen.width} × ${seen.height} cells large, the kept one ${kept.width} × ${kept.height}`;
  }
  const cells = kept.width * kept.height;
  let changed = 0;
  for (let cell = 0; cell < cells; cell += 1) {
    const at = cell * 4;
    if ([0, 1, 2].some((channel) => Math.abs((kept.data[at + channel] ?? 0) - (seen.data[at + channel] ?? 0)) > STEPS))
      changed += 1;
  }
  return changed > ALLOWED ? `${changed} of ${cells} cells have another colour` : null;
}
