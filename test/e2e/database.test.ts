import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BINARY,
  contents,
  run,
  shown,
  temporaryFolder,
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
      'W/hector.db is damaged. Try: restore a backup of it',
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

  it('a folder of that name', async () => {
    const work = workspace();
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
      stderr: 'hector: cannot write no/where.csv: no such folder. Try: mkdir -p no\n',
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

/** A disk of one megabyte; null where one may not be mounted. */
function tinyDisk(): string | null {
  const folder = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
  return mounted ? folder : null;
}

const disk = ROOT && process.platform === 'linux' ? tinyDisk() : null;
afterAll(() => {
  if (disk) spawnSync('umount', [disk]);
});

describe.skipIf(disk === null)('a full disk (skipped where no small file system can be mounted)', () => {
  const work = workspaceIn(disk ?? temporaryFolder());
  const outside = temporaryFolder();
  const many = join(outside, 'many.csv');
  beforeAll(async () => {
    const rows = Array.from({ length: 9000 }, (_, n) => `P${n};p${n}@pme.example;${'x'.repeat(200)}\n`);
    writeFileSync(many, `nom;email;notes\n${rows.join('')}`);
    await work.ok('init');
    await work.ok('prospect', 'import', work.write('list.csv', LIST));
  });

  it('an import that does not fit is taken back as a whole, and a smaller one still goes in', async () => {
    const [before, files] = [contents(work), work.files()];
    expect(shown(await work.hector('prospect', 'import', many), work)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'hector: no space left on the disk of W/hector.db: nothing was imported. Try: df -h W/hector.db\n',
    });
    expect(contents(work)).toEqual(before);
    expect(work.files()).toEqual(files);
    await work.ok('prospect', 'import', work.write('small.csv', 'nom;email\nB;b@pme.example\n'));
  });

  it('nothing at all can be written: every command says so in one line', async () => {
    const before = contents(work);
    fill(join(work.folder, 'filling'));
    for (const args of [['status'], ['prospect', 'import', 'list.csv'], ['tick']]) {
      const ran = shown(await work.hector(...args), work);
      expect(ran, args.join(' ')).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr, args.join(' ')).toMatch(
        /^hector: W\/hector\.db cannot be read or written: the disk reports an error or is full\. Try: df -h W\n$/,
      );
    }
    spawnSync('rm', [join(work.folder, 'filling')]);
    expect(contents(work)).toEqual(before);
    await work.ok('status');
  });
});

/** To the last byte. */
function fill(file: string): void {
  spawnSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=1k']);
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
