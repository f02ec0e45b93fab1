import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { NODE, guardedBy } from './cli.ts';

/** Prints the code each attempt is refused with. */
const ATTEMPTS = `
  const [net, dns] = [require('node:net'), require('node:dns')];
  const code = (error) => error.cause?.code ?? error.code;
  const connect = (...to) => new Promise((done) => net.connect(...to).on('error', (error) => done(code(error))));
  (async () => console.log(JSON.stringify([
    await fetch('https://one.example/').catch(code),
    await connect(443, '192.0.2.2'),
    await connect({ port: 443, host: 'three.example' }),
    await dns.promises.resolve4('four.example').catch(code),
    await new Promise((done) => dns.lookup('five.example', (error) => done(code(error)))),
    await connect(1, '127.0.0.1'),
  ])))();`;

describe('given a program under the network guard', () => {
  it('when it calls other machines, then each attempt is refused and written down', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'network-guard-'));
    try {
      const contacts = join(folder, 'contacts.txt');
      const { stdout } = await promisify(execFile)(NODE, ['--eval', ATTEMPTS], { env: guardedBy(contacts) });
      expect(JSON.parse(stdout)).toEqual(Array.from({ length: 6 }, () => 'ECONNREFUSED'));
      expect(readFileSync(contacts, 'utf8').trim().split('\n')).toEqual([
        'one.example:443',
        '192.0.2.2:443',
        'three.example:443',
        'four.example:name',
        'five.example:name',
        '127.0.0.1:1',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
