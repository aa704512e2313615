import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  BINARY,
  contents,
  run,
  shown,
  temporaryFolder,
  until,
  type Workspace,
  workspace,
  workspaceIn,
} from './hector.ts';

const LIST = 'nom;email\nDurand;durand@pme.example\n';
const ROOT = process.getuid?.() === 0;

describe('a database that cannot be used: exit code 3, one line, and the file is left as it is', () => {
  let good: string;
  beforeAll(async () => {
    const work = workspace();
    await work.ok('prospect', 'import', work.write('list.csv', LIST));
    good = join(work.folder, 'hector.db');
  });

  const spoilt: [what: string, spoil: (file: string) => void, line: string][] = [
    [
      'a text',
      (file) => writeFileSync(file, 'Dear diary, today I became no database.'),
      'W/hector.db is not a hector database. Try: mv W/hector.db W/hector.db.old && hector init W',
    ],
    [
      'cut short',
      (file) => truncateSync(file, 60_000),
      'W/hector.db is damaged. Try: hector db restore BACKUP',
    ],
    [
      'cut in its first line',
      (file) => truncateSync(file, 10),
      'W/hector.db is not a hector database. Try: mv W/hector.db W/hector.db.old && hector init W',
    ],
    [
      'written by a newer version',
      (file) => {
        const base = new BetterSqlite3(file);
        base.pragma('user_version = 99');
        base.close();
      },
      'W/hector.db was written by a newer hector (schema 99, this one knows N). Try: npm install -g hector',
    ],
  ];

  it.each(spoilt)('%s', async (_, spoil, line) => {
    const work = workspace();
    const file = join(work.folder, 'hector.db');
    copyFileSync(good, file);
    spoil(file);
    const before = readFileSync(file);
    work.write('list.csv', LIST);
    const files = work.files();
    for (const args of [['status'], ['prospect', 'import', 'list.csv'], ['tick'], ['init']]) {
      const { code, stdout, stderr } = shown(await work.hector(...args), work);
      const told = { code, stdout, stderr: stderr.replace(/this one knows \d+/, 'this one knows N') };
      expect(told, args.join(' ')).toEqual({ code: 3, stdout: '', stderr: `hector: ${line}\n` });
    }
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(work.files().filter((name) => !['.env', '.gitignore'].includes(name))).toEqual(files);
  });

  it('one that is missing is not made anew: it would have forgotten every opposition', async () => {
    const work = workspace();
    rmSync(join(work.folder, 'hector.db'));
    for (const words of [['tick'], ['blacklist', 'list'], ['status']])
      expect(shown(await work.hector(...words), work)).toEqual({
        code: 3,
        stdout: '',
        stderr:
          'hector: W/hector.db is missing: restore it, or begin with an empty one. Try: hector init W\n',
      });
    expect(work.files()).toEqual(['hector.yaml']);
  });

  it('a folder of that name', async () => {
    const work = workspace();
    rmSync(join(work.folder, 'hector.db'));
    mkdirSync(join(work.folder, 'hector.db'));
    expect(shown(await work.hector('status'), work)).toEqual({
      code: 3,
      stdout: '',
      stderr: 'hector: W/hector.db is in the way: it is no database. Try: ls -ld W/hector.db\n',
    });
  });
});

describe('a place that cannot be written', () => {
  it.each<[string, string, number, string]>([
    [
      'a file where the folder should be',
      'file',
      2,
      'W/file cannot be a folder: a file is in the way. Try: ls -ld W/file',
    ],
    [
      'below a file',
      'file/in/it',
      2,
      'W/file/in/it cannot be a folder: a file is in the way. Try: ls -ld W/file/in/it',
    ],
  ])('init: %s', async (_, folder, code, line) => {
    const work = { folder: temporaryFolder() };
    writeFileSync(join(work.folder, 'file'), '');
    const ran = await run(['init', folder], { cwd: work.folder });
    expect(shown(ran, work)).toEqual({ code, stdout: '', stderr: `hector: ${line}\n` });
    expect(readdirSync(work.folder)).toEqual(['file']);
  });

  it.skipIf(process.platform !== 'linux')('init: where the system makes no folders', async () => {
    const ran = await run(['init', '/proc/hector'], { cwd: temporaryFolder() });
    expect(ran.code).toBeGreaterThan(1);
    expect(ran.stderr).toMatch(/^hector: .*\/proc\/hector.* Try: .*\n$/);
  });

  it.each([
    ['status'],
    ['tick'],
    ['prospect import list.csv'],
    ['campaign create X --scenario connexion-douce --from list.csv'],
  ])('a read-only workspace: %s', async (command) => {
    const work = readOnly(workspace());
    const files = work.files();
    const options = { cwd: work.folder, ...(ROOT ? { uid: NOBODY } : {}) };
    const ran = await run(command.split(' '), options);
    expect(shown(ran, work)).toEqual({
      code: 3,
      stdout: '',
      stderr: 'hector: cannot write W/hector.db: the folder or file is read-only. Try: ls -ld W\n',
    });
    expect(work.files()).toEqual(files);
    chmodSync(work.folder, 0o755);
  });

  it('an export into a folder that is not there', async () => {
    const work = workspace();
    await work.ok('prospect', 'import', work.write('list.csv', LIST));
    expect(shown(await work.hector('prospect', 'export', 'no/where.csv'), work)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'hector: cannot write W/no/where.csv: no such folder. Try: mkdir -p W/no\n',
    });
  });
});

