import { describe, expect, it } from 'vitest';
import { readCsv } from '@/lib/connectors/csv';
import { codeOf } from '../../builders/codes';

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

async function batches(...texts: string[]): Promise<string[][][]> {
  const all: string[][][] = [];
  for await (const batch of readCsv(pieces(...texts))) all.push(batch);
  return all;
}

const rows = async (...texts: string[]) => (await batches(...texts)).flat();

describe('reading CSV', () => {
  describe('given a result of the Bulk API', () => {
    it('gives the header row and then the records, as strings', async () => {
      expect(await rows('"Id","Name"\n"001A","Acme"\n"001B","Globex"\n')).toEqual([
        ['Id', 'Name'],
        ['001A', 'Acme'],
        ['001B', 'Globex'],
      ]);
    });

    it.each([
      ['commas', '"a, b"', 'a, b'],
      ['quotes', '"the ""gold"" standard"', 'the "gold" standard'],
      ['nothing but quotes', '""""""', '""'],
      ['line feeds', '"one\ntwo"', 'one\ntwo'],
      ['line ends of Windows', '"one\r\ntwo"', 'one\r\ntwo'],
      ['carriage returns', '"one\rtwo"', 'one\rtwo'],
      ['spaces around', '" a "', ' a '],
      ['letters of any script', '"Zażółć 株式会社 😀"', 'Zażółć 株式会社 😀'],
    ])('keeps %s in a value', async (_, written, value) => {
      expect(await rows(`"Id","Name"\n"001A",${written}\n`)).toEqual([
        ['Id', 'Name'],
        ['001A', value],
      ]);
    });

    it('gives an empty string for null, with quotes or without', async () => {
      expect(await rows('"Id","City","Name"\n"001A","",\n"001B",,""\n')).toEqual([
        ['Id', 'City', 'Name'],
        ['001A', '', ''],
        ['001B', '', ''],
      ]);
    });

    it('takes values without quotes', async () => {
      expect(await rows('Id,Amount\n001A,12.5\n')).toEqual([
        ['Id', 'Amount'],
        ['001A', '12.5'],
      ]);
    });

    it.each(['\n', '\r\n'])('takes lines that end in %j, and a last one that lacks its end', async (end) => {
      const wanted = [
        ['Id', 'Name'],
        ['1', 'a'],
        ['2', ''],
      ];
      expect(await rows(['"Id","Name"', '"1","a"', '"2",""', ''].join(end))).toEqual(wanted);
      expect(await rows(['"Id","Name"', '"1","a"', '"2",""'].join(end))).toEqual(wanted);
    });

    it('gives the header alone when no record matched, and nothing for no text', async () => {
      expect(await rows('"Id","Name"\n')).toEqual([['Id', 'Name']]);
      expect(await batches('')).toEqual([]);
      expect(await batches()).toEqual([]);
    });
  });

  describe('given a text in pieces', () => {
    it('gives with each piece the rows that it completed, and no empty batch', async () => {
      expect(await batches('"Id"\n"1"\n"2', '', '', '"\n"3"\n"4"', '\n')).toEqual([[['Id'], ['1']], [['2'], ['3']], [['4']]]);
    });

    it.each([
      ['between the quotes of an escape', '"Id"\n"a"', '"b"\n'],
      ['between carriage return and line feed', '"Id"\r\n"a""b"\r', '\n'],
      ['behind a closing quote', '"Id"\n"a""b"', '\n'],
      ['behind an opening quote', '"Id"\n"', 'a""b"\n'],
    ])('reads on over a cut %s', async (_, first, second) => {
      expect(await rows(first, second)).toEqual([['Id'], ['a"b']]);
    });

    it('stops the source when its reader leaves the loop', async () => {
      let stopped = false;
      async function* source() {
        try {
          yield '"Id"\n"1"\n';
          yield '"2"\n';
        } finally {
          stopped = true;
        }
      }
      for await (const _ of readCsv(source())) break;
      expect(stopped).toBe(true);
    });

    it('fails as the source fails', async () => {
      async function* source(): AsyncGenerator<string> {
        yield '"Id"\n';
        throw new RangeError('cut');
      }
      await expect(async () => {
        for await (const _ of readCsv(source()));
      }).rejects.toThrow(RangeError);
    });
  });

  describe('given a text that is damaged or no CSV', () => {
    it.each([
      ['ends within a value', '"Id","Name"\n"1","a'],
      ['ends behind an opening quote', '"Id","Name"\n"1","'],
      ['ends behind an escape', '"Id","Name"\n"1","a""'],
      ['ends between two values', '"Id","Name"\n"1",'],
      ['ends with too few values', '"Id","Name"\n"1"'],
      ['ends with a value without quotes, which may be cut', '"Id","Name"\n"1",a'],
      ['ends in half a line end', '"Id","Name"\n"1",a\r'],
      ['has a row with too few values', '"Id","Name"\n"1"\n"2","b"\n'],
      ['has a row with too many values', '"Id","Name"\n"1","a","x"\n'],
      ['has an empty line', '"Id","Name"\n\n"1","a"\n'],
      ['goes on behind a closing quote', '"Id","Name"\n"1"x,"a"\n'],
      ['goes on behind the last quote of a row', '"Id"\n"1"x\n'],
      ['has a quote within a value without quotes', '"Id","Name"\n1"x,"a"\n'],
      ['has a carriage return alone behind a bare value', 'Id,Name\n1,a\r2,b\n'],
      ['has a carriage return alone behind a quoted one', '"Id","Name"\n"1","a"\r"2","b"\n'],
      ['is a page', '<!DOCTYPE html>\n<html lang="en"><title>Maintenance</title></html>\n'],
      ['is an error in JSON', '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]'],
    ])('refuses one that %s', async (_, text) => {
      expect(await codeOf(rows(text))).toBe('crm.answer-unreadable');
      expect(await codeOf(rows(...text))).toBe('crm.answer-unreadable');
    });

    it('refuses one whose quote is never closed before it has taken all of it into memory', async () => {
      let given = 0;
      async function* endless() {
        yield '"Id"\n"';
        for (;;) {
          given += 1;
          yield 'x'.repeat(65_536);
        }
      }
      const reading = async () => {
        for await (const _ of readCsv(endless()));
      };
      expect(await codeOf(reading())).toBe('crm.answer-unreadable');
      expect(given).toBeLessThanOrEqual(17);
    });

    it('gives the rows before the fault first', async () => {
      const got: string[][] = [];
      const reading = async () => {
        for await (const batch of readCsv(pieces('"Id","Name"\n"1","a"\n', '"2"\n'))) got.push(...batch);
      };
      expect(await codeOf(reading())).toBe('crm.answer-unreadable');
      expect(got).toEqual([
        ['Id', 'Name'],
        ['1', 'a'],
      ]);
    });

    it('says nothing of the values', async () => {
      const error: unknown = await rows('"Id","Email"\n"1","jane@example.org').catch((thrown: unknown) => thrown);
      expect(JSON.stringify([String(error), error])).not.toContain('jane');
    });
  });
});
