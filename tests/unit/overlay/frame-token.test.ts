import { beforeEach, describe, expect, it } from 'vitest';
import { createFrameTokens, type FrameTokens, type TokenArea } from '@/lib/overlay/frame-token';

const SITE = { host: 'www.acme.com', domain: 'acme.com' };
const OTHER = { host: 'other.com', domain: 'other.com' };

/** Copies what goes in and out, as the browser's storage does. */
function memoryArea(): TokenArea {
  const held = new Map<string, unknown>();
  return {
    get: async (key) => structuredClone(held.get(key)),
    set: async (key, value) => {
      held.set(key, structuredClone(value));
    },
    remove: async (key) => {
      held.delete(key);
    },
  };
}

describe('frame tokens', () => {
  let area: TokenArea;
  let tokens: FrameTokens;
  beforeEach(() => {
    area = memoryArea();
    tokens = createFrameTokens(area);
  });

  describe('given a token that a tab was issued', () => {
    it('opens the site it was issued for', async () => {
      expect(await tokens.redeem(await tokens.issue(7, SITE), 7)).toEqual(SITE);
    });

    it('opens it once', async () => {
      const token = await tokens.issue(7, SITE);
      await tokens.redeem(token, 7);
      expect(await tokens.redeem(token, 7)).toBeNull();
    });

    it('opens it once when two frames present it at the same moment', async () => {
      const token = await tokens.issue(7, SITE);
      const answers = await Promise.all([tokens.redeem(token, 7), tokens.redeem(token, 7), tokens.redeem(token, 7)]);
      expect(answers.filter((answer) => answer !== null)).toEqual([SITE]);
    });

    it.each([8, null])('opens nothing in tab %s', async (tabId) => {
      const token = await tokens.issue(7, SITE);
      expect(await tokens.redeem(token, tabId)).toBeNull();
      expect(await tokens.redeem(token, 7), 'and is not used up by the try').toEqual(SITE);
    });

    it('opens nothing in another tab even when that tab has a token of its own', async () => {
      const token = await tokens.issue(7, SITE);
      await tokens.issue(8, OTHER);
      expect(await tokens.redeem(token, 8)).toBeNull();
    });

    it('is void when the tab was issued another', async () => {
      const first = await tokens.issue(7, SITE);
      const second = await tokens.issue(7, OTHER);
      expect(await tokens.redeem(first, 7)).toBeNull();
      expect(await tokens.redeem(second, 7)).toEqual(OTHER);
    });

    it('is void when the tab is gone', async () => {
      const token = await tokens.issue(7, SITE);
      await tokens.drop(7);
      expect(await tokens.redeem(token, 7)).toBeNull();
    });

    it('is still good when the worker was restarted meanwhile', async () => {
      const token = await tokens.issue(7, SITE);
      expect(await createFrameTokens(area).redeem(token, 7)).toEqual(SITE);
    });
  });

  describe('given a frame that has opened', () => {
    it('goes on asking with its token, in its tab only', async () => {
      const token = await tokens.issue(7, SITE);
      await tokens.redeem(token, 7);
      expect(await tokens.redeemed(token, 7)).toEqual(SITE);
      expect(await tokens.redeemed(token, 8)).toBeNull();
      expect(await tokens.redeemed(token, null)).toBeNull();
    });

    it('may not ask before its token was redeemed', async () => {
      expect(await tokens.redeemed(await tokens.issue(7, SITE), 7)).toBeNull();
    });

    it('may not ask any more when the tab was issued another token', async () => {
      const token = await tokens.issue(7, SITE);
      await tokens.redeem(token, 7);
      await tokens.issue(7, OTHER);
      expect(await tokens.redeemed(token, 7)).toBeNull();
    });
  });

  it.each(['', 'made up', '00000000-0000-4000-8000-000000000000'])(
    'a token that nobody issued (%j) opens nothing',
    async (token) => {
      await tokens.issue(7, SITE);
      expect(await tokens.redeem(token, 7)).toBeNull();
      expect(await tokens.redeemed(token, 7)).toBeNull();
    },
  );

  it('are never alike', async () => {
    const issued = await Promise.all(Array.from({ length: 100 }, (_, tab) => tokens.issue(tab, SITE)));
    expect(new Set(issued).size).toBe(100);
  });
});
