import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { BINARY, run, temporaryFolder, type Workspace, workspace } from './hector.ts';
import { hasTmux, openTerminal } from './terminal.ts';

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;
const LIST = 'prenom;nom;email\nAnne;Le Goff;anne@pme.example\nÉlodie;Faÿ;elodie@tpe.example\n';

let work: Workspace;
beforeAll(async () => {
  work = workspace();
  mkdirSync(join(work.folder, 'bin'));
  const launcher = join(work.folder, 'bin', 'hector');
  writeFileSync(launcher, `#!/bin/sh\nexec '${process.execPath}' '${BINARY}' "$@"\n`);
  chmodSync(launcher, 0o755);
  await work.ok('prospect', 'import', work.write('list.csv', LIST));
  for (const name of ['PME Ouest', 'PME $(touch made) `x`', "L'Est"])
    await work.ok('campaign', 'create', name, '--scenario', 'relance-douce');
});

const env = () => ({
  PATH: `${work.folder}/bin:/usr/bin:/bin`,
  HOME: work.folder,
  LANG: 'C.UTF-8',
  ...work.env,
});
const shell = (name: string, ...args: string[]): string[] => {
  const ran = spawnSync(name, args, { cwd: work.folder, env: env(), encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  return ran.stdout.split('\n').filter((line) => line !== '');
};

describe.skipIf(!has('bash'))('in bash (skipped without it)', () => {
  const complete = (...words: string[]): string[] =>
    shell(
      ...['bash', '--norc', '-c'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's own
      'source <(hector completion bash); COMP_WORDS=(hector "$@"); COMP_CWORD=$#; _hector; printf "%s\\n" "${COMPREPLY[@]}"',
      ...['bash', ...words],
    );

  it.each<[string, string[], string[]]>([
    ['a noun', ['camp'], ['campaign']],
    ['a verb', ['campaign', 'pa'], ['pause']],
    ['an option', ['tick', '--dry'], ['--dry-run']],
    ['a choice', ['message', 'list', '--state', 'sen'], ['sending', 'sent']],
    ['a campaign with blanks', ['campaign', 'show', 'PME\\ O'], ['PME\\ Ouest']],
    ['in quotes', ['report', "'PME O"], ['PME Ouest']],
    ['with a quote', ['report', 'L'], ["L\\'Est"]],
    ['behind an option', ['prospect', 'list', '--campaign', '=', 'PME\\ O'], ['PME\\ Ouest']],
    ['a scenario', ['campaign', 'create', 'X', '--scenario', 'conn'], ['connexion-douce']],
    ['a person', ['prospect', 'show', 'éLodie\\ f'], ['Élodie\\ Faÿ']],
    ['a person without the accent', ['prospect', 'show', 'elo'], ['elodie@tpe.example', 'Élodie\\ Faÿ']],
    ['whose people', ['campaign', 'create', 'X', '--from', 'al'], ['all']],
    [
      'people of a campaign',
      ['campaign', 'create', 'X', '--from', 'campaign', ':', 'PME\\ O'],
      ['PME\\ Ouest'],
    ],
    ['a person by name', ['prospect', 'show', 'anne\\ l'], ['Anne\\ Le\\ Goff']],
    ['nothing', ['nothing', ''], []],
  ])('%s', (_, words, replies) => {
    expect(complete(...words)).toEqual(replies);
  });

  it('a name is data: nothing of it is ever run', () => {
    expect(complete('campaign', 'show', 'PME\\ \\$')).toEqual(['PME\\ \\$\\(touch\\ made\\)\\ \\`x\\`']);
    expect(work.files()).not.toContain('made');
  });

  it.skipIf(!hasTmux)('as it is typed (skipped without tmux)', async () => {
    const terminal = openTerminal(work);
    try {
      terminal.press(`exec env PATH='${env().PATH}' PS1='> ' bash --norc`, 'Enter');
      await terminal.shows('> ');
      terminal.press('source <(hector completion bash); clear; echo ready', 'Enter');
      await terminal.shows('ready');
      terminal.press("hector campaign show 'PME O", 'Tab');
      await terminal.shows("hector campaign show 'PME Ouest'");
    } finally {
      terminal.close();
    }
  });
});

describe.skipIf(!has('fish'))('in fish (skipped without it)', () => {
  const complete = (line: string): string[] =>
    shell('fish', '--no-config', '-c', 'hector completion fish | source; complete -C $argv[1]', line);

  it.each<[string, string[]]>([
    ['hector campaign pau', ['pause\tnothing more goes out until it is resumed']],
    ["hector campaign show 'PME O", ['PME Ouest']],
    ['hector campaign show PME\\ O', ['PME Ouest']],
    ['hector message list --state=sen', ['--state=sending', '--state=sent']],
  ])('%s', (line, found) => {
    expect(complete(line)).toEqual(found);
  });
});

describe.skipIf(!has('zsh') || !hasTmux)('in zsh (skipped without it, or without tmux)', () => {
  it.each([
    ['hector campaign show PME\\ O', 'hector campaign show PME\\ Ouest'],
    ["hector campaign show 'PME O", "hector campaign show 'PME Ouest'"],
    ['hector message li', 'hector message list'],
  ])('%s', async (typed, whole) => {
    const terminal = openTerminal(work);
    try {
      terminal.press(`exec env PATH='${env().PATH}' PS1='> ' zsh -f`, 'Enter');
      await terminal.shows('> ');
      terminal.press(
        'autoload -Uz compinit && compinit -D && source <(hector completion zsh); clear; echo ready',
        'Enter',
      );
      await terminal.shows('ready\n');
      terminal.press(typed, 'Tab');
      await terminal.shows(whole);
    } finally {
      terminal.close();
    }
  });
});

describe('hector complete', () => {
  it('outside any workspace knows what comes with the program, and makes nothing', async () => {
    const folder = temporaryFolder();
    const ask = (...words: string[]) => run(['complete', '--', ...words], { cwd: folder });
    expect((await ask('scenario', 'show', 'conn')).stdout).toBe('connexion-douce\t\n\tfiles\n');
    expect(await ask('campaign', 'show', '')).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(await ask('campaign', 'show', '--workspace', 'nowhere', '')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('is silent of a database it cannot read, and leaves the workspace as it was', async () => {
    const files = work.files();
    await work.ok('complete', '--', 'prospect', 'show', '');
    expect(work.files()).toEqual(files);
    const broken = workspace();
    broken.write('hector.db', 'no database');
    expect(await broken.hector('complete', '--', 'campaign', 'show', '')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(await broken.hector('complete', '--nothing', 'x')).toMatchObject({ code: 0, stderr: '' });
  });

  it('is not in the help', async () => {
    expect((await work.ok('--help')).stdout).not.toMatch(/^ +complete /m);
  });
});
