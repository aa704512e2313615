import { Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type Column, fitWidths, printTable } from '../../src/io/table.ts';
import { createIo } from '../../src/io.ts';

type Row = readonly [name: string, count: number | null, text: string | null];
const COLUMNS: readonly Column<Row>[] = [
  { header: 'Name', value: ([name]) => name },
  { header: 'Count', value: ([, count]) => count, align: 'right' },
  { header: 'Text', value: ([, , text]) => text },
];

async function lines(
  rows: readonly Row[],
  columns: number | null,
  color = false,
  shown = COLUMNS,
): Promise<string[]> {
  let text = '';
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const io = createIo(
    {
      stdin: Readable.from([]),
      stdout: Object.assign(stdout, columns === null ? {} : { isTTY: true, columns }),
      stderr: stdout,
    },
    { env: {}, quiet: false, color },
  );
  await printTable(io, shown, rows);
  return text.replace(/\n$/, '').split('\n');
}

const LONG = 'Une phrase bien plus longue que les autres, qui ne tient pas sur la ligne du terminal';

describe('a table', () => {
  it('on a terminal has a header, columns of the widest cell, and numbers at the right', async () => {
    expect(
      await lines(
        [
          ['Élodie', 12, 'oui'],
          ['Zoé', 1234, null],
        ],
        80,
      ),
    ).toEqual(['Name    Count  Text', 'Élodie     12  oui', 'Zoé      1234']);
  });

  it('cuts cells that do not fit, but breaks sentences over lines where the column says so', async () => {
    const rows: readonly Row[] = [['Zoé', 1, LONG]];
    expect((await lines(rows, 40)).join('\n')).toContain('…');
    const wrapping = COLUMNS.map((column) => (column.header === 'Text' ? { ...column, wrap: true } : column));
    const broken = await lines(rows, 40, false, wrapping);
    expect(broken.every((line) => stringWidth(line) <= 40)).toBe(true);
    expect(broken.join(' ').replace(/\s+/g, ' ')).toContain(LONG);
  });

  it('piped is tab-separated lines and nothing else', async () => {
    expect(
      await lines(
        [
          ['Élodie', 12, 'oui\tnon\nsi'],
          ['Zoé', null, LONG],
        ],
        null,
      ),
    ).toEqual(['Élodie\t12\toui non si', `Zoé\t\t${LONG}`]);
  });

  it.each([120, 80, 60, 40, 30])('fits a terminal of %i columns, the widest cells cut', async (columns) => {
    const table = await lines(
      [
        ['Élodie Lefèvre', 12, LONG],
        ['日本語', 3, '🎉 déjà'],
      ],
      columns,
    );
    expect(Math.max(...table.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    expect(table.join('\n')).toContain(columns >= 120 ? LONG : '…');
  });

  it('is aligned also where letters are wide or made of two', async () => {
    const table = await lines(
      [
        ['日本語', 1, 'x'],
        ['🎉 fête', 2, 'x'],
        ['e\u0301te\u0301', 3, 'x'],
      ],
      80,
    );
    const ends = table.slice(1).map((line) => stringWidth(line));
    expect(new Set(ends).size).toBe(1);
  });

  it('lets no escape sequence of a cell reach the terminal', async () => {
    const table = await lines([['\u001b[31mrouge\u001b]0;titre\u0007', 1, '\u202etxt']], 80);
    expect(table.join('\n')).toBe('Name                  Count  Text\n?[31mrouge?]0;titre?      1  ?txt');
  });

  it('draws many rows, under one header', async () => {
    const rows = Array.from({ length: 1_234 }, (_, index): Row => [`P${index}`, index, null]);
    const table = await lines(rows, 80);
    expect(table).toHaveLength(1_235);
    expect(table.at(-1)).toBe('P1233   1233');
  });
});

describe('the widths of columns', () => {
  it.each([
    [[4, 5], 80, [6, 7]],
    [[10, 50], 40, [12, 28]],
    [[30, 30], 40, [20, 20]],
    [[30, 30], 41, [20, 21]],
    [[50, 50], 10, [8, 8]],
    [[3, 50], 20, [5, 15]],
    [[2_000_000], 80, [80]],
    [[], 80, []],
  ])('%j in %i columns are %j', (natural, available, widths) => {
    expect(fitWidths(natural, available)).toEqual(widths);
  });

  it.each([
    [[20, 50], 40, [true, false], [22, 18]],
    [[20, 20, 50], 40, [true, false, false], [22, 9, 9]],
    [[20, 50], 20, [true, false], [12, 8]],
  ])('%j in %i columns, those to stay whole being %j, are %j', (natural, available, whole, widths) => {
    expect(fitWidths(natural, available, whole)).toEqual(widths);
  });

  it('fit, or are as narrow as can be; and none is widened', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(300), { maxLength: 12 }),
        fc.integer({ min: 1, max: 300 }),
        (natural, available) => {
          const widths = fitWidths(natural, available);
          const sum = widths.reduce((total, width) => total + width, 0);
          expect(sum <= available || widths.every((width) => width <= 8)).toBe(true);
          expect(widths.every((width, index) => width <= (natural[index] ?? 0) + 2)).toBe(true);
        },
      ),
    );
  });
});
