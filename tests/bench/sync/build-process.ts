/** Builds the extension into the folder that is the first argument; with `readable` behind it, functions keep their names. */
import { build } from 'wxt';
import { ROOT } from '../../architecture/layers.ts';

const [outDir = '', readable] = process.argv.slice(2);
await build({ root: ROOT, outDir, ...(readable ? { vite: () => ({ build: { minify: false } }) } : {}) });
