import { defineConfig } from 'vitest/config';

/** `npm run test:cli`: apart from the other tests, as it installs 300 MB and starts a program for each of its commands. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/salesforce-cli/*.test.ts'],
    globalSetup: 'tests/salesforce-cli/install.ts',
    // One after the other: the CLI waits for the browser at a fixed port, and the times it takes are printed.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
