import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimsOf, faultsOf, runByNpmTest, testTitles } from './claims';
import { ROOT } from './layers';

const DOCUMENTS = ['PRIVACY.md', 'docs/privacy-faq.md', 'docs/threat-model.md'];
const THIS = 'tests/architecture/claims.test.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const load = async (path: string) => ((await import(path)) as { default: object }).default;
const isRun = await runByNpmTest(ROOT, (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts, load);

describe('the documents about privacy and security', () => {
  it.each(DOCUMENTS)('%s claims nothing without the test that proves it, or the reason why none does', (path) => {
    expect(faultsOf(read(path), ROOT, isRun)).toEqual([]);
  });
});

describe('a claim', () => {
  const PROVEN = `\`${THIS}\` › \`is backed by a test that runs\``;
  const faults = (markdown: string) => faultsOf(markdown, ROOT, isRun);

  it('is backed by a test that runs', () => {
    expect(faults(`It is so.[^a]\n\n[^a]: ${PROVEN}`)).toEqual([]);
  });

  it('may say why no test proves it', () => {
    expect(faults('It is so.[^a]\n\n[^a]: Not proven by a test: it is about what a browser does.')).toEqual([]);
  });

  it.each([
    ['names no test', 'It is so.'],
    ['names none as an item of a list', `It is so:\n\n- this[^a]\n- that\n\n[^a]: ${PROVEN}`],
    ['names none as a row of a table', `| a | b |\n| - | - |\n| this | that[^a] |\n| these | those |\n\n[^a]: ${PROVEN}`],
    ['points to no footnote that there is', 'It is so.[^a]'],
    ['points to a footnote that names no test', 'It is so.[^a]\n\n[^a]: See the tests.'],
    ['points to a footnote that gives no reason', 'It is so.[^a]\n\n[^a]: Not proven by a test: no.'],
    ['points to a footnote that stands twice', `It is so.[^a]\n\n[^a]: ${PROVEN}\n[^a]: ${PROVEN}`],
    ['leaves a footnote behind', `It is so.[^a]\n\n[^a]: ${PROVEN}\n[^b]: ${PROVEN}`],
    ['names a file that is gone', 'It is so.[^a]\n\n[^a]: `tests/unit/gone.test.ts` › `is backed by a test that runs`'],
    ['names a test that was renamed', `It is so.[^a]\n\n[^a]: \`${THIS}\` › \`is backed by a test that ran\``],
    [
      'names a test that npm test does not run',
      'It is so.[^a]\n\n[^a]: `tests/soak/kill-battery.spec.ts` › `a sync whose worker is killed at random moments`',
    ],
  ])('is refused when it %s', (_, markdown) => {
    expect(faults(markdown)).toHaveLength(1);
  });

  it('is not what leads to claims, or says of itself that it claims nothing', () => {
    const section = '## B <!-- no claim -->\n\nThe most harmful first.\n\n1. The login.\n';
    expect(claimsOf(`# A\n\nIn short:\n\nAsk us. <!-- no claim -->\n\n${section}`).unmarked).toEqual([]);
    expect(claimsOf(`${section}\n## C\n\nIt is so.`).unmarked).toEqual(['It is so.']);
  });

  it('may be a table as a whole, by its head', () => {
    expect(faults(`| a[^a] | b |\n| - | - |\n| this | that |\n\n[^a]: ${PROVEN}`)).toEqual([]);
  });
});

describe('the titles of tests', () => {
  it('are those that run, as the source writes them', () => {
    const lines = [
      "it('a', () => {});",
      "it.each([\n  1,\n])('b %i', () => {});",
      'for (const x of y) test(`c $' + "{x}`, async () => test.skip(x, 'now and then'));",
      "it.skip('d', () => {});",
      "describe('e', () => it('f’s \\'g\\'', () => {}));",
      "describe.skip('h', () => it('i', () => {}));",
      "await page.click('j', () => {});",
    ];
    expect(testTitles('a.test.ts', lines.join('\n'))).toEqual(['a', 'b %i', 'c $' + '{x}', "f’s 'g'"]);
  });

  it('are looked for where npm test looks', () => {
    const files = [
      'tests/unit/a.test.ts',
      'tests/e2e/a.spec.ts',
      'tests/e2e-firefox/a.test.ts',
      'tests/salesforce-cli/a.test.ts',
    ];
    expect(files.map(isRun)).toEqual([true, true, true, true]);
    expect(['tests/soak/a.spec.ts', 'tests/gallery/a.spec.ts', 'tests/unit/a.ts'].map(isRun)).toEqual([false, false, false]);
  });
});
