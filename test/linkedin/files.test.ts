import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aProspect } from '../builders.ts';
import { connections, invitations, linkedinWorkspace, ME, messages } from './workspace.ts';
import { zip } from './zip.ts';

const CLAIRE = connections('Claire,Durand,https://www.linkedin.com/in/claire,,Ateliers,Gérante,05 Oct 2023');
const TWO = messages({ from: 'claire', text: 'Oui' }, { from: 'zoe', text: 'Bonjour' });

async function workspace() {
  const all = await linkedinWorkspace();
  aProspect(all.connection, { linkedin: 'claire' });
  return all;
}

describe('an archive', () => {
  it('is read wherever its files lie, whatever they are called, and the others are left alone', async () => {
    const { file, import: take } = await workspace();
    const entries = [
      { name: 'Export/Jobs/Saved Jobs.csv', content: 'Saved Date,Job Url\n2026,x\n' },
      { name: 'Export/Profile.csv', content: '"torn\n' },
      { name: 'Export/sub/folder/contacts.csv', content: CLAIRE },
      { name: 'Export\\messages.csv', content: TWO },
      { name: '__MACOSX/._messages.csv', content: '\0\0' },
      { name: 'Export/Rich_Media/photo.jpg', content: 'x' },
    ];
    const before = readdirSync(tmpdir()).filter((name) => /^hector-[^-]{6}$/.test(name));
    const summary = await take([file('Basic_LinkedInDataExport_11-23-2026.zip', zip(entries))]);
    expect(summary.counts).toMatchObject({ connected: 1, before: 1, unmatched: 1 });
    expect(summary).toMatchObject({ ignored_files: 2 });
    expect(summary.files.map(({ file: name }) => name)).toEqual([
      'Basic_LinkedInDataExport_11-23-2026.zip: contacts.csv',
      'Basic_LinkedInDataExport_11-23-2026.zip: messages.csv',
    ]);
    expect(readdirSync(tmpdir()).filter((name) => /^hector-[^-]{6}$/.test(name))).toEqual(before);
  });

  it('unpacked into a folder is the same, beside another archive', async () => {
    const { folder, import: take } = await workspace();
    mkdirSync(join(folder, 'export', 'in'), { recursive: true });
    writeFileSync(join(folder, 'export', 'in', 'messages.csv'), TWO);
    writeFileSync(join(folder, 'export', 'more.zip'), zip([{ name: 'Connections.csv', content: CLAIRE }]));
    expect((await take(['export'])).counts).toMatchObject({ connected: 1, before: 1 });
  });

  it.each([
    [
      'that unpacks to far more than any export',
      'Connections.csv',
      Buffer.alloc(40 * 1024 ** 2, ' '),
      undefined,
    ],
    ['that says it is small and is not', 'Connections.csv', Buffer.alloc(8 * 1024 ** 2, ' '), 100],
    ['that says it is larger than any export', 'messages.csv', Buffer.from(TWO), 3 * 1024 ** 3],
  ])('%s is refused', async (_, name, content, claimed) => {
    const { file, import: take, dump } = await workspace();
    const before = dump();
    const bomb = file('b.zip', zip([{ name, content, ...(claimed === undefined ? {} : { claimed }) }]));
    await expect(take([bomb])).rejects.toThrow(
      /^b\.zip: .+ (holds far more than any export|cannot be unpacked)/,
    );
    expect(dump()).toEqual(before);
  });

  it('whose names lead out of it is refused', async () => {
    const { file, import: take } = await workspace();
    const outside = zip([{ name: '../../etc/messages.csv', content: TWO }]);
    await expect(take([file('out.zip', outside)])).rejects.toThrow(
      /^out\.zip cannot be unpacked: invalid relative/,
    );
  });

  it('that is cut short, or empty, is told by its name', async () => {
    const { file, import: take } = await workspace();
    const whole = zip([{ name: 'Connections.csv', content: CLAIRE }]);
    await expect(take([file('cut.zip', whole.subarray(0, 80))])).rejects.toThrow(
      /^cut\.zip is not a zip file, or cut short: download the export again$/,
    );
    await expect(take([file('page.zip', '<!DOCTYPE html>')])).rejects.toThrow(/^page\.zip is not a zip file/);
    await expect(take(['nope.zip'])).rejects.toMatchObject({
      ...{ message: 'no file nope.zip', next: expect.stringContaining('*.zip') },
    });
    await expect(take([file('none.zip', zip([]))])).rejects.toThrow(
      'no Connections.csv, messages.csv or Invitations.csv in none.zip',
    );
  });
});

