import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { contents, shown, type Workspace, workspace } from './hector.ts';

const binary = (): Buffer => Buffer.concat([Buffer.from([0, 1, 2, 0]), randomBytes(20_000)]);

describe('a list that cannot be read is refused as a whole', () => {
  let work: Workspace;
  let before: unknown;
  beforeAll(async () => {
    work = workspace();
    work.write('good.csv', 'nom;email\nDurand;durand@pme.example\n');
    await work.ok('prospect', 'import', 'good.csv');
    before = contents(work);
  });

  it.each<[what: string, file: string, content: string | Buffer | null, code: number, line: string]>([
    ['an unknown file', 'none.csv', null, 2, 'no file none.csv. Try: ls *.csv'],
    ['an empty file', 'empty.csv', '', 1, 'empty.csv is empty. Try: hector prospect import --help'],
    [
      'a binary file',
      'photo.csv',
      binary(),
      1,
      'photo.csv is not a text file: it holds binary data. Try: file photo.csv',
    ],
    [
      'a workbook',
      'list.xlsx',
      Buffer.from('PK\u0003\u0004 and so on'),
      1,
      'list.xlsx is a workbook or an archive, not a CSV file: save the sheet as CSV UTF-8 first. Try: hector prospect import FILE.csv',
    ],
    [
      'a header and no rows',
      'header.csv',
      'nom;email\n',
      1,
      'header.csv has a header but no rows: nothing was imported. Try: hector prospect import --help',
    ],
    [
      'a list that reaches nobody',
      'names.csv',
      'nom;ville\nDurand;Lyon\n',
      1,
      "names.csv: no column with an e-mail address, a phone number or a LinkedIn profile (columns: nom, ville). Try: hector prospect import names.csv --map 'COLUMN=email'",
    ],
    [
      'a quote that is never closed',
      'quote.csv',
      'nom;email\nA;a@pme.example\n"B;b@pme.example\nC;c@pme.example\n',
      1,
      'quote.csv, line 3: a quote opened in this row is never closed. Try: sed -n 3,6p quote.csv',
    ],
    [
      '2 MB in one cell',
      'big.csv',
      `nom;email;notes\nA;a@pme.example;ok\nB;b@pme.example;${'x'.repeat(2_000_000)}\n`,
      1,
      'big.csv, line 3: a row of more than 1 MiB; perhaps a quote opened there is never closed. Try: sed -n 3p big.csv | cut -c 1-200',
    ],
  ])('%s', async (_, file, content, code, line) => {
    if (content !== null) work.write(file, content);
    const files = work.files();
    const ran = await work.hector('prospect', 'import', file);
    expect(shown(ran, work)).toEqual({ code, stdout: '', stderr: `hector: ${line}\n` });
    expect(contents(work)).toEqual(before);
    expect(work.files()).toEqual(files);
  });

  it('a campaign on such a list is not made either', async () => {
    work.write('quote2.csv', 'nom;email\n"B;b@pme.example\n');
    const ran = await work.hector(
      ...['campaign', 'create', 'X', '--scenario', 'connexion-douce', '--from', 'quote2.csv'],
    );
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^hector: quote2\.csv, line 2: .*\n$/);
    expect(contents(work)).toEqual(before);
  });

  it('a folder instead of a file', async () => {
    const ran = await work.hector('prospect', 'import', '.');
    expect(shown(ran, work)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'hector: . is a folder, not a CSV file. Try: ls .\n',
    });
  });
});

describe('bad rows in a good list', () => {
  it('rows of other lengths: what can be read is taken in, the others wait in a file to be mended', async () => {
    const work = workspace();
    const rows = 'prenom;nom;email\nAnne;Ba;a@pme.example\nCo;Da\nEve;Fa;e@pme.example;more;and more\n';
    const ran = await work.hector('prospect', 'import', work.write('rows.csv', rows));
    expect(ran).toMatchObject({
      code: 0,
      stdout: [
        'read\t3\t',
        'new\t1\t',
        'updated\t0\t',
        'unchanged\t0\t',
        'refused\t1\tno valid e-mail address, phone number or LinkedIn profile (line 3)',
        'refused\t1\tmore cells than columns: a delimiter inside a cell that is not quoted? (line 4)',
        '',
      ].join('\n'),
    });
    const refused = readFileSync(join(work.folder, 'rows.csv.refused.csv'), 'utf8');
    expect(refused.split('\r\n').slice(1)).toEqual([
      '3;no valid e-mail address, phone number or LinkedIn profile;Co;Da',
      '4;more cells than columns: a delimiter inside a cell that is not quoted?;Eve;Fa;e@pme.example;more;and more',
      '',
    ]);
    work.write('rows.csv.refused.csv', refused.replace('Co;Da', 'Co;Da;co@pme.example'));
    const again = await work.hector('prospect', 'import', 'rows.csv.refused.csv', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ read: 2, new: 1, refused: 1 });
  });

  it('not one row that can be taken in: exit code 1', async () => {
    const work = workspace();
    const ran = await work.hector('prospect', 'import', work.write('bad.csv', 'nom;email\nA;none\nB;\n'));
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('new\t0\t\n');
    expect(existsSync(join(work.folder, 'bad.csv.refused.csv'))).toBe(true);
  });

  it('control characters and escape sequences never reach the base or the terminal', async () => {
    const work = workspace();
    const list = 'nom;email;ville\nDu\u001b[2J\u0007rand;durand@pme.example;Ly\u0008on\n';
    await work.ok('prospect', 'import', work.write('control.csv', list));
    const { stdout } = await work.ok('prospect', 'show', 'durand@pme.example');
    expect(stdout.replace(/[\n\t]/g, ' ')).not.toMatch(/\p{Cc}/u);
    const stored = JSON.stringify(contents(work).prospect);
    expect(stored).not.toMatch(/\\u00(?:1b|0[0-8])/);
  });

  it('a formula is no fact; where it is kept it stays text, and an export disarms it', async () => {
    const work = workspace();
    const list = 'nom;email;société;offre\nDurand;durand@pme.example;=1+1;=HYPERLINK("http://x.example")\n';
    const ran = await work.hector('prospect', 'import', work.write('formula.csv', list));
    expect(ran.stdout).toContain(
      'a spreadsheet formula: no fact, left out; in other columns kept as text, disarmed in exports (line 2',
    );
    const { stdout } = await work.ok('prospect', 'export', '--columns', 'email,company,offre');
    expect(stdout).toBe(`email,company,offre\ndurand@pme.example,,"'=HYPERLINK(""http://x.example"")"\n`);
  });
});
