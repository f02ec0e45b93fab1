import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import { generateChromeMessages, parseMessagesFile } from '@wxt-dev/i18n/build';
import { defineConfig } from 'vite';

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

export default defineConfig(async () => ({
  root: here('.'),
  publicDir: here('../../public'),
  plugins: [tailwindcss()],
  resolve: { alias: { '#i18n': here('../../.wxt/i18n/index.ts'), '@': here('../../') } },
  define: { __MESSAGES__: JSON.stringify(generateChromeMessages(await parseMessagesFile(here('../../locales/en.yml')))) },
  oxc: { jsx: { runtime: 'automatic' as const } },
  build: { modulePreload: false as const },
  preview: { headers },
}));
