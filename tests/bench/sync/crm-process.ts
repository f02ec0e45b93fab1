/** The CRM and the web sites of a benchmark, with the number of records and what they are as arguments. Started by crm.ts. */
import { createSandbox } from '../../sandbox-crm/sandbox.ts';
import { accountsAlone, orgOf } from '../../sandbox-crm/seed/sizes.ts';
import { startWorldServer } from '../../world/server.ts';
import { pageAt } from '../surfaces/pages.ts';
import { type CrmPlace, type CrmQuestion, type CrmQuestions, RECORDS_HOST, type RecordQuery } from './crm-messages.ts';
import { PACES } from './pace.ts';

const OBJECTS = ['User', 'Account', 'Contact', 'Lead', 'Opportunity', 'Task'];
const [, , size, content] = process.argv;
const org = (content === 'accounts' ? accountsAlone : orgOf)(Number(size));

const sandbox = createSandbox({ seed: 1, ...org, dailyApiCalls: 1_000_000 });
giveSitesTheirSuffix();
const accessToken = sandbox.tokens.issueAccessToken();
const isCrm = (host: string) => /(?:^|\.)(?:salesforce|force)\.com$/.test(host);
const site =
  (host: string) =>
  ({ url }: Request) =>
    new Response(
      pageAt(new URL(url).pathname) ?? `<!doctype html><html lang="en"><title>${host}</title><h1>${host}</h1></html>`,
      {
        headers: { 'content-type': 'text/html; charset=utf-8' },
      },
    );

/**
 * The invented companies are at `*.example`, which is no public suffix: no page there would ever stand beside an Account, and
 * the extension would be spared the work of its index. `home.arpa` is one, and nobody can own a name below it (RFC 8375).
 */
function giveSitesTheirSuffix(): void {
  const renamed = (value: unknown) => (typeof value === 'string' ? value.replace(/\.example$/, '.home.arpa') : value);
  for (const object of ['Account', 'Contact', 'Lead']) {
    for (const row of sandbox.org.rows(object)) {
      // In place, as nobody has seen the rows yet.
      for (const field of ['Website', 'Email']) if (row[field]) Object.assign(row, { [field]: renamed(row[field]) });
    }
  }
}

async function passOn({ url }: Request): Promise<Response> {
  const { pathname, search } = new URL(url);
  const headers = { authorization: `Bearer ${accessToken}` };
  const answer = await sandbox.fetch(`${sandbox.myDomainUrl}${pathname}${search}`, { headers });
  return new Response(answer.body, {
    status: answer.status,
    headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
  });
}

const handlerOf = (host: string) => (isCrm(host) ? sandbox.fetch : host === RECORDS_HOST ? passOn : site(host));
const server = await startWorldServer({ handlerFor: handlerOf });
const plain = await sandbox.listen();

/** Those of the logged requests that fetched records: not the counts, not the user's name. */
function recordQueries(): RecordQuery[] {
  return sandbox.log.requests.flatMap(({ method, path, search, body }) => {
    const isJob = method === 'POST' && path.endsWith('/jobs/query');
    const soql = isJob ? String(JSON.parse(body).query) : (new URLSearchParams(search).get('q') ?? '');
    const [, object] = /^SELECT Id, .*\bSystemModstamp\b.* FROM (\w+)/.exec(soql) ?? [];
    return object ? [{ object, soql, job: isJob }] : [];
  });
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const accounts = sandbox.org.rows('Account');
let cpuBefore = 0;
const answers: { [Q in CrmQuestion]: (asked: CrmQuestions[Q]['in']) => CrmQuestions[Q]['out'] } = {
  begin(pace) {
    Object.assign(sandbox.settings, PACES[pace]);
    sandbox.log.clear();
    sandbox.usage.used = 0;
    cpuBefore = cpuSeconds();
    return null;
  },
  trust({ extensionId }) {
    sandbox.clientApp.redirectUris.push(`https://${extensionId}.chromiumapp.org/cb/salesforce`);
    return null;
  },
  counted: () => ({ calls: sandbox.usage.used, queries: recordQueries(), cpuSeconds: cpuSeconds() - cpuBefore }),
  hosts: (count) =>
    Array.from({ length: count }, (_, n) => accounts[Math.floor(((n + 0.5) * accounts.length) / count)]).flatMap(
      (account) => URL.parse(String(account?.Website))?.host ?? [],
    ),
};

process.on('message', ({ id, question, asked }: { id: number; question: CrmQuestion; asked: never }) => {
  process.send?.({ id, answer: answers[question](asked) });
});
process.once('disconnect', () => process.exit(0));

/** A Lead that was converted lives on as a Contact, and is not copied. */
const isWanted = ({ IsConverted, IsDeleted }: Record<string, unknown>) => IsConverted !== true && IsDeleted !== true;
const place: CrmPlace = {
  port: server.port,
  spki: server.spki,
  plainUrl: plain.url,
  myDomainUrl: sandbox.myDomainUrl,
  accessToken,
  clientId: sandbox.clientApp.clientId,
  records: OBJECTS.reduce((sum, object) => sum + sandbox.org.rows(object).filter(isWanted).length, 0),
};
process.send?.({ place });