const NOBODY = 65_534;

/** Root may write anywhere, so then the folder belongs to somebody else, who runs the program. */
function readOnly(work: Workspace): Workspace {
  work.write('list.csv', LIST);
  chmodSync(work.folder, 0o555);
  if (ROOT) chownSync(work.folder, NOBODY, NOBODY);
  return work;
}

/** A disk of its own, of so many megabytes; null where one may not be mounted. */
function smallDisk(megabytes: number): string | null {
  if (!ROOT || process.platform !== 'linux') return null;
  const folder = temporaryFolder();
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  return mount.status === 0 ? folder : null;
}

const DISK_MB = 40;
const disk = smallDisk(DISK_MB);
afterAll(() => {
  if (disk) spawnSync('umount', [disk]);
});

describe.skipIf(disk === null)('a full disk (skipped where no small file system can be mounted)', () => {
  const work = workspaceIn(disk ?? temporaryFolder());
  const large = join(temporaryFolder(), 'large.csv');
  const filling = join(work.folder, 'filling');
  let before: unknown;
  beforeAll(async () => {
    const rows = Array.from({ length: 150_000 }, (_, n) => `Nom${n};p${n}@pme.example;${'x'.repeat(40)}\n`);
    writeFileSync(large, `nom;email;notes\n${rows.join('')}`);
    await work.ok('init');
    await work.ok('prospect', 'import', work.write('list.csv', LIST));
    before = contents(work);
  });
  afterEach(() => rmSync(filling, { force: true }));

  it('a list that cannot fit is not begun', async () => {
    fill(filling, DISK_MB - 5);
    const ran = shown(await work.hector('prospect', 'import', large), work);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr.replace(/[\d.]+ MiB/g, 'N MiB')).toBe(
      `hector: no space for ${large} on the disk of W/hector.db: about N MiB are needed, N MiB are left; nothing was imported. Try: df -h W\n`,
    );
    expect(contents(work)).toEqual(before);
  });

  it('a disk that fills up in the middle: one line, and what it says to type takes the rest back', async () => {
    const { ended } = work.start('prospect', 'import', large);
    await until('the first rows are in the base', () => work.rows('select 1 from prospect').length > 1);
    fill(filling, DISK_MB);
    const { code, stdout, stderr } = shown(await ended, work);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    rmSync(filling);
    const undo =
      /^hector: .*; what import (\d+) had taken in until then is still in the base\. Try: hector prospect import --undo \1\n$/;
    const id = undo.exec(stderr)?.[1];
    if (id) await work.ok('prospect', 'import', '--undo', id);
    else expect(stderr).toMatch(/^hector: no space left .*: nothing was imported\. Try: df -h W\n$/);
    expect(contents(work)).toEqual(before);
  });

  it('nothing at all can be written: every command says so in one line', async () => {
    fill(filling, DISK_MB);
    for (const args of [['status'], ['prospect', 'import', 'list.csv'], ['tick']]) {
      const { code, stdout, stderr } = shown(await work.hector(...args), work);
      expect({ code, stdout }, args.join(' ')).toEqual({ code: 1, stdout: '' });
      expect(stderr, args.join(' ')).toBe(
        'hector: W/hector.db cannot be read or written: the disk reports an error or is full. Try: df -h W\n',
      );
    }
    rmSync(filling);
    expect(contents(work)).toEqual(before);
    await work.ok('status');
  });
});

/** As much of the disk as there is. */
function fill(file: string, megabytes: number): void {
  spawnSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=4k', `count=${megabytes * 256}`]);
}
const FULL = '/dev/full';
describe.skipIf(process.platform !== 'linux')('an output that cannot be written', () => {
  it('stdout on a full disk: exit code 1 and one line', () => {
    const work = workspace();
    const command = `"${process.execPath}" "${BINARY}" scenario list -q > ${FULL}`;
    const ran = spawnSync('sh', ['-c', command], { cwd: work.folder, encoding: 'utf8' });
    expect(ran).toMatchObject({
      status: 1,
      stderr: 'hector: cannot write the output: ENOSPC: no space left on device, write\n',
    });
  });
});
