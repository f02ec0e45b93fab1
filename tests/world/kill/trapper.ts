import { inWorker } from '../extension-worker.ts';
import { until } from '../within.ts';
import type { KillScene } from './kill-scene.ts';
import { setTrap, TRAP_CHANNEL, type Trap } from './traps.ts';

const CAUGHT_MS = 60_000;

export interface Trapper {
  /** Sets a trap in the worker that runs now; it goes with that worker. */
  set(trap: Trap): Promise<void>;
  /** Waits until the worker stands still. Gives the line at which it does. */
  caught(): Promise<string>;
}

/** Traps for the scene's worker, which tells a page of the extension where it stands. */
export async function trapper({ scene, reader }: Pick<KillScene, 'scene' | 'reader'>): Promise<Trapper> {
  const { browser, extensionId } = scene;
  await reader.evaluate((channel) => {
    const heard = Object.assign(globalThis, { caughtAt: null as string | null });
    new BroadcastChannel(channel).onmessage = ({ data }) => {
      if (data.caught) heard.caughtAt = data.caught;
    };
  }, TRAP_CHANNEL);
  return {
    async set(trap) {
      await reader.evaluate(() => Object.assign(globalThis, { caughtAt: null }));
      await inWorker(browser.context, extensionId, setTrap, { trap, channel: TRAP_CHANNEL, tell: false });
    },
    caught: () =>
      until(CAUGHT_MS, 'the worker to run into the trap', async () => {
        const at = await reader.evaluate(() => (globalThis as { caughtAt?: string | null }).caughtAt);
        return at ?? undefined;
      }),
  };
}
