import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { siteOf } from '@/lib/matching/site-identity';
import { hasSharedData, sharedData } from '../../fixtures/shared-data';

/**
 * The official vectors, as far as they concern the job: what `siteOf` makes of a page's address. Whatever is left out is counted
 * with its reason, and the reasons are printed.
 */
class Skipped {
  readonly #reasons = new Map<string, string[]>();
  add(reason: string, vector: string): void {
    this.#reasons.set(reason, [...(this.#reasons.get(reason) ?? []), vector]);
  }
  print(what: string, run: number): void {
    console.info(`${what}: ${run} run`);
    for (const [reason, list] of this.#reasons)
      console.info(
        `  ${list.length} skipped, ${reason}: ${list
          .slice(0, 5)
          .map((one) => JSON.stringify(one))
          .join(' ')}`,
      );
  }
}

const ascii = (host: string) => URL.parse(`https://${host}/`)?.hostname ?? host;

describe('the vectors of the Public Suffix List', () => {
  const lines = readFileSync(new URL('../../fixtures/vectors/public-suffix.txt', import.meta.url), 'utf8').split('\n');
  const vectors = lines.filter((line) => line !== '' && !line.startsWith('//')).map((line) => line.split(' '));

  it('hold: a registrable domain where there is one, nothing or the suffix itself where there is none', () => {
    const skipped = new Skipped();
    let run = 0;
    for (const [input = '', expected = ''] of vectors) {
      const site = siteOf(`https://${input}/`);
      if (input === 'null') skipped.add('no address at all', input);
      else if (expected !== 'null' && /(?:^|\.)example$/i.test(expected) && site === null) {
        skipped.add('a top-level domain that does not exist belongs to no company', input);
      } else {
        run += 1;
        if (expected === 'null') expect([null, site?.host], input).toContain(site?.domain ?? null);
        else expect(site?.domain, input).toBe(ascii(expected));
      }
    }
    skipped.print('public suffix vectors', run);
    expect(run).toBeGreaterThan(70);
  });
});

interface UrlVector {
  input: string;
  base: string | null;
  failure?: boolean;
  hostname?: string;
  protocol?: string;
  href?: string;
}

const isWeb = (protocol: string | undefined) => protocol === 'http:' || protocol === 'https:';
const isIp = (host: string) => /^[\d.]+$/.test(host) || host.startsWith('[');

describe.runIf(hasSharedData('url/urltestdata.json'))('the URL standard’s vectors', () => {
  it.each(['urltestdata.json', 'ada_extra_urltestdata.json', 'ada_long_urltestdata.json', 'urltestdata-javascript-only.json'])(
    'of %s give the host that the standard names, or no site',
    (file) => {
      const vectors = (JSON.parse(sharedData(`url/${file}`)) as (UrlVector | string)[]).filter((one) => typeof one === 'object');
      const skipped = new Skipped();
      let run = 0;
      for (const { input, base, failure, hostname = '', protocol, href } of vectors) {
        if (failure) {
          if (base !== null) skipped.add('relative to a base, which an address bar has none of', input);
          else {
            run += 1;
            expect(siteOf(input), input).toBeNull();
          }
          continue;
        }
        run += 1;
        const site = siteOf(href ?? input);
        const host = hostname.replace(/\.+$/, '');
        if (isWeb(protocol) && !isIp(host) && site) expect(site.host, input).toBe(host);
        // No site: another scheme, an IP address, a name without a dot or without a public suffix.
        else if (protocol !== 'blob:') expect(site, input).toBeNull();
        // The same page as it was typed, when it was typed whole.
        if (base === null) expect(siteOf(input), input).toEqual(site);
      }
      skipped.print(file, run);
      expect(run).toBeGreaterThan(0);
    },
  );

  it('about the length of names are told by the list alone: a name that the DNS cannot have has no page to visit', () => {
    const vectors = (JSON.parse(sharedData('url/verifydnslength_tests.json')) as (UrlVector | string)[]).filter(
      (one) => typeof one === 'object',
    );
    for (const { input } of vectors) expect(() => siteOf(input), input).not.toThrow();
  });
});

interface IdnaVector {
  input: string;
  output: string | null;
}

describe.runIf(hasSharedData('url/IdnaTestV2.json'))('the IDNA vectors', () => {
  it.each(['IdnaTestV2.json', 'IdnaTestV2-removed.json', 'toascii.json'])(
    'of %s give the same ASCII host, or no site',
    (file) => {
      const vectors = (JSON.parse(sharedData(`url/${file}`)) as (IdnaVector | string)[]).filter((one) => typeof one === 'object');
      const skipped = new Skipped();
      const wrong: string[] = [];
      let run = 0;
      for (const { input, output } of vectors) {
        if (/[/?#@:\\\s\p{Cc}]/u.test(input)) skipped.add('ends the host of an address, or is taken out of it', input);
        else if (input === '' || /^[.。．｡]|[.。．｡]{2}|[.。．｡]$/u.test(input))
          skipped.add('empty labels: no site has them', input);
        else if (output !== null && /^\.|\.\.|\.$/.test(output)) skipped.add('empty labels: no site has them', input);
        else {
          run += 1;
          // Below a real suffix, since most of the vectors have none.
          const site = siteOf(`https://${input}.acme.com/`);
          const wanted = output === null ? null : `${output}.acme.com`;
          if ((site?.host ?? null) !== wanted) wrong.push(`${JSON.stringify(input)}: ${site?.host ?? 'no site'}, not ${wanted}`);
        }
      }
      skipped.print(file, run);
      expect(wrong).toEqual([]);
    },
  );
});