describe('a file that cannot be taken is told in one line, and nothing of the others is stored', () => {
  it.each([
    [
      'a torn quote',
      `${TWO}\n"2-9,never closed\n`,
      /^bad\.csv, line 4: a quote opened in this row is never closed$/,
    ],
    ['no header', 'Claire,Durand,x\nPaul,Roy,y\n', /^bad\.csv is none of LinkedIn's Connections\.csv/],
    ['another list', 'Prénom;Nom;E-mail\nA;B;c@d.fr\n', /its columns: Prénom, Nom, E-mail\)$/],
    ['a web page', '<!DOCTYPE html>\n<html>…', /^bad\.csv is a web page, not a file of LinkedIn's export$/],
    ['nothing', '', /^bad\.csv is empty$/],
    ['a picture', Buffer.from([0x89, 0x50, 0, 0, 0, 1, 2, 3, 0]), /^bad\.csv is not a text file/],
  ])('%s', async (_, content, line) => {
    const { file, import: take, dump } = await workspace();
    const before = dump();
    const files = [file('Connections.csv', CLAIRE), file('bad.csv', content)];
    const error: unknown = await take(files).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringMatching(line) });
    expect(error).toMatchObject({ next: expect.not.stringContaining('prospect import') });
    expect(dump()).toEqual(before);
  });

  it('a file that is not there', async () => {
    const { import: take } = await workspace();
    await expect(take(['nowhere.csv'])).rejects.toThrow('no file nowhere.csv');
  });
});

const SENT = `Hector,Claire,"11/20/26, 2:37 PM",,OUTGOING,${ME},https://www.linkedin.com/in/claire`;

describe('a file of which nothing could be read is no success, and nothing of the others is stored', () => {
  it.each([
    [
      'dates of another kind in messages',
      messages(...Array(6).fill({ from: 'claire', text: 'Oui', at: '20.11.2026 10:00' })),
      'm.csv: no row could be taken, 6 without a readable date (lines 2, 3, 4, 5, 6 …): nothing was stored',
    ],
    [
      'connections of the future, and hidden ones',
      connections('Claire,Durand,https://www.linkedin.com/in/claire,,A,B,05 Nov 2036', ',,,,,,07 Nov 2026'),
      'm.csv: no row could be taken, 1 dated in the future (line 2): nothing was stored',
    ],
    [
      'invitations with the day first, and of the future',
      invitations(SENT.replace('11/20/26', '20/11/26'), SENT.replace('11/20/26', '11/26/26')),
      'm.csv: no row could be taken, 1 without a readable date (line 2), 1 dated in the future (line 3): nothing was stored',
    ],
  ])('%s', async (_, content, message) => {
    const { file, import: take, dump } = await workspace();
    const before = dump();
    const files = [file('Connections.csv', CLAIRE), file('m.csv', content)];
    await expect(take(files)).rejects.toMatchObject({ message, exitCode: 1 });
    expect(dump()).toEqual(before);
  });

  it('a header alone, unless another file has rows', async () => {
    const { file, shown, import: take } = await workspace();
    const empty = file('Invitations.csv', invitations());
    await expect(take([empty])).rejects.toMatchObject({
      ...{ message: 'Invitations.csv: no row below the header, nothing to take in', exitCode: 1 },
    });
    const { stderr } = await shown([empty, file('Connections.csv', CLAIRE)], {}, { quiet: true });
    expect(stderr).toBe('Invitations.csv: 0 rows\n');
  });
});

it('the same file by two names, or in a folder that is named too, is read once', async () => {
  const { file, folder, import: take } = await workspace();
  mkdirSync(join(folder, 'export'));
  symlinkSync(join('..', 'c.csv'), join(folder, 'export', 'link.csv'));
  writeFileSync(join(folder, 'export', 'messages.csv'), TWO);
  const one = file('c.csv', CLAIRE);
  const { files } = await take([one, `./${one}`, 'export/link.csv', 'export/messages.csv', 'export']);
  expect(files.map(({ file: name, rows }) => `${name} ${rows}`)).toEqual([
    ...['c.csv 1', 'export/messages.csv 2'],
  ]);
});

it('a named pipe is read from its first byte', async () => {
  const { file, folder, import: take } = await workspace();
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const [summary] = await Promise.all([take(['pipe']), writeFile(pipe, CLAIRE)]);
  expect(summary.counts).toEqual({ connected: 1 });
  await expect(take([file('folder.csv', CLAIRE), 'folder.csv/x'])).rejects.toThrow('no file folder.csv/x');
});

