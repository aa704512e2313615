import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { allVerbs, helpOf } from '../../scripts/commands-doc.ts';
import { manPage } from '../../scripts/man-page.ts';
import { buildProgram } from '../../src/cli.ts';
import { widthOf } from '../../src/io/table/cell.ts';

const verbs = await allVerbs();
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const noContext = (): never => {
  throw new Error('help opens no workspace');
};

it('the help of every command is as it was read last (vitest -u, when the change is meant)', async () => {
  const program = await buildProgram(noContext, '0', null);
  const nouns = program.commands.filter(({ commands }) => commands.length > 0);
  const pages = [
    helpOf(await buildProgram(noContext, '0', [])),
    ...nouns.map((noun) => helpOf(noun)),
    ...verbs.map(({ command }) => helpOf(command)),
  ];
  await expect(`${pages.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`).toMatchFileSnapshot('help.snap.txt');
});

it.each([40, 60, 80, 120])('help breaks at blanks on a terminal of %i columns', async (width) => {
  const program = await buildProgram(noContext, '0', null);
  const commands = [...program.commands, ...program.commands.flatMap((noun) => noun.commands)];
  for (const command of commands) {
    const [page = ''] = helpOf(command, width).split('\nExamples:\n');
    // How a command is typed is never broken, and stands alone.
    const typed = /^Usage: | {2}\S+(?: [<[]\S+)?(?:, \S+)?(?: <.*>)?$/;
    const wide = page.split('\n').filter((line) => widthOf(line) > width && !typed.test(line));
    expect(wide).toEqual([]);
  }
});

it('the first page names every command, in a group', async () => {
  const page = helpOf(await buildProgram(noContext, '0', []));
  const names = new Set(verbs.map(({ path }) => path.split(' ')[0] ?? ''));
  for (const name of names) expect(page).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  expect(page).not.toContain('\nCommands:');
});

it('man/hector.1 is as the help is (npm run gen writes it)', () => {
  expect(readFileSync('man/hector.1', 'utf8')).toBe(manPage(verbs, version));
});

const hasGroff = spawnSync('groff', ['--version']).status === 0;

it.skipIf(!hasGroff)('the manual page has no fault that groff knows of (skipped without groff)', () => {
  const ran = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-rLL=80n', '-P-c', '-P-b', '-P-o', '-P-u'], {
    input: manPage(verbs, version),
    encoding: 'utf8',
  });
  expect(ran.stderr).toBe('');
  for (const { path } of verbs) expect(ran.stdout).toContain(`hector ${path}`);
  expect(ran.stdout).toContain('hector blacklist add');
  expect(ran.stdout).toContain('--workspace <folder>');
});

it('a manual page shows a text as it is', () => {
  const [verb] = verbs;
  if (!verb) throw new Error('no command');
  const command = Object.create(verb.command, {
    description: { value: () => ".SH Élan \\fBx\n'tis -x" },
  });
  expect(manPage([{ path: 'x', command }], '1')).toContain("\\&.SH \\[u00C9]lan \\efBx\n\\&'tis \\-x");
});
