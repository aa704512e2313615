import { describe, expect, it } from 'vitest';
import { csvFile, readCsv, utf16, windows1252 } from './read.ts';

const TEXT = 'Prénom;Nom;Email;Ville\r\nÉlodie;Œuvrard;elodie@a.example;L’Haÿ-les-Roses 5 €\r\n';
const CELLS = ['Élodie', 'Œuvrard', 'elodie@a.example', 'L’Haÿ-les-Roses 5 €'];

describe('the encoding is found', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
    ['UTF-16 little-endian with a mark', utf16(TEXT, 'le', true), 'utf-16le'],
    ['UTF-16 big-endian with a mark', utf16(TEXT, 'be', true), 'utf-16be'],
    ['UTF-16 little-endian without a mark', utf16(TEXT, 'le', false), 'utf-16le'],
    ['UTF-16 big-endian without a mark', utf16(TEXT, 'be', false), 'utf-16be'],
    ['Windows-1252', windows1252(TEXT), 'windows-1252'],
  ])('%s', async (_, bytes, encoding) => {
    const read = await readCsv(csvFile(bytes));
    expect(read.encoding).toBe(encoding);
    expect(read.header[0]).toBe('Prénom');
    expect(read.records).toEqual([{ line: 2, cells: CELLS }]);
  });

  it('reads the same from stdin in small pieces', async () => {
    const bytes = windows1252(TEXT);
    const stdin = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
      bytes.subarray(index * 7, index * 7 + 7),
    );
    const read = await readCsv('-', { stdin });
    expect(read.encoding).toBe('windows-1252');
    expect(read.records[0]?.cells).toEqual(CELLS);
  });

  it('sees the first accent even after two megabytes of plain letters', async () => {
    const rows = 'Jean;Durand;jean@a.example;Lyon\n'.repeat(70_000);
    const bytes = Buffer.concat([
      Buffer.from(`Prenom;Nom;Email;Ville\n${rows}`),
      windows1252('Zoé;Faÿ;zoe@a.example;Nîmes\n'),
    ]);
    const read = await readCsv(csvFile(bytes));
    expect(read.encoding).toBe('windows-1252');
    expect(read.records.at(-1)).toEqual({ line: 70_002, cells: ['Zoé', 'Faÿ', 'zoe@a.example', 'Nîmes'] });
  });

  it('does not take a character that lies across two reads for a broken one', async () => {
    const start = 'Email,Notes\na@b.example,';
    const rows = `${start}${'x'.repeat(1024 * 512)}\nb@b.example,`;
    const read = await readCsv(csvFile(`${rows}${'x'.repeat(1024 * 1024 - rows.length - 1)}é\n`));
    expect(read.encoding).toBe('utf-8');
    expect(read.records[1]?.cells[1]?.at(-1)).toBe('é');
  });

  it('keeps UTF-8 when a few bytes of it are broken', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Email,Ville\na@b.example,Orléans à côté\nb@b.example,N'),
      Buffer.from([0xee]),
      Buffer.from('mes\n'),
    ]);
    const read = await readCsv(csvFile(bytes));
    expect(read.encoding).toBe('utf-8');
    expect(read.records.map((record) => record.cells[1])).toEqual(['Orléans à côté', 'N\ufffdmes']);
  });

  it('can be told', async () => {
    const read = await readCsv(csvFile(Buffer.from([...Buffer.from('Email\na@b.example '), 0xc3, 0xa9])), {
      encoding: 'cp1252',
    });
    expect(read.records[0]?.cells[0]).toBe('a@b.example Ã©');
    for (const encoding of ['klingon', 'constructor'])
      await expect(readCsv(csvFile('Email\n'), { encoding })).rejects.toThrow(
        `unknown encoding "${encoding}"`,
      );
  });
});
