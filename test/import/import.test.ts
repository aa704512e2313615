import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importProspects } from '../../src/commands/prospect/import.ts';
import { EXIT } from '../../src/errors.ts';
import { testContext } from '../context.ts';
import { importWorkspace } from './lists.ts';

const HEADER = 'Email;Prénom;Nom;Tel;Profil LinkedIn;Fonction;Budget';

describe('the four sample lists', () => {
  it('French Excel: Windows-1252, duplicates, a blank row, a broken number', async () => {
    const workspace = importWorkspace();
    const summary = await workspace.import(workspace.fixture('prospects-excel-fr.csv'));
    expect(summary).toMatchObject({
      encoding: 'windows-1252',
      delimiter: ';',
      read: 59,
      new: 33,
      // Their company was a formula, which is none; the second row says it.
      updated: 1,
      unchanged: 25,
      refused: 0,
      refused_file: null,
      warnings: {
        invalid_email: 1,
        mangled_number: 1,
        formula_cell: 1,
        role_address: 1,
        invalid_linkedin: 1,
        same_address_other_name: 2,
        kept_other_value: 26,
      },
      exitCode: EXIT.done,
    });
    expect(
      (await workspace.people('first_name, last_name, mobile, linkedin, siren, custom, title')).slice(26, 27),
    ).toEqual([
      {
        first_name: 'Françoise',
        last_name: 'Château',
        mobile: '+33723119148',
        linkedin: 'francoise-chateau-027',
        siren: '650752918',
        custom: '{"date_de_contact":"2026-06-15","ca_m":"79,8"}',
        title: 'Directrice générale',
      },
    ]);
  });

  it('HubSpot: UTF-8 with a mark; nobody of a row without any address', async () => {
    const workspace = importWorkspace();
    expect(await workspace.import(workspace.fixture('hubspot-contacts.csv'))).toMatchObject({
      encoding: 'utf-8',
      read: 30,
      new: 28,
      updated: 0,
      unchanged: 1,
      refused_reasons: { no_way_to_reach: 1 },
      refused_file: 'hubspot-contacts.csv.refused.csv',
      warnings: {
        invalid_email: 1,
        mangled_number: 1,
        formula_cell: 1,
        same_address_other_name: 1,
        kept_other_value: 1,
      },
      exitCode: EXIT.done,
    });
  });

  it('LinkedIn connections: notes before the header, and people known by their profile', async () => {
    const workspace = importWorkspace();
    await workspace.import(workspace.fixture('prospects-excel-fr.csv'));
    expect(await workspace.import(workspace.fixture('linkedin-Connections.csv'))).toMatchObject({
      read: 12,
      new: 5,
      updated: 7,
      unchanged: 0,
      refused: 0,
      warnings: {},
    });
    expect(await workspace.people('custom')).toContainEqual({
      custom: '{"date_de_contact":"2026-02-05","ca_m":"23,2","connected_on":"2026-11-07"}',
    });
  });

  it('LinkedIn messages are no list of people', async () => {
    const workspace = importWorkspace();
    await expect(workspace.import(workspace.fixture('linkedin-messages.csv'))).rejects.toMatchObject({
      message: expect.stringContaining('the people are in Connections.csv'),
      exitCode: EXIT.failed,
    });
  });
});

