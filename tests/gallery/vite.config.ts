import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { messagesOf, PSEUDO, pseudoMessages } from '../words/pseudo-locale.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The Content Security Policy of extension pages, so that what it forbids fails here and not in the browser of a user. */
const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
};

export default defineConfig(() => ({
  root: here('.'),
  publicDir: here('../../public'),
  plugins: [tailwindcss()],
  resolve: { alias: { '#i18n': here('../../.wxt/i18n/index.ts'), '@': here('../../') } },
  define: { __MESSAGES__: JSON.stringify({ en: messagesOf('en'), de: messagesOf('de'), [PSEUDO]: pseudoMessages() }) },
  oxc: { jsx: { runtime: 'automatic' as const } },
  // One file: in several, what they share (the texts) would be loaded before the browser's stand-in is there.
  build: { modulePreload: false as const, rolldownOptions: { output: { codeSplitting: false } } },
  preview: { headers },
}));
