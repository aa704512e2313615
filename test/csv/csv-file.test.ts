import { chmodSync, mkdirSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.ts';
import { csvFile, readCsv, utf16 } from './read.ts';

const cells = async (text: string): Promise<string[][]> =>
  (await readCsv(csvFile(text))).records.map((record) => record.cells);

describe('the layout is found', () => {
  it.each([',', ';', '\t', '|'])('delimiter %j', async (delimiter) => {
    const line = (...cell: string[]): string => cell.join(delimiter);
    const read = await readCsv(
      csvFile(`${line('Email', 'Nom', 'CA')}\n${line('a@b.example', '"Durand, Claire; SA"', '23')}\n`),
    );
    expect(read.delimiter).toBe(delimiter);
    expect(read.records[0]?.cells).toEqual(['a@b.example', 'Durand, Claire; SA', '23']);
  });

  it('believes a sep= line, and does not read it as a row', async () => {
    const read = await readCsv(csvFile('sep=|\r\nFoo|Bar;Baz\r\n1|2;3\r\n'));
    expect(read).toMatchObject({
      delimiter: '|',
      header: ['Foo', 'Bar;Baz'],
      records: [{ line: 3, cells: ['1', '2;3'] }],
    });
  });

  it('skips notes before the header and keeps the line numbers of the file', async () => {
    const notes = 'Notes:\n"When exporting, you may notice, that\nsome are missing."\n\n';
    const read = await readCsv(csvFile(`${notes}First Name,Last Name,URL\nClaire,Durand,x\n`));
    expect(read.header).toEqual(['First Name', 'Last Name', 'URL']);
    expect(read.records).toEqual([{ line: 6, cells: ['Claire', 'Durand', 'x'] }]);
  });

  it('takes a list of one column', async () => {
    expect(await readCsv(csvFile('email\na@b.example\nc@d.example'))).toMatchObject({
      header: ['email'],
      records: [{ cells: ['a@b.example'] }, { cells: ['c@d.example'] }],
    });
  });

  it('takes the first usual row where no column is known', async () => {
    const read = await readCsv(csvFile('Export du 12/03\n\nfoo;bar;baz\n1;2;3\n4;5;6\n'));
    expect(read).toMatchObject({ delimiter: ';', header: ['foo', 'bar', 'baz'] });
  });

  it('reads line ends of every kind, also mixed', async () => {
    expect(await cells('Email;Nom\r\na;b\nc;d\r\ne;f')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
    expect(await cells('Email;Nom\ra;b\rc;d\r')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('counts lines through cells of several lines, CRLF and LF alike', async () => {
    const read = await readCsv(csvFile('Email;Notes\r\na;"1\r\n2\r\n3"\r\nb;"1\n2"\r\n\r\nc;x\r\n'));
    expect(read.records.map((record) => record.line)).toEqual([2, 5, 7, 8]);
  });

  it('keeps quotes inside a cell as text', async () => {
    expect(await cells('Email;Nom\na;Jean "JJ" Dupont\nb;"Le ""Four"" SARL"\nc;"X" SARL\n')).toEqual([
      ['a', 'Jean "JJ" Dupont'],
      ['b', 'Le "Four" SARL'],
      ['c', '"X" SARL'],
    ]);
  });
});

describe('bad files get one clear line', () => {
  const refusal = (content: Buffer | string): Promise<unknown> =>
    readCsv(csvFile(content)).catch((error: unknown) => error);

  it.each([
    ['an empty file', '', 'is empty'],
    ['a byte order mark alone', '\ufeff', 'is empty'],
    ['blank lines', '\n\n\n', 'has no header row'],
    ['binary data', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 3]), 'is not a text file'],
    ['an Excel workbook', Buffer.from('PK\x03\x04\x14\x00\x06\x00', 'latin1'), 'save the sheet as CSV UTF-8'],
    ['a PDF', '%PDF-1.7\n', 'is a PDF'],
    [
      'a quote never closed',
      'Email;Nom\na;b\nc;"d\ne;f\n',
      'line 3: a quote opened in this row is never closed',
    ],
    [
      'a quote closed by the next one',
      'Email;Nom\na;"b\nc;d\ne;"f"\ng;h\n',
      'line 2: a quote opened in this row is never closed',
    ],
    [
      'two megabytes in one cell',
      `Email;Nom\na;b\nc;${'x'.repeat(2_000_000)}\n`,
      'line 3: a row of more than 1 MiB',
    ],
  ])('%s', async (_, content, message) => {
    expect(await refusal(content)).toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
    });
  });

  it('a cell of half a megabyte is taken', async () => {
    expect((await cells(`Email;Notes\na;${'x'.repeat(500_000)}\n`))[0]?.[1]).toHaveLength(500_000);
  });

  it('an unknown file, a folder and a forbidden file', async () => {
    const folder = `${csvFile('')}.d`;
    mkdirSync(folder);
    await expect(readCsv('missing.csv')).rejects.toMatchObject({
      message: 'no file missing.csv',
      exitCode: EXIT.usage,
    });
    await expect(readCsv(folder)).rejects.toMatchObject({ message: expect.stringContaining('is a folder') });
    const secret = csvFile('Email\n');
    chmodSync(secret, 0o000);
    // Root may read everything.
    if (process.getuid?.() !== 0)
      await expect(readCsv(secret)).rejects.toMatchObject({ exitCode: EXIT.config });
  });

  it('a delimiter that is none', async () => {
    for (const delimiter of [';;', 'constructor'])
      await expect(readCsv(csvFile('Email\n'), { delimiter })).rejects.toMatchObject({
        exitCode: EXIT.usage,
      });
    expect(await readCsv(csvFile('Email\tNom\n'), { delimiter: 'tab' })).toMatchObject({
      header: ['Email', 'Nom'],
    });
  });
});

describe('whatever is written is read again', () => {
  const cell = fc.oneof(
    fc.string({
      unit: fc.constantFrom('a', 'é', 'œ', '€', ' ', '"', ',', ';', '|', '\t', '\n', '\r\n', '漢', '😀'),
      maxLength: 8,
    }),
    fc.string({ maxLength: 12 }).filter((text) => !/[\r\0]/.test(text)),
  );
  const table = fc.array(fc.tuple(fc.emailAddress(), cell, cell), { minLength: 1, maxLength: 60 });
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it.each([
    ['utf-8', ','],
    ['utf-8', ';'],
    ['utf-16le', '\t'],
    ['utf-16be', '|'],
  ])('%s with %j', async (encoding, delimiter) => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = [['Email', 'Prénom', 'Société'], ...rows]
          .map((row) => row.map(quote).join(delimiter))
          .join('\r\n');
        const bytes =
          encoding === 'utf-8' ? Buffer.from(text) : utf16(text, encoding === 'utf-16le' ? 'le' : 'be', true);
        const read = await readCsv(csvFile(bytes));
        expect(read.encoding).toBe(encoding);
        expect(read.delimiter).toBe(delimiter);
        expect(read.records.map((record) => record.cells)).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });
});

describe('rows that are cut here are those csv-parse would read', () => {
  const odd = fc.string({
    unit: fc.constantFrom('a', 'é', '"', '""', ';', '\n', '\r\n', ' ', '";"', '\n"'),
    maxLength: 24,
  });

  it('for any text it can read to its end', async () => {
    const strict = (text: string): string[][] | null => {
      try {
        return parse(text, { delimiter: ';', record_delimiter: ['\r\n', '\n'], relax_column_count: true });
      } catch {
        return null;
      }
    };
    await fc.assert(
      fc.asyncProperty(odd, async (body) => {
        const text = `Email;Nom\nx;y\n${body}`;
        const expected = strict(text);
        fc.pre(expected !== null);
        const read = await readCsv(csvFile(text), { delimiter: ';' });
        expect([[...read.header], ...read.records.map((record) => record.cells)]).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });
});
