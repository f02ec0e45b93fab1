import { defineConfig } from '@playwright/test';

/** `npm run test:soak`: the whole kill battery, which takes too long for every change. */
export default defineConfig({
  testDir: '.',
  timeout: 60 * 60_000,
  expect: { timeout: 30_000 },
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: [['list']],
  outputDir: '../../test-results',
});
