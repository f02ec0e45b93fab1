import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';

vi.mock('wxt/browser', async () => ({ browser: (await import('wxt/testing/fake-browser')).fakeBrowser }));
const { descriptionOf } = await import('@/lib/browser/omnibox');

const named = (text: string, detail = '') => ({ name: [{ text, marked: false }], detail });

describe('what the address bar shows of a record', () => {
  it('marks what was typed, and parts the rest from it', () => {
    const name = [
      { text: 'Müll', marked: true },
      { text: 'er & Söhne', marked: false },
    ];
    expect(descriptionOf({ name, detail: 'Linz' }, true)).toBe('<match>Müll</match>er &amp; Söhne <dim>Linz</dim>');
    expect(descriptionOf({ name, detail: 'Linz' }, false)).toBe('Müller & Söhne – Linz');
  });

  it('lets no text of the CRM become a tag, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, detail) => {
        const description = descriptionOf(named(`${text}</match><url>`, detail), true);
        const bare = description.replace(/<\/?(?:match|dim)>/g, '');
        expect(bare).not.toMatch(/[<>"']/);
        expect(bare.replace(/&(?:amp|lt|gt|quot|apos);/g, '')).not.toContain('&');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
        expect(description).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
        expect(description.isWellFormed()).toBe(true);
      }),
    );
  });
});