describe('rows that say nothing are counted and left out', () => {
  it('without a date, hidden, or blank', async () => {
    const { file, shown, import: take } = await workspace();
    const content = connections(
      ...[
        'Claire,Durand,https://www.linkedin.com/in/claire,,A,B,soon',
        ',,,,,,07 Nov 2026',
        ',,,,,,',
        'X,Y,,,,,31 Feb 2026',
        'Z,Y,,,,,05 Nov 2036',
        'Nina,Roy,,,,,05 Oct 2023',
      ],
    );
    const summary = await take([file('c.csv', content)]);
    expect(summary.files).toEqual([
      {
        file: 'c.csv',
        kind: 'connections',
        rows: 5,
        skipped: { bad_date: 2, future: 1, hidden: 1 },
        bad_date_lines: [2, 5],
        future_lines: [6],
      },
    ]);
    expect((await shown(['c.csv'], {}, { quiet: true })).stderr).toBe(
      'c.csv: 5 rows (left out: 1 hidden by LinkedIn, 2 without a readable date (lines 2, 5), 1 dated in the future (line 6))\n',
    );
  });

  it('and accents of Windows, and columns in another order, are read as they are', async () => {
    const { file, connection, import: take } = await workspace();
    aProspect(connection, {
      first_name: 'Hélène',
      last_name: 'Œuvrard',
      company: 'Côté Sud',
      linkedin: null,
    });
    const text = 'Connected On;Company;Last Name;First Name\n05 Oct 2023;COTE SUD SAS;Oeuvrard;H\xe9l\xe8ne';
    const summary = await take([file('c.csv', Buffer.from(text, 'latin1'))]);
    expect(summary.counts).toEqual({ connected: 1 });
  });
});

describe('on a terminal', () => {
  it('tells who, what and when, and what to type next, without escapes from the file', async () => {
    const { file, shown, invited } = await linkedinWorkspace();
    invited({ linkedin: 'claire', company: 'Ateliers' });
    const said = messages({ from: 'claire', text: 'Oui\u001b[2J, jeudi' }, { from: 'zoe', text: 'Bonjour' });
    const files = [file('m.csv', said), file('Connections.csv', `${CLAIRE}\nPaul,Roy,,,X,Y,05 Oct 2023`)];
    const { stdout, stderr } = await shown(files, { dryRun: true }, { columns: 100 });
    expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
      'What              Id  Person         When        Said, or why',
      'connected before   1  Claire Durand  2023-10-05  2023-10-05',
      'answered           1  Claire Durand  2026-11-20  Oui?[2J, jeudi',
      '',
    ]);
    expect(stderr).toBe(
      [
        ...['Connections.csv: 2 rows', 'm.csv: 2 rows', 'Your profile: hector-martin-ads'],
        '     1  connected already: an invitation is passed over',
        ...['     1  answered', '     2  not in the base', 'So: 1 enrolment stopped.'],
        'Nobody is created here. To take connections in: hector prospect import Connections.csv',
        'Nothing was stored. For good: the same command without --dry-run\n',
      ].join('\n'),
    );
  });

  it('shows the profile of a row that may be somebody else, whose it may be, and what to do', async () => {
    const { connection, file, shown } = await linkedinWorkspace();
    aProspect(connection, { linkedin: 'claire', company: 'Ateliers Durand' });
    const other = 'Claire,Durand,https://www.linkedin.com/in/claire-2,,Ateliers Durand,X,05 Oct 2023';
    const both = `${CLAIRE.replace('Ateliers', 'Ateliers Durand')}\n${other}`;
    const { stdout, stderr } = await shown([file('c.csv', both)], {}, { columns: 130 });
    expect(stdout).toMatch(/^connected before +1 +Claire Durand/m);
    expect(stdout).toMatch(
      /^not sure +Claire Durand +claire-2: the prospect has another profile: #1 Claire Durand \(claire\)$/m,
    );
    expect(stderr).toContain('hector prospect edit ID --linkedin PROFILE');
  });

  it('names those who are not in the base when asked to', async () => {
    const { file, import: take } = await workspace();
    const { found } = await take([file('m.csv', TWO)], { list: true });
    expect(found.map(({ what, person }) => `${what} ${person}`)).toEqual([
      'before Claire Durand',
      'unmatched zoe',
    ]);
  });
});