describe('importing again', () => {
  it.each(['prospects-excel-fr.csv', 'hubspot-contacts.csv', 'linkedin-Connections.csv'])(
    '%s a second time changes nothing, not even a date',
    async (name) => {
      const workspace = importWorkspace();
      await workspace.import(workspace.fixture(name));
      const before = await workspace.dump();
      const again = await workspace.import(name, {}, { now: Date.UTC(2027, 0, 1) });
      expect(again).toMatchObject({ new: 0, updated: 0 });
      expect(await workspace.dump()).toEqual(before);
    },
  );

  it('takes the mended file of refused rows, without its own two columns', async () => {
    const workspace = importWorkspace();
    workspace.file('a.csv', '\ufeffEmail;Prénom;Note\r\na@b.example;Ann;\r\nnope;Bob;"x;\ny"\r\n;=1+1;z\r\n');
    expect(await workspace.import('a.csv')).toMatchObject({
      new: 1,
      refused: 2,
      refused_file: 'a.csv.refused.csv',
    });
    const refused = join(workspace.folder, 'a.csv.refused.csv');
    const reason = 'no valid e-mail address, phone number or LinkedIn profile';
    expect(readFileSync(refused, 'utf8')).toBe(
      `\ufeffhector_line;hector_reason;Email;Prénom;Note\r\n3;${reason};nope;Bob;"x;\ny"\r\n5;${reason};;=1+1;z\r\n`,
    );
    expect(statSync(refused).mode & 0o777).toBe(0o600);
    writeFileSync(refused, readFileSync(refused, 'utf8').replace('nope', 'bob@b.example'));
    expect(await workspace.import('a.csv.refused.csv')).toMatchObject({ new: 1, refused: 1 });
    expect(await workspace.people('email, first_name, notes, custom')).toEqual([
      { email: 'a@b.example', first_name: 'Ann', notes: null, custom: null },
      { email: 'bob@b.example', first_name: 'Bob', notes: 'x;\ny', custom: null },
    ]);
  });

  it('removes an old file of refused rows when none are left, but nobody else’s file', async () => {
    const workspace = importWorkspace();
    const refused = join(workspace.folder, 'a.csv.refused.csv');
    await workspace.import(workspace.file('a.csv', 'Email;Nom\na@b.example;X\nnope;Y\n'));
    expect(existsSync(refused)).toBe(true);
    await workspace.import(workspace.file('a.csv', 'Email;Nom\na@b.example;X\n'));
    expect(existsSync(refused)).toBe(false);
    writeFileSync(refused, 'my own');
    await workspace.import('a.csv');
    expect(readFileSync(refused, 'utf8')).toBe('my own');
  });

  it('never replace a file that is not theirs: the import is taken back', async () => {
    const workspace = importWorkspace();
    const refused = join(workspace.folder, 'a.csv.refused.csv');
    writeFileSync(refused, 'my own');
    await expect(
      workspace.import(workspace.file('a.csv', 'Email;Nom\na@b.example;X\nnope;Y\n')),
    ).rejects.toMatchObject({ message: expect.stringContaining('something else is there') });
    expect(readFileSync(refused, 'utf8')).toBe('my own');
    expect(await workspace.people('email')).toEqual([]);
  });

  it('are never written through a link that lies in their way', async () => {
    const workspace = importWorkspace();
    const victim = join(workspace.folder, 'victim');
    writeFileSync(victim, 'safe');
    symlinkSync(victim, join(workspace.folder, `.a.csv.refused.csv.${process.pid}.partial`));
    await workspace.import(workspace.file('a.csv', 'Email;Nom\na@b.example;X\nnope;Y\n'));
    expect(readFileSync(victim, 'utf8')).toBe('safe');
    expect(readFileSync(join(workspace.folder, 'a.csv.refused.csv'), 'utf8')).toContain('nope;Y');
  });
});

describe('people known already', () => {
  const row = (...cells: string[]): string => `${HEADER}\n${cells.join(';')}\n`;

  it('are completed, and keep what they have unless --update says otherwise', async () => {
    const workspace = importWorkspace();
    await workspace.import(workspace.file('1.csv', row('a@b.example', 'Ann', 'Lee', '', '', 'DG', '5')));
    const more = workspace.file(
      '2.csv',
      row('A@B.example', 'Ann', 'Lee', '06 12 34 56 78', 'in/ann-lee', 'PDG', '7'),
    );
    expect(await workspace.import(more)).toMatchObject({ updated: 1, warnings: { kept_other_value: 1 } });
    const person = { mobile: '+33612345678', linkedin: 'ann-lee', phone_key: '+33612345678 ann lee' };
    expect(await workspace.people('mobile, linkedin, phone_key, title, custom')).toEqual([
      { ...person, title: 'DG', custom: '{"budget":"5"}' },
    ]);
    expect(await workspace.import(more, { update: true })).toMatchObject({ updated: 1, warnings: {} });
    expect(await workspace.people('mobile, linkedin, phone_key, title, custom')).toEqual([
      { ...person, title: 'PDG', custom: '{"budget":"7"}' },
    ]);
  });

  it.each([
    ['the profile', ';Ann;Lee;;linkedin.com/in/ann-lee;;'],
    ['phone and name', ';ANN;LEE;06.12.34.56.78;;;'],
    ['the e-mail address', 'ann@b.example;Ann;Lee;;;;'],
  ])('are found by %s', async (_, again) => {
    const workspace = importWorkspace();
    await workspace.import(
      workspace.file('1.csv', `${HEADER}\nann@b.example;Ann;Lee;0612345678;in/ann-lee;;\n`),
    );
    expect(await workspace.import(workspace.file('2.csv', `${HEADER}\n${again}\n`))).toMatchObject({
      new: 0,
      unchanged: 1,
    });
  });

  it('are found by their land line too, when the list names both numbers', async () => {
    const workspace = importWorkspace();
    await workspace.import(workspace.file('1.csv', 'Nom;Prénom;Tel;Portable\nLee;Ann;0123456789;\n'));
    const second = workspace.file('2.csv', 'Nom;Prénom;Tel;Portable\nLee;Ann;0123456789;0612345678\n');
    expect(await workspace.import(second)).toMatchObject({ new: 0, updated: 1 });
    expect(await workspace.import(second)).toMatchObject({ unchanged: 1 });
  });

  it('are found by a bare number, when that is all the list has', async () => {
    const workspace = importWorkspace();
    const file = workspace.file('1.csv', 'Tel\n0612345678\n');
    expect(await workspace.import(file)).toMatchObject({ new: 1, warnings: { no_name: 1 } });
    expect(await workspace.import(file)).toMatchObject({ new: 0, unchanged: 1 });
  });

  it('one phone and two names are two people', async () => {
    const workspace = importWorkspace();
    const file = workspace.file('1.csv', `${HEADER}\n;Ann;Lee;0123456789;;;\n;Bob;Ray;0123456789;;;\n`);
    expect(await workspace.import(file)).toMatchObject({ new: 2 });
  });

  it.each([false, true])('a row between two people never breaks either (--update %s)', async (update) => {
    const workspace = importWorkspace();
    await workspace.import(
      workspace.file('1.csv', `${HEADER}\na@b.example;Ann;Lee;;;;\nc@d.example;Cid;Roe;;in/cid-roe;;\n`),
    );
    const between = workspace.file('2.csv', `${HEADER}\na@b.example;Ann;Lee;;in/cid-roe;DG;\n`);
    expect(await workspace.import(between, { update })).toMatchObject({
      unchanged: 1,
      warnings: { matches_two_people: 1 },
    });
    expect(await workspace.people('email, linkedin, title')).toEqual([
      { email: 'a@b.example', linkedin: null, title: null },
      { email: 'c@d.example', linkedin: 'cid-roe', title: null },
    ]);
  });
});

