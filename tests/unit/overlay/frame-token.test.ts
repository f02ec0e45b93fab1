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

const frame = (tabId: number | null, documentId: string | null = 'document-1') => ({ tabId, documentId });

describe('frame tokens', () => {
  let area: TokenArea;
  let tokens: FrameTokens;
  beforeEach(() => {
    area = memoryArea();
    tokens = createFrameTokens(area);
  });

  describe('given a token that a tab was issued', () => {
    it('opens the site it was issued for', async () => {
      expect(await tokens.present(await tokens.issue(7, SITE), frame(7))).toEqual(SITE);
    });

    it('stays good for the document that presented it first', async () => {
      const token = await tokens.issue(7, SITE);
      await tokens.present(token, frame(7));
      expect(await tokens.present(token, frame(7))).toEqual(SITE);
    });

    it('is refused to any other document of the same tab', async () => {
      const token = await tokens.issue(7, SITE);
      await tokens.present(token, frame(7, 'document-1'));
      expect(await tokens.present(token, frame(7, 'document-2'))).toBeNull();
    });

    it('opens one document when several present it at once', async () => {
      const token = await tokens.issue(7, SITE);
      const answers = await Promise.all(['a', 'b', 'c'].map((document) => tokens.present(token, frame(7, document))));
      expect(answers.filter((answer) => answer !== null)).toEqual([SITE]);
    });

    it.each([8, null])('is refused to tab %s, and not used up by the try', async (tabId) => {
      const token = await tokens.issue(7, SITE);
      expect(await tokens.present(token, frame(tabId, 'thief'))).toBeNull();
      expect(await tokens.present(token, frame(7))).toEqual(SITE);
    });

    it('is refused to a sender that the browser names no document for', async () => {
      expect(await tokens.present(await tokens.issue(7, SITE), frame(7, null))).toBeNull();
    });

    it('is void when the tab is issued another', async () => {
      const first = await tokens.issue(7, SITE);
      const second = await tokens.issue(7, OTHER);
      expect(await tokens.present(first, frame(7))).toBeNull();
      expect(await tokens.present(second, frame(7))).toEqual(OTHER);
    });

    it('is void when the tab is closed', async () => {
      const token = await tokens.issue(7, SITE);
      await tokens.drop(7);
      expect(await tokens.present(token, frame(7))).toBeNull();
    });

    it('survives the death of the worker', async () => {
      const token = await tokens.issue(7, SITE);
      expect(await createFrameTokens(area).present(token, frame(7))).toEqual(SITE);
    });
  });

  it('opens nothing for a token that nobody was issued', async () => {
    await tokens.issue(7, SITE);
    expect(await tokens.present(crypto.randomUUID(), frame(7))).toBeNull();
  });
});
