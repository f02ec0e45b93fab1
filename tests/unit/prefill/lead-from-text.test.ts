import { describe, expect, it } from 'vitest';
import { leadFromText } from '@/lib/prefill/lead-from-text';

const values = (text: string) => Object.fromEntries(Object.entries(leadFromText(text)).map(([key, { value }]) => [key, value]));

describe('a Lead from marked text', () => {
  it('takes a name on its own as the company', () => {
    expect(values('Halvorsen Marine')).toEqual({ Company: 'Halvorsen Marine' });
  });

  it('takes a signature apart', () => {
    expect(values('Ruth Castell\nHalvorsen Marine AS\nruth@halvorsen.no\n+47 22 33 44 55\nhttps://halvorsen.no/contact')).toEqual(
      {
        FirstName: 'Ruth',
        LastName: 'Castell',
        Company: 'Halvorsen Marine AS',
        Email: 'ruth@halvorsen.no',
        Phone: '+47 22 33 44 55',
        Website: 'https://halvorsen.no/contact',
      },
    );
  });

  it('finds nothing in nothing, and leaves out what turns the writing direction', () => {
    expect(values(' \n– 12')).toEqual({});
    expect(values('Acme\u202e GmbH')).toEqual({ Company: 'Acme GmbH' });
  });
});
