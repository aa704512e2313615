import { Readable, Writable } from 'node:stream';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { cutTo } from '../../src/io/table/cell.ts';
import { layOut, type Room } from '../../src/io/table/layout.ts';
import { type Column, printTable } from '../../src/io/table.ts';
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

describe('the layout of columns', () => {
  const rooms = (natural: readonly number[], more: readonly Partial<Room>[] = []): Room[] =>
    natural.map((each, index) => ({ natural: each, whole: false, drop: null, ...more[index] }));

  it.each<[number[], number, number[]]>([
    [[4, 5], 80, [4, 5]],
    [[10, 50], 40, [10, 28]],
    [[30, 30], 42, [20, 20]],
    [[30, 30], 43, [20, 21]],
    [[50, 50], 10, [6, 6]],
    [[3, 50], 20, [3, 15]],
    [[2_000_000], 80, [80]],
    [[], 80, []],
  ])('%j in %i columns are %j', (natural, available, widths) => {
    expect(layOut(rooms(natural), available).widths).toEqual(widths);
  });

  const [whole, first, last] = [{ whole: true }, { drop: 2 }, { drop: 1 }];
  it.each<[string, number[], Partial<Room>[], number, (number | null)[]]>([
    ['what is to stay whole stays so', [20, 50], [whole], 40, [20, 18]],
    ['and gives way last', [20, 50], [whole], 20, [12, 6]],
    ['a long name is cut before a column goes', [54, 20, 3], [whole, {}, last], 60, [33, 20, 3]],
    ['and after cells that can still be read', [54, 40], [whole], 72, [54, 16]],
    ['readable cells are worth more than a column', [20, 30, 30], [whole, last, {}], 60, [20, 18, 18]],
    ['less than readable are not', [20, 30, 30], [whole, last, {}], 55, [20, null, 30]],
    ['the least important goes first', [20, 20, 20, 20], [whole, last, first, whole], 65, [20, 20, null, 20]],
    ['then the next', [20, 20, 20, 20], [whole, last, first, whole], 43, [20, null, null, 20]],
  ])('%s', (_, natural, more, available, widths) => {
    expect(layOut(rooms(natural, more), available).widths).toEqual(widths);
  });

  const anyRoom = fc.record({
    natural: fc.nat(300),
    whole: fc.boolean(),
    drop: fc.option(fc.integer({ min: 1, max: 3 })),
  });
  it('fits, or is as narrow as can be; none is widened, none without leave left out', () => {
    fc.assert(
      fc.property(
        fc.array(anyRoom, { maxLength: 12 }),
        fc.integer({ min: 1, max: 300 }),
        (all, available) => {
          const { widths } = layOut(all, available);
          const shown = widths.filter((width) => width !== null);
          const sum = shown.reduce((total, width) => total + width, 0) + 2 * Math.max(0, shown.length - 1);
          expect(sum <= available || shown.every((width) => width <= 6)).toBe(true);
          for (const [index, room] of all.entries()) {
            expect(widths[index] ?? 0).toBeLessThanOrEqual(room.natural);
            if (room.drop === null) expect(widths[index]).not.toBeNull();
          }
        },
      ),
    );
  });
});

describe('any text, on any terminal', () => {
  const sign = fc.constantFrom(
    'a',
    'é',
    'e\u0301',
    '日',
    '한',
    '🎉',
    '👩‍👩‍👧',
    '🇫🇷',
    '❤️',
    '\u00a0',
    ' ',
    '\u202f',
    'x',
    '…',
    '\t',
    '\n',
  );
  const cell = fc.array(sign, { maxLength: 60 }).map((signs) => signs.join(''));
  const row = fc.tuple(cell, fc.option(fc.nat(1_000_000)), fc.option(cell));
  const column = (wrap: boolean): Column<Row>[] => [
    ...COLUMNS.slice(0, 2),
    { header: 'Texte à part', value: ([, , text]) => text, wrap },
  ];

  it('is never wider than it, ends in no blank, and no sign is taken apart', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(40, 80, 120),
        fc.boolean(),
        async (rows, width, wrap) => {
          const table = await lines(rows, width, false, column(wrap));
          for (const line of table) {
            expect(stringWidth(line)).toBeLessThanOrEqual(width);
            expect(line).toBe(line.trimEnd());
            expect(line).not.toMatch(/\ufffd|^\p{M}|\s\p{M}|^\u200d|\u200d(?:$|\s|…)/u);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('goes whole into a pipe, a line a row', async () => {
    const wide = Array.from(
      { length: 200 },
      (_, index): Column<Row> => ({
        header: `C${index}`,
        value: ([name]) => `${name}${index}`,
      }),
    );
    const [line = '', ...rest] = await lines([['日本 🎉 e\u0301', null, null]], null, false, wide);
    expect(rest).toEqual([]);
    expect(line.split('\t')).toHaveLength(200);
  });
});

it.each([
  ['日本語日本語', 6, '日本…'],
  ['日本語日本語', 5, '日本…'],
  ['🎉🎉🎉', 4, '🎉…'],
  ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
  ['ee\u0301e\u0301', 2, 'e…'],
  ['un deux', 4, 'un…'],
  ['deux', 4, 'deux'],
])('%s in %i columns is %s', (text, width, cut) => {
  expect(cutTo(text, width)).toBe(cut);
});

describe('a terminal too narrow for a table of many columns', () => {
  const many: Column<Row>[] = [
    ...COLUMNS,
    { header: 'Société', value: () => LONG },
    { header: 'Vide', value: () => null },
  ];

  it('shows a block for each row, every value in full', async () => {
    const rows: Row[] = [
      ['Élodie', 12, 'oui'],
      ['Zoé', 3, null],
    ];
    const shown = await lines(rows, 40, false, many);
    expect(shown).toEqual([
      'Name: Élodie',
      'Count: 12',
      'Text: oui',
      'Société: Une phrase bien plus longue que',
      'les autres, qui ne tient pas sur la',
      'ligne du terminal',
      '',
      'Name: Zoé',
      'Count: 3',
      'Société: Une phrase bien plus longue que',
      'les autres, qui ne tient pas sur la',
      'ligne du terminal',
    ]);
  });

  it('says which columns had no room', async () => {
    const given = many.map((column) => (column.header === 'Text' ? { ...column, drop: 1 } : column));
    expect((await lines([['Élodie', 12, LONG]], 50, false, given)).at(-1)).toBe('No room for: Text.');
  });
});

describe('in a pipe', () => {
  it('waits for a reader who is slow, or gone', async () => {
    const writes: (() => void)[] = [];
    const stdout = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => void writes.push(done),
    });
    const streams = { stdin: Readable.from([]), stdout, stderr: stdout };
    const io = createIo(streams, { env: {}, quiet: false, color: false });
    let printed = false;
    const printing = printTable(io, COLUMNS, [['Zoé', 1, 'oui']]).then(() => {
      printed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect([writes.length, printed]).toEqual([1, false]);
    writes[0]?.();
    await printing;
    await printTable(io, COLUMNS, []);
    expect(writes).toHaveLength(1);
    const broken = printTable(io, COLUMNS, [['Zoé', 1, 'oui']]);
    stdout.destroy(new Error('EPIPE'));
    await expect(broken).rejects.toThrow('EPIPE');
  });
});