describe('--undo', () => {
  it('puts the base back as it was, to the byte', async () => {
    const workspace = importWorkspace();
    await workspace.import(workspace.fixture('hubspot-contacts.csv'));
    const before = await workspace.dump();
    const { import_id: id } = await workspace.import(workspace.fixture('prospects-excel-fr.csv'), {
      update: true,
    });
    expect(await workspace.dump()).not.toEqual(before);
    expect(await workspace.undo(id ?? 0)).toMatchObject({ removed: 5, restored: 28, kept: 0 });
    expect(await workspace.dump()).toEqual(before);
    await expect(workspace.undo(id ?? 0)).rejects.toMatchObject({
      message: expect.stringContaining('was undone before'),
    });
    await expect(workspace.undo(99)).rejects.toMatchObject({
      message: expect.stringContaining('no import 99'),
      exitCode: EXIT.usage,
    });
  });

  it('leaves what a person has changed since, and whoever was written to', async () => {
    const workspace = importWorkspace();
    await workspace.import(workspace.file('1.csv', `${HEADER}\na@b.example;Ann;Lee;;;;\n`));
    const second = `${HEADER}\na@b.example;Ann;Lee;;;DG;5\nc@d.example;Cid;Roe;;;;\ne@f.example;Eve;Poe;;;;\n`;
    const { import_id: id } = await workspace.import(workspace.file('2.csv', second));
    const connection = await workspace.connection();
    connection.exec("update prospect set title = 'PDG' where email = 'a@b.example'");
    connection.exec(
      "insert into event (type, at, prospect_id) select 'replied', 1, id from prospect where email = 'c@d.example'",
    );
    expect(await workspace.undo(id ?? 0)).toMatchObject({ removed: 1, restored: 1, kept: 1 });
    expect(await workspace.people('email, title, custom')).toEqual([
      { email: 'a@b.example', title: 'PDG', custom: null },
      { email: 'c@d.example', title: null, custom: null },
    ]);
  });

  it('restores any base after any import', async () => {
    const cell = (...values: string[]) => fc.constantFrom('', ...values);
    const row = fc
      .tuple(
        cell('a@x.fr', 'b@x.fr', 'c@x.fr'),
        cell('Ann', 'Bob'),
        cell('Lee', 'Ray'),
        cell('0612345678', '0712345678'),
        cell('in/ann-lee', 'in/bob-ray'),
        cell('DG', 'DAF'),
        cell('5', '7'),
      )
      .map((cells) => cells.join(';'));
    const list = fc
      .array(row, { minLength: 1, maxLength: 12 })
      .map((rows) => `${HEADER}\na@x.fr;Ann;;;;;\n${rows.join('\n')}\n`);
    await fc.assert(
      fc.asyncProperty(list, list, fc.boolean(), async (first, second, update) => {
        const workspace = importWorkspace();
        await workspace.import(workspace.file('1.csv', first));
        const before = await workspace.dump();
        const { import_id: id } = await workspace.import(workspace.file('2.csv', second), { update });
        const after = await workspace.dump();
        if (!update) {
          await workspace.import('2.csv');
          expect(await workspace.dump()).toEqual(after);
        }
        await workspace.undo(id ?? 0);
        expect(await workspace.dump()).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });
});

describe('nothing is half-written', () => {
  it.each([
    ['a quote never closed', '"x;y\n', 'a quote opened in this row is never closed'],
    ['two megabytes in one cell', `${'x'.repeat(2_000_000)}\n`, 'more than 1 MiB'],
  ])('%s after thousands of good rows leaves no row behind', async (_, end, message) => {
    const workspace = importWorkspace();
    const rows = Array.from({ length: 9000 }, (_, index) => `p${index}@b.example;X${index}\n`).join('');
    const file = workspace.file('1.csv', `Email;Nom\n${rows}nope;Y\nz@b.example;${end}`);
    await expect(workspace.import(file)).rejects.toMatchObject({
      message: expect.stringContaining(message),
      exitCode: EXIT.failed,
    });
    expect(await workspace.people('id')).toEqual([]);
    expect(existsSync(join(workspace.folder, '1.csv.refused.csv'))).toBe(false);
    await expect(workspace.undo(1)).rejects.toMatchObject({
      message: expect.stringContaining('left nothing behind'),
    });
  });

  it('a dry run writes nothing and says the same', async () => {
    const workspace = importWorkspace();
    const file = workspace.fixture('hubspot-contacts.csv');
    const dry = await workspace.import(file, { dryRun: true });
    expect(dry).toMatchObject({ import_id: null, dry_run: true, new: 28, refused: 1, refused_file: null });
    expect(await workspace.people('id')).toEqual([]);
    expect(existsSync(join(workspace.folder, `${file}.refused.csv`))).toBe(false);
    expect(await workspace.import(file)).toMatchObject({ import_id: 1, new: 28, refused: 1 });
  });

  it.each([
    ['header only', 'Email;Nom\n', 'has a header but no rows'],
    ['no column to reach anybody by', 'Nom;Ville\nX;Y\n', 'no column with an e-mail address'],
  ])('%s is one line', async (_, content, message) => {
    const workspace = importWorkspace();
    await expect(workspace.import(workspace.file('1.csv', content))).rejects.toMatchObject({
      message: expect.stringContaining(message),
    });
  });

  it('two imports at once both arrive', async () => {
    const workspace = importWorkspace();
    const rows = (from: number): string =>
      Array.from({ length: 7000 }, (_, index) => `p${from + index}@b.example;X${from + index}\n`).join('');
    workspace.file('1.csv', `Email;Nom\n${rows(0)}`);
    workspace.file('2.csv', `Email;Nom\n${rows(3500)}`);
    const both = await Promise.all([workspace.import('1.csv'), workspace.import('2.csv')]);
    expect(both.reduce((sum, summary) => sum + summary.new, 0)).toBe(10_500);
    expect(both.reduce((sum, summary) => sum + summary.unchanged, 0)).toBe(3_500);
  });
});

describe('the command', () => {
  it('reads stdin, and puts refused rows into ./stdin.refused.csv', async () => {
    const workspace = importWorkspace();
    const summary = await workspace.import('-', {}, { stdin: 'Email;Nom\na@b.example;X\nnope;Y\n' });
    expect(summary).toMatchObject({ file: 'stdin', new: 1, refused: 1, refused_file: 'stdin.refused.csv' });
    expect(existsSync(join(workspace.folder, 'stdin.refused.csv'))).toBe(true);
  });

  it('fails when no row could be taken', async () => {
    const workspace = importWorkspace();
    expect((await workspace.import(workspace.file('1.csv', 'Email;Nom\nnope;X\n'))).exitCode).toBe(
      EXIT.failed,
    );
  });

  it('asks for the campaign before it reads the list', async () => {
    const workspace = importWorkspace();
    await expect(workspace.import('missing.csv', { campaign: 'Nowhere' })).rejects.toThrow('Nowhere');
  });

  it('prints a table, where the refused rows are, and what to type next', async () => {
    const run = testContext({ columns: 120 });
    writeFileSync(join(run.folder, 'a.csv'), 'Email;Nom\na@gmail.com;X\nnope;\u001b[31mY\n');
    await importProspects(run.context, 'a.csv', {});
    expect(run.stdout()).toMatch(/read +2/);
    expect(run.stdout()).toMatch(/refused +1 +no valid e-mail address.*\(line 3\)/);
    expect(run.stdout()).toMatch(/warning +1 +a personal \(free-mail\) address/);
    expect(run.stderr()).toContain('a.csv.refused.csv');
    expect(run.stderr()).toContain('hector prospect import --undo 1');
    expect(run.stderr()).not.toContain('\u001b[31m');
  });
});
