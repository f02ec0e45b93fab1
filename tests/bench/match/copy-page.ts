import { evidenceFor } from '@/lib/matching/evidence';
import { hasMatches } from '@/lib/matching/match-site';
import { accountDomains } from '@/lib/matching/account-domains';
import { placement } from '@/lib/matching/placement';
import { type Site, siteOf } from '@/lib/matching/site-identity';
import { browserBuckets } from '@/lib/storage/bucket';
import { openConnectionCopy } from '@/lib/storage/connection-copy';
import { copyName, createConnectionList } from '@/lib/storage/connection-list';

/**
 * A page of the extension that only this benchmark adds: it opens the copy as the worker does, and answers the worker's question
 * in the ways that a user could pick instead.
 */
export interface CopyPage {
  /** Each look-up in the copy, by the product's own index, in milliseconds. */
  byIndex(hosts: readonly string[]): Promise<number[]>;
  /** Each by a look at every Account of the copy. */
  byScan(hosts: readonly string[]): Promise<number[]>;
  /** Each in a Map in memory, and how long it took to fill that from the copy. */
  byMap(hosts: readonly string[]): Promise<{ times: number[]; fillMs: number }>;
  /** What the copy takes on the disk. */
  bytes(): Promise<number>;
}

async function openCopy() {
  const refuse = () => Promise.reject(new Error('this page only reads'));
  const get = async (key: string) => (await chrome.storage.local.get<Record<string, unknown>>(key))[key];
  const list = createConnectionList({ get, set: refuse, setAll: refuse, rewrite: refuse });
  const [entry] = await list.list();
  if (!entry) throw new Error('there is no connection');
  const name = copyName(entry);
  return openConnectionCopy({
    buckets: browserBuckets(),
    name,
    connectionId: entry.id,
    shares: list.share(name),
    anchor: list.anchor(name),
    marks: list.marks(name),
    secret: { mode: 'device' },
    placement,
  });
}

function siteAt(host: string): Site {
  const site = siteOf(`https://${host}/`);
  if (!site) throw new Error(`${host} is no site`);
  return site;
}

async function timesOf(hosts: readonly string[], look: (site: Site) => Promise<unknown> | unknown): Promise<number[]> {
  const times: number[] = [];
  for (const host of hosts) {
    const site = siteAt(host);
    const from = performance.now();
    await look(site);
    times.push(performance.now() - from);
  }
  return times;
}

const page: CopyPage = {
  async byIndex(hosts) {
    const { store, close } = await openCopy();
    const times = await timesOf(hosts, (site) => hasMatches(site, { store }));
    close();
    return times;
  },
  async byScan(hosts) {
    const { store, close } = await openCopy();
    const times = await timesOf(hosts, async (site) => {
      let found = 0;
      for await (const group of store.all('account')) found += group.filter((account) => evidenceFor(account, site)).length;
      return found;
    });
    close();
    return times;
  },
  async byMap(hosts) {
    const { store, close } = await openCopy();
    const from = performance.now();
    const byDomain = new Map<string, string>();
    for await (const group of store.all('account')) {
      for (const account of group) for (const domain of accountDomains(account)) byDomain.set(domain, account.id);
    }
    const fillMs = performance.now() - from;
    const times = await timesOf(hosts, ({ domain }) => byDomain.get(domain));
    close();
    return { times, fillMs };
  },
  async bytes() {
    const { bytesUsed, close } = await openCopy();
    const bytes = await bytesUsed();
    close();
    return bytes;
  },
};
Object.assign(globalThis, { copyPage: page });
