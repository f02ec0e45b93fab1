/** A sandbox CRM and the Salesforce CLI signed in to it: what each of the test files begins with. */
import { createSandbox } from '../sandbox-crm/sandbox.ts';
import type { Sandbox, SandboxOptions } from '../sandbox-crm/sandbox.ts';
import { createCli } from './cli.ts';
import type { Cli, CliAnswer } from './cli.ts';

const SEED = 20_260_601;
const ALIAS = 'sandbox';

export interface Judge {
  readonly sandbox: Sandbox;
  readonly cli: Cli;
  readonly url: string;
  query(soql: string, ...more: string[]): Promise<CliAnswer>;
  /** The requests since the last call, as `200 GET /path?query` with all escapes undone. */
  requests(): string[];
  /** Whom the CLI wanted to reach besides the sandbox and the port at which it waits for the browser itself. */
  strangers(): string[];
  /** What the CLI asked for and the sandbox does not know or could not do, over the whole time: each path once. */
  unanswered(): string[];
  /** Prints how long each command took. */
  close(): Promise<void>;
}

/** @throws when the CLI cannot sign in with the access token it is given */
export async function startJudge(options: SandboxOptions): Promise<Judge> {
  const sandbox = createSandbox({ seed: SEED, now: Date.parse('2026-06-01T09:30:15Z'), ...options });
  const server = await sandbox.listen();
  const cli = createCli();
  const own = new Set([`127.0.0.1:${server.port}`, 'localhost:1717', '127.0.0.1:name', 'localhost:name']);
  let seen = 0;
  await signInWithToken({ cli, url: server.url }, sandbox.tokens.issueAccessToken(), ALIAS, '--set-default');
  return {
    sandbox,
    cli,
    url: server.url,
    query: (soql, ...more) => cli.json(['data', 'query', '--query', soql, ...more]),
    requests() {
      const fresh = sandbox.log.requests.slice(seen);
      seen = sandbox.log.requests.length;
      return fresh.map(({ status, method, path, search }) => `${status} ${method} ${path}${decodeURIComponent(search)}`);
    },
    strangers: () => cli.contacts().filter((contact) => !own.has(contact)),
    unanswered: () => [
      ...new Set(
        sandbox.log.requests
          .filter(({ status }) => status === 404 || status >= 500)
          .map(({ path }) => path.replace(/^\/+services\/data\/v[\d.]+/, '')),
      ),
    ],
    async close() {
      const lines = cli.timings.map(
        ({ command, seconds, code }) =>
          `${seconds.toFixed(1).padStart(7)} ${String(code).padStart(5)}  sf ${command.slice(0, 100)}`,
      );
      console.log(`The org's seed is ${SEED}.\nSeconds  Exit  Command\n${lines.join('\n').replaceAll(server.url, '<sandbox>')}`);
      cli.close();
      await server.close();
    },
  };
}

/** @throws with the CLI's own words when it does not accept the token */
export async function signInWithToken(
  { cli, url }: Pick<Judge, 'cli' | 'url'>,
  token: string,
  alias: string,
  ...more: string[]
): Promise<void> {
  const args = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--alias', alias, ...more];
  const { code, stderr } = await cli.run(args, { SF_ACCESS_TOKEN: token });
  if (code !== 0) throw new Error(`The CLI did not sign in: ${stderr}`);
}

/** The records of a query's answer; none when it failed. */
export const recordsOf = ({ result }: CliAnswer) =>
  (result as { records?: Record<string, unknown>[] } | undefined)?.records ?? [];
