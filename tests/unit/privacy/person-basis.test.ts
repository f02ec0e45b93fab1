import { describe, expect, it } from 'vitest';
import { judgeBasis, reachedBy } from '@/lib/privacy/person-basis';

const NOBODY = { doNotCall: false, emailOptOut: false };

describe('what speaks against creating a person', () => {
  it.each([
    [null, NOBODY, ['no-basis']],
    [{ kind: 'legitimate-interest', reason: 'short' }, NOBODY, ['no-reason']],
    [{ kind: 'legitimate-interest', reason: 'Asked us at the fair.' }, NOBODY, []],
    [{ kind: 'contract', reason: '' }, NOBODY, []],
    [{ kind: 'consent', reason: '' }, { doNotCall: true, emailOptOut: false }, ['do-not-call']],
    [{ kind: 'contract', reason: '' }, { doNotCall: true, emailOptOut: true }, ['do-not-call', 'email-opt-out']],
    [null, { doNotCall: false, emailOptOut: true }, ['no-basis', 'email-opt-out']],
  ] as const)('%j with %j: %j', (basis, facts, reasons) => {
    expect(judgeBasis(basis, facts)).toEqual(reasons);
  });

  it('addresses and numbers are found in whatever field they stand', () => {
    const values = {
      LastName: 'Castell',
      Email: ' pia@acme.com',
      Second__c: 'p@acme.se',
      HomePhone: '+49 (0)711 40-00',
      Note: 'a@b c',
    };
    expect(reachedBy(values)).toEqual({ emails: ['pia@acme.com', 'p@acme.se'], phones: ['+49 (0)711 40-00'] });
  });
});
