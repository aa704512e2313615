import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT, UserError } from '../../src/errors.ts';
import { type CsvColumn, disarmed, printCsv } from '../../src/io/csv.ts';
import { writePrivateFile } from '../../src/io/private-file.ts';

type Row = Record<string, string | number | null>;
const columnsOf = (...names: string[]): CsvColumn<Row>[] =>
  names.map((header) => ({ header, value: (row) => row[header] ?? null }));

async function printed(
  rows: Iterable<Row> | AsyncIterable<Row>,
  excelFr = false,
  columns = columnsOf('a', 'b'),
) {
  const out = new PassThrough({ highWaterMark: 1024 * 1024 });
  await printCsv(out, columns, rows, { excelFr });
  return out.read().toString('utf8') as string;
}

describe('a CSV', () => {
  it('for programs has commas, points and LF', async () => {
    expect(
      await printed([
        { a: 'x, y', b: 1234.5 },
        { a: null, b: 'é "q"' },
      ]),
    ).toBe('a,b\n"x, y",1234.5\n,"é ""q"""\n');
  });

  it('for French Excel has a BOM, semicolons, decimal commas and CRLF', async () => {
    expect(
      await printed(
        [
          { a: 'x; y', b: 0.4167 },
          { a: 'x, y', b: -3 },
        ],
        true,
      ),
    ).toBe('\ufeffa;b\r\n"x; y";0,4167\r\nx, y;-3\r\n');
  });

  it('without rows is its header', async () => {
    expect(await printed([])).toBe('a,b\n');
  });

  it.each([
    ['=HYPERLINK("http://x")', `'=HYPERLINK("http://x")`],
    ['+cmd|calc', "'+cmd|calc"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['＝1+1', "'＝1+1"],
    ['-', "'-"],
    ['-12', '-12'],
    ['-12,5', '-12,5'],
    ['+3.5', '+3.5'],
    ['+33612345678', '+33612345678'],
    ['a=1', 'a=1'],
    ['', ''],
  ])('disarms %j as %j', (text, expected) => {
    expect(disarmed(text, { excelFr: false })).toBe(expected);
  });

  it('keeps a phone whole in Excel, which would make a number of it', () => {
    expect(disarmed('+33612345678', { excelFr: true })).toBe("'+33612345678");
    expect(disarmed('-12,5', { excelFr: true })).toBe('-12,5');
  });

  it('disarms a header as well', async () => {
    expect(await printed([], false, columnsOf('=a', 'b'))).toBe("'=a,b\n");
  });

  it('reads back as it was, whatever the cells hold', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...'aé"\',;\n\r\t =+-@|\\1') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ a: cell, b: cell }), { minLength: 1 }),
        fc.boolean(),
        async (rows, excelFr) => {
          const text = await printed(rows, excelFr);
          const [, ...read] = parse(text, {
            bom: true,
            delimiter: excelFr ? ';' : ',',
            record_delimiter: excelFr ? '\r\n' : '\n',
            relax_column_count: false,
          }) as string[][];
          expect(read).toEqual(rows.map(({ a, b }) => [disarmed(a, { excelFr }), disarmed(b, { excelFr })]));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('waits for a slow reader instead of piling up', async () => {
    const slow = new Writable({
      highWaterMark: 1024,
      write: (_chunk, _encoding, done) => void setImmediate(done),
    });
    let most = 0;
    const rows = (function* () {
      for (let a = 0; a < 20_000; a += 1) {
        most = Math.max(most, slow.writableLength);
        yield { a, b: 'x'.repeat(50) };
      }
    })();
    await printCsv(slow, columnsOf('a', 'b'), rows, { excelFr: false });
    expect(most).toBeLessThan(100_000);
  });

  it('quotes every kind of line break, so that any reader keeps the cell whole', async () => {
    expect(await printed([{ a: 'x\ry', b: 'x\ny' }])).toBe('a,b\n"x\ry","x\ny"\n');
    expect(await printed([{ a: 'x\ry', b: 'x\ny' }], true)).toBe('\ufeffa;b\r\n"x\ry";"x\ny"\r\n');
  });

  it('takes rows that come later', async () => {
    const rows = (async function* () {
      yield { a: 1, b: 2 };
    })();
    expect(await printed(rows)).toBe('a,b\n1,2\n');
  });
});

describe('a private file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hector-file-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (file: string, text = 'new') => writePrivateFile(file, async (out) => void out.write(text));

  async function refusal(file: string): Promise<UserError> {
    const error = await write(file).catch((thrown: unknown) => thrown);
    if (!(error instanceof UserError)) throw new Error(`not refused, but ${String(error)}`);
    expect(error.exitCode).toBe(EXIT.failed);
    return error;
  }

  it('can be read by its owner only, also over an older one', async () => {
    const file = join(folder, 'a.csv');
    writeFileSync(file, 'old', { mode: 0o644 });
    await write(file);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keeps the older one, and leaves nothing, when the writing fails half-way', async () => {
    const file = join(folder, 'b.csv');
    writeFileSync(file, 'old');
    const failing = writePrivateFile(file, async (out) => {
      out.write('half');
      throw new Error('the base broke off');
    });
    await expect(failing).rejects.toThrow('the base broke off');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('says in one line why it cannot be written', async () => {
    mkdirSync(join(folder, 'taken'));
    expect((await refusal(join(folder, 'none', 'c.csv'))).message).toContain('no such folder');
    expect((await refusal(join(folder, 'taken'))).message).toContain('it is a folder');
    expect((await refusal(join(folder, 'a.csv', 'd.csv'))).message).toContain('no such folder');
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('says that the disk is full', async () => {
    const full = writePrivateFile(join(folder, 'e.csv'), async () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    await expect(full).rejects.toThrow('no space left on the disk');
  });
});
