import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BINARY, run, temporaryFolder, type Workspace, withExampleList, workspace } from './hector.ts';

const HECTOR = `"${process.execPath}" "${BINARY}"`;
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** Through a shell, for pipes; `script` gives a terminal. */
function shell(command: string, { folder, env }: Pick<Workspace, 'folder' | 'env'>) {
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder, TERM: 'xterm-256color', ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const terminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

describe('help and version', () => {
  const cwd = temporaryFolder();

  it.each(['--version', '-V'])('%s prints the version and nothing else', async (flag) => {
    expect(await run([flag], { cwd })).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([
    ['the program', []],
    ['the program', ['--help']],
    ['the program', ['help']],
    ['a noun', ['campaign']],
    ['a noun', ['campaign', '--help']],
    ['a noun', ['help', 'campaign']],
    ['a command', ['tick', '--help']],
  ])('help of %s is data on stdout: hector %j', async (_, args) => {
    const ran = await run(args, { cwd });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^Usage: hector /);
  });

  it('each command has help with an example, without a workspace', async () => {
    const names = await commands(cwd);
    expect(names.length).toBeGreaterThan(25);
    for (const batch of pairs(names))
      await Promise.all(
        batch.map(async (name) => {
          const ran = await run([...name, '--help'], { cwd });
          expect(ran, name.join(' ')).toMatchObject({ code: 0, stderr: '' });
          expect(ran.stdout, name.join(' ')).toMatch(/\nExamples:\n {2}\S/);
        }),
      );
  });
});

/** Every command, as the help lists them. */
async function commands(cwd: string): Promise<string[][]> {
  const listed = async (args: string[]): Promise<string[]> => {
    const { stdout } = await run([...args, '--help'], { cwd });
    const after = stdout.slice(stdout.search(/\n(?:Commands|To begin):\n/));
    return [...after.matchAll(/^ {2}([a-z][a-z-]*) /gm)]
      .map(([, name]) => name ?? '')
      .filter((name) => name !== 'help');
  };
  const top = await listed([]);
  const helps = await Promise.all(top.map((name) => run([name, '--help'], { cwd })));
  const found = top.map(async (name, index) =>
    helps[index]?.stdout.includes('\nCommands:\n')
      ? (await listed([name])).map((verb) => [name, verb])
      : [[name]],
  );
  return (await Promise.all(found)).flat();
}

function pairs<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / 4) }, (_, n) => all.slice(n * 4, n * 4 + 4));
}

describe('where the output goes', () => {
  const work = workspace();
  beforeAll(async () => {
    await work.ok('prospect', 'import', withExampleList(work));
    await work.ok('campaign', 'create', 'PME', '--scenario', 'relance-douce', '--from', 'all');
    await work.ok('tick');
  });

  it.each([
    ['status'],
    ['report'],
    ['tick --dry-run'],
    ['prospect list'],
    ['prospect show 1'],
    ['campaign list'],
    ['campaign show PME'],
    ['task list'],
    ['scenario list'],
    ['blacklist list'],
    ['prospect export'],
  ])('%s --json is one JSON document and nothing else', async (command) => {
    const { stdout } = await work.ok(...command.split(' '), '--json');
    expect(() => JSON.parse(stdout)).not.toThrow();
  });

  it('a reader who has seen enough is no error', () => {
    for (const command of [
      'prospect list',
      'prospect export',
      'scenario show connexion-douce',
      'report --json',
    ]) {
      const ran = shell(`${HECTOR} ${command} -q | head -1`, work);
      expect(ran, command).toMatchObject({ status: 0, stderr: '' });
      expect(ran.stdout.trimEnd().split('\n'), command).toHaveLength(1);
    }
  });

  it('stdout closed from the start: no stack trace', () => {
    const ran = shell(`${HECTOR} status >&-`, work);
    expect(ran.stderr).not.toMatch(/ {4}at |a fault of ours/);
  });

  it('prompts never appear in a pipe: task next prints the task and asks nothing', async () => {
    const ran = await work.hector('task', 'next');
    expect(ran.code).toBe(0);
    expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/\[2K|\?25l|sent: I have/);
  });

  it.skipIf(!terminal).each<[what: string, command: string, env: Record<string, string>, colored: boolean]>([
    ['a terminal gets colour', 'report', {}, true],
    ['NO_COLOR takes it away', 'report', { NO_COLOR: '1' }, false],
    ['--no-color does too', 'report --no-color', {}, false],
    ['TERM=dumb too', 'report', { TERM: 'dumb' }, false],
  ])('%s (skipped without script(1))', (_, command, env, colored) => {
    const ran = shell(`script -qec '${HECTOR} ${command}' /dev/null`, {
      folder: work.folder,
      env: { ...work.env, ...env },
    });
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain('Stage');
    expect(ran.stdout.includes('\u001b[')).toBe(colored);
  });
});
