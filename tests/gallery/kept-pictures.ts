import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../architecture/layers.ts';
import type { Cells } from './difference.ts';

/** Kept pictures are half as large as life: enough to see what changed, and a few KB each. */
const FOLDER = join(ROOT, 'docs', 'images', 'states');
const QUALITY = 0.6;
/** In pixels of a kept picture. */
const CELL = 2;

const keptPath = (name: string): string => join(FOLDER, `${name}.webp`);

/** The kept picture of that name, or null. */
export function keptPicture(name: string): Buffer | null {
  return existsSync(keptPath(name)) ? readFileSync(keptPath(name)) : null;
}

/** The names of all kept pictures. */
export const keptNames = (): string[] => readdirSync(FOLDER).map((file) => file.replace(/\.webp$/, ''));

/** A PNG picture as it would be kept. `bench` is an empty page: the browser knows the formats. */
export async function asKept(bench: Page, png: Buffer): Promise<Buffer> {
  const webp = await bench.evaluate(
    async ([data, quality]) => {
      const bitmap = await createImageBitmap(await (await fetch(data)).blob());
      const canvas = new OffscreenCanvas(bitmap.width >> 1, bitmap.height >> 1);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.imageSmoothingQuality = 'high';
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    [`data:image/png;base64,${png.toString('base64')}`, QUALITY] as const,
  );
  return Buffer.from(webp, 'base64');
}

export function keepPicture(name: string, webp: Buffer): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(keptPath(name), webp);
}

/** Cells of `CELL` × `CELL` pixels of a kept picture; what is left over at the right and at the bottom does not count. */
export async function cellsOf(bench: Page, webp: Buffer): Promise<Cells> {
  return bench.evaluate(
    async ([data, side]) => {
      const bitmap = await createImageBitmap(await (await fetch(data)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('no canvas');
      context.drawImage(bitmap, 0, 0);
      const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      const width = Math.floor(bitmap.width / side);
      const height = Math.floor(bitmap.height / side);
      const means = new Float32Array(width * height * 4);
      for (let y = 0; y < height * side; y += 1) {
        for (let x = 0; x < width * side; x += 1) {
          const from = (y * bitmap.width + x) * 4;
          const to = (Math.floor(y / side) * width + Math.floor(x / side)) * 4;
          for (let channel = 0; channel < 4; channel += 1) {
            means[to + channel] = (means[to + channel] ?? 0) + (pixels[from + channel] ?? 0) / (side * side);
          }
        }
      }
      return { width, height, data: Array.from(means, Math.round) };
    },
    [`data:image/webp;base64,${webp.toString('base64')}`, CELL] as const,
  );
}
