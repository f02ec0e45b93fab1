import { defineConfig } from '@playwright/test';
import { findOrInstallChromium } from '../world/chromium.ts';
import { SETTING } from './open-state.ts';

/** `npm run test:looks`: every state of every view, as it looks and as assistive technology meets it. */
export default defineConfig({
  testDir: '.',
  globalSetup: './global-setup.ts',
  timeout: 60_000,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: [['dot']],
  outputDir: '../../test-results/looks',
  use: {
    ...SETTING,
    launchOptions: {
      executablePath: await findOrInstallChromium(),
      chromiumSandbox: process.getuid?.() !== 0,
      // Grey edges of letters and the screen's own colours, on every machine.
      args: ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'],
    },
  },
});
