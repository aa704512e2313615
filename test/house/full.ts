import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '../../src/cli.ts';
import { type ContextOverrides, type TestContext, testContext } from '../context.ts';

/** The program in a workspace, with the options that each command has; what a terminal or a pipe then shows. */
export async function shown(
  words: readonly string[],
  overrides: ContextOverrides = {},
): Promise<TestContext> {
  const opened: TestContext[] = [];
  const open: Parameters<typeof buildProgram>[0] = ({ json = false, quiet = false, color }) => {
    const test = testContext({ json, quiet, color: color !== false, ...overrides });
    opened.push(test);
    return test.context;
  };
  const program = await buildProgram(open, '0', [...words]);
  for (const command of [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)])
    command.exitOverride();
  await program.parseAsync([...words], { from: 'user' });
  const [test] = opened;
  if (!test) throw new Error(`hector ${words.join(' ')} has opened no workspace`);
  return test;
}

const LONG = 'a dit au téléphone qu’elle ne voulait plus rien recevoir de notre part, ni courriel ni SMS';

/**
 * A workspace in which every list has something to show: `Demo`, which is over; `Ouest` with texts that wait for
 * approval; `Est`, people 80 to 99, with LinkedIn texts to paste.
 */
export async function fullWorkspace(): Promise<{ at: string; end(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'hector-full-'));
  const at = join(folder, 'demo');
  await shown(['demo', '--folder', at, '--quiet'], { folder });
  const inside = (...words: string[]) => shown(words, { folder: at, quiet: true });
  await inside('blacklist', 'add', 'une-adresse-tres-longue@un-domaine-tres-long.example', '--reason', LONG);
  for (const [name, approval] of [
    ['Ouest', ['--approval', 'all']],
    ['Est', []],
  ] as const) {
    const list = join(at, `${name}.csv`);
    writeFileSync(list, peopleOf(name));
    const campaign = ['campaign', 'create', name, '--rehearsal', '--scenario', 'connexion-douce'];
    await inside(...campaign, '--from', list, ...approval);
  }
  await inside('tick');
  return { at, end: () => rmSync(folder, { recursive: true }) };
}

const PEOPLE = 20;
const peopleOf = (name: string): string =>
  [
    'first_name,last_name,title,email,linkedin,company',
    ...Array.from({ length: PEOPLE }, (_, n) => {
      const id = `${name}${n}`.toLowerCase();
      return `Anne-Sophie,De La Tour ${id},Directrice générale adjointe,anne-sophie@societe-${id}.example,linkedin.com/in/${id},Société ${id}`;
    }),
  ].join('\n');
