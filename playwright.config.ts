import { defineConfig } from '@playwright/test';

// One seed for all workers: what a file draws from it is the same in each that loads the file. Printed by whoever draws.
process.env.SIDELIGHT_SEED ??= String(Math.floor(Math.random() * 2 ** 31));

/** End-to-end tests: the release build in a real Chromium, against the sandbox CRM. One world per file, two at a time: each has ports, a profile and a sandbox of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: [['list']],
  outputDir: 'test-results',
});
