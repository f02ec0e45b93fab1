import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { '#i18n': here('tests/fakes/english-words.ts'), '@': here('.').replace(/\/$/, '') } },
  test: {
    environment: 'node',
    include: ['tests/{unit,property,contract,architecture}/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
  },
});
