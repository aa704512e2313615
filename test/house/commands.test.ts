import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  allVerbs,
  COMMON_OPTIONS,
  commandPages,
  commandTable,
  withGenerated,
} from '../../scripts/commands-doc.ts';

const verbs = await allVerbs();
const text = (file: string): string => readFileSync(file, 'utf8');

it('the program has commands', () => expect(verbs.length).toBeGreaterThan(25));

it.each(verbs)('hector $path says what it is for, in a line and in a sentence', ({ command }) => {
  expect(command.summary()).toMatch(/^[^\n.]{5,80}$/);
  expect(command.description()).toMatch(/^[A-Z][^\n]{15,}\.$/);
});

it.each(verbs)('hector $path has the options that all have', ({ command }) => {
  const long = command.options.map((option) => option.long);
  expect(long).toEqual(expect.arrayContaining(COMMON_OPTIONS));
});

it.each(verbs)('hector $path explains each argument and option', ({ command }) => {
  for (const part of [...command.registeredArguments, ...command.options])
    expect(part.description, part.name()).toMatch(/^\S.{3,}/);
});

it.each(verbs)('hector $path has an example, with options that exist', ({ path, command }) => {
  const examples = exampleLines(command);
  expect(examples.length).toBeGreaterThan(0);
  const known = [...command.options.map((option) => option.long), '--help'];
  const commands = examples.flatMap((line) => line.split(' | '));
  for (const line of commands.filter((each) => each.includes(`hector ${path} `)))
    for (const [option] of line.matchAll(/(?<=\s)--[a-z-]+/g)) expect(known, line).toContain(option);
});

it('docs/commands.md holds the help of the program as it is (npm run gen writes it)', () => {
  const page = text('docs/commands.md');
  expect(withGenerated(page, 'help', commandPages(verbs))).toBe(page);
});

it('README.md lists every command as it is (npm run gen writes it)', () => {
  const readme = text('README.md');
  expect(withGenerated(readme, 'commands', commandTable(verbs))).toBe(readme);
});

it('every command line in the documents would be understood', () => {
  const files = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)];
  const wrong = files.flatMap((file) =>
    commandLines(text(file)).flatMap((line) => (understood(line) ? [] : [`${file}: hector ${line}`])),
  );
  expect(wrong).toEqual([]);
});

/** What follows `hector` in a code span, or in a line of a fenced block that begins with it. */
function commandLines(page: string): string[] {
  const blocks = [...page.matchAll(/^```.*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n').flatMap((line) => line.split(' | ')),
  );
  const spans = [...page.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, span = '']) => span,
  );
  return [...blocks, ...spans].flatMap((code) => {
    const found = /^\s*(?:\$ )?(?:[A-Z_]+=\S* )?hector (.+)$/.exec(code.trim())?.[1];
    return found === undefined ? [] : [found.replace(/\s+# .*$/, '')];
  });
}

/** Words in capitals stand for something: `hector NOUN VERB --help`. */
function understood(line: string): boolean {
  const [noun = '', verb = ''] = line.split(/\s+/);
  if (/^(?:-|[A-Z])/.test(noun)) return true;
  const found =
    verbs.find(({ path }) => path === noun || path === `${noun} ${verb}`) ??
    (verb === '' ? verbs.find(({ path }) => path.startsWith(`${noun} `)) : undefined);
  if (!found) return false;
  const known = [...found.command.options.map((option) => option.long), '--help'];
  return [...line.matchAll(/(?<=\s)--[a-z-]+/g)].every(([option]) => known.includes(option));
}

function exampleLines(command: (typeof verbs)[number]['command']): string[] {
  let help = '';
  command.configureOutput({
    writeOut: (part) => {
      help += part;
    },
  });
  command.outputHelp();
  return (help.split('\nExamples:\n')[1] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.includes('hector '));
}
