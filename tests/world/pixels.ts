import { inflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What stands on the screen, three bytes a pixel: red, green, blue. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const SIGNATURE = 8;

/** A PNG as browsers make them: eight bits a channel, not interlaced, with or without transparency. */
export function readPng(png: Uint8Array): Picture {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts: Uint8Array[] = [];
  let [width, height, channels] = [0, 0, 3];
  for (let at = SIGNATURE; at < png.length; ) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(png.subarray(at + 4, at + 8));
    const start = at + 8;
    if (type === 'IHDR') {
      [width, height] = [view.getUint32(start), view.getUint32(start + 4)];
      channels = png[start + 9] === 6 ? 4 : 3;
    }
    if (type === 'IDAT') parts.push(png.subarray(start, start + length));
    at = start + length + 4;
  }
  return { width, height, rgb: unfilter(inflateSync(Buffer.concat(parts)), width, height, channels) };
}

/** Every line of a PNG says how it was made smaller: each byte as the difference to a neighbour. */
function unfilter(lines: Uint8Array, width: number, height: number, channels: number): Uint8Array {
  const stride = width * channels;
  const rgb = new Uint8Array(width * height * 3);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const from = y * (stride + 1);
    const filter = lines[from] ?? 0;
    const line = new Uint8Array(stride);
    for (let x = 0; x < stride; x += 1) {
      const left = line[x - channels] ?? 0;
      const up = above[x] ?? 0;
      const corner = above[x - channels] ?? 0;
      line[x] = (lines[from + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
    for (let x = 0; x < width; x += 1) rgb.set(line.subarray(x * channels, x * channels + 3), (y * width + x) * 3);
    above = line;
  }
  return rgb;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** What `page` shows within `clip`. */
export async function pictureOf(page: Page, clip: Rect): Promise<Picture> {
  return readPng(await page.screenshot({ clip, animations: 'allow', caret: 'hide' }));
}

/** The colour that most pixels of a picture have, as a number. */
function ground({ rgb }: Picture): number {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = colourAt(rgb, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0];
}

const colourAt = (rgb: Uint8Array, at: number) => ((rgb[at] ?? 0) << 16) | ((rgb[at + 1] ?? 0) << 8) | (rgb[at + 2] ?? 0);

/**
 * How much of what is drawn in `before` is still there, 0..1; the ground it is drawn on does not count, or an empty sheet would be
 * much like a written one. Channels may differ by `tolerance`.
 */
export function likeness(before: Picture, after: Picture, tolerance = 12): number {
  if (before.width !== after.width || before.height !== after.height) return 0;
  const paper = ground(before);
  let [drawn, same] = [0, 0];
  for (let at = 0; at < before.rgb.length; at += 3) {
    const changed = [0, 1, 2].some((c) => Math.abs((before.rgb[at + c] ?? 0) - (after.rgb[at + c] ?? 0)) > tolerance);
    if (colourAt(before.rgb, at) === paper && !changed) continue;
    drawn += 1;
    if (!changed) same += 1;
  }
  return drawn === 0 ? 1 : same / drawn;
}

/** How many pixels have about this colour. */
export function pixelsOf({ rgb }: Picture, colour: readonly [number, number, number], tolerance = 12): number {
  let count = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    if (colour.every((value, c) => Math.abs(value - (rgb[at + c] ?? 0)) <= tolerance)) count += 1;
  }
  return count;
}
