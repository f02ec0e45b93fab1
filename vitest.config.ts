import { defineConfig } from 'vitest/config';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { '#i18n': here('tests/fakes/english-words.ts'), '@': here('.').replace(/\/$/, '') } },
  test: {
    environment: 'node',
    include: ['tests/{unit,property,contract,architecture}/**/*.test.{ts,tsx}'],
    // By itself the runner leaves one core to an editor that is not there, which is half of a machine with two.
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
  },
});
