import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

/** `npm run test:firefox`: the built add-on in a real Firefox, against the sandbox CRM. Two browsers at a time: most of it is waiting for them. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '') } },
  test: {
    environment: 'node',
    include: ['tests/e2e-firefox/*.test.ts'],
    maxWorkers: 2,
    // The tests of a file are one story in one browser.
    bail: 1,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
