import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256 of the public key, base64: by this the browser is told to trust exactly this certificate. */
  readonly spki: string;
}

const MAX_NAMES = 200;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/**
 * A self-signed certificate for `hosts` and everything one level below them, made anew at every run: nothing that could
 * be trusted by mistake ever stands in the repository. The browser of the test world is told to trust its key.
 *
 * One certificate serves all hosts: with thousands of names it would no longer fit a TLS record, so the names are
 * only listed up to a number; the browser goes by the key and does not compare them.
 */
export async function selfSignedCertificate(hosts: readonly string[]): Promise<Certificate> {
  const names = hosts.slice(0, MAX_NAMES).flatMap((host) => [host, `*.${host}`]);
  const made = await generate([{ name: 'commonName', value: 'Sidelight test world' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - YEAR_MS),
    notAfterDate: new Date(Date.now() + YEAR_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...['localhost', ...names].map((value) => ({ type: 2 as const, value })),
          { type: 7 as const, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const publicKey = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' });
  return { key: made.private, cert: made.cert, spki: createHash('sha256').update(publicKey).digest('base64') };
}
