import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Import, importsOf, isOurs, loadedWith, packageOf, roomOf, sourceFiles } from './source.ts';

const files = sourceFiles();
const byPath = new Map(files.map((file) => [file.path, file]));

/**
 * Which room may know which, as docs/architecture.md draws it. `type:` marks a room of which only types may be
 * known: nothing of it is there at run time. A room is a folder of src/, or a file that stands alone in it.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  errors: [],
  assets: [],
  workspace: ['errors'],
  io: ['errors'],
  // Two small rooms around one library each, shared by others: YAML with places, Liquid with our rules.
  yaml: ['engine', 'errors'],
  liquid: ['engine'],
  // Settings are read from YAML; `printable` of io makes what they quote safe to show.
  config: ['engine', 'errors', 'io', 'workspace', 'yaml'],
  scenarios: ['assets', 'engine', 'errors', 'liquid', 'workspace', 'yaml'],
  // Where a call may be made at all; shared by all that call somebody.
  pace: [],
  'provider-answer': [],
  ai: ['assets', 'engine', 'errors', 'liquid', 'pace', 'provider-answer', 'workspace', 'yaml'],
  csv: ['engine', 'errors'],
  // LinkedIn's own export: its archive, and the lists in it.
  linkedin: ['csv', 'engine', 'errors'],
  db: ['assets', 'engine', 'errors'],
  // The crontab of a user, and names of domains: each behind a port of the engine.
  cron: ['engine', 'errors'],
  dns: ['engine', 'errors'],
  // Which sender stands for which provider is said by the settings; they are handed in, never read.
  channels: ['engine', 'errors', 'pace', 'provider-answer', 'type:config'],
  commands: ['assets', 'engine', 'errors', 'io', 'workspace', 'type:config', 'type:context'],
  // Composition: what a working tick needs beyond what an idle one has.
  'tick-engine': ['config', 'engine'],
  // And what writing by Claude does.
  'writing-engine': ['ai', 'config', 'engine', 'errors', 'pace'],
  context: [
    'ai',
    'assets',
    'channels',
    'config',
    'cron',
    'csv',
    'db',
    'dns',
    'engine',
    'errors',
    'io',
    'linkedin',
    'scenarios',
    'stores',
    'tick-engine',
    'workspace',
    'writing-engine',
  ],
  // The stores of the context, all on one database.
  stores: ['config', 'db', 'engine'],
  cli: ['commands'],
  // `db` for one thing: the line that says what a SQLite error means.
  main: ['assets', 'cli', 'commands', 'context', 'db', 'errors', 'io'],
};

/** Libraries without any effect: the engine may use them. */
const PURE = ['date-holidays', 'fastest-levenshtein', 'libphonenumber-js', 'temporal-polyfill', 'zod'];

/** Each library has its rooms; another room asks the one that has it. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  '@anthropic-ai/sdk': ['ai'],
  '@commander-js/extra-typings': ['cli', 'commands', 'main'],
  // One question of `prospect remove`; all others go through io/prompter.ts.
  '@inquirer/prompts': ['commands', 'io'],
  'better-sqlite3': ['db'],
  chalk: ['io'],
  'cli-table3': ['io'],
  clipboardy: ['channels'],
  'csv-parse': ['csv'],
  'csv-stringify': ['io'],
  'date-holidays': ['engine'],
  'drizzle-orm': ['db'],
  'fastest-levenshtein': ['engine'],
  'libphonenumber-js': ['engine'],
  liquidjs: ['liquid', 'scenarios'],
  nodemailer: ['channels'],
  open: ['channels'],
  resend: ['channels'],
  'string-width': ['io'],
  'temporal-polyfill': ['engine'],
  twilio: ['channels'],
  yaml: ['yaml'],
  yauzl: ['linkedin'],
  zod: ['ai', 'config', 'engine', 'scenarios', 'yaml'],
};

/** Light enough to be there from the start. All other libraries load when a command reaches for them. */
const LIGHT = ['@commander-js/extra-typings', 'chalk', 'fastest-levenshtein'];

const isModule = ({ to }: Import): boolean => to.startsWith('node:');

describe('the rooms of src/', () => {
  it.each(files.map(({ path }) => path))('%s imports only what its room may know', (path) => {
    const allowed = MAY_IMPORT[roomOf(path)];
    expect(allowed, `a new room: give it a line in this test and in docs/architecture.md`).toBeDefined();
    const breaches = (byPath.get(path)?.imports ?? []).filter((imported) => {
      if (!isOurs(imported)) return false;
      const room = roomOf(imported.to);
      if (room === roomOf(path) || allowed?.includes(room)) return false;
      return !(imported.kind === 'type' && allowed?.includes(`type:${room}`));
    });
    expect(breaches).toEqual([]);
  });

  it('keep their libraries to themselves', () => {
    const breaches = files.flatMap(({ path, imports }) =>
      imports
        .filter((imported) => !isOurs(imported) && !isModule(imported))
        .filter(({ to }) => !LIBRARIES[packageOf(to)]?.includes(roomOf(path)))
        .map(({ to }) => `${path}: ${to}`),
    );
    expect(breaches).toEqual([]);
  });

  it('use every library that package.json names, or it should go', () => {
    const used = new Set(files.flatMap(({ imports }) => imports.map(({ to }) => packageOf(to))));
    // extra-typings is types and a few lines around commander, which it names as its peer.
    const named = Object.keys(packageJson().dependencies).filter((name) => name !== 'commander');
    expect(named.filter((name) => !used.has(name))).toEqual([]);
  });

  it('are read right: type imports, lists of types, several lines, lazy ones', () => {
    const text = [
      "import type { A } from './a.ts';",
      "import { type B, type C } from '../b.ts';",
      "import {\n  type D,\n  e,\n} from './d.ts';",
      "import 'side-effect';",
      "export { f } from './f.ts';",
      "const lazy = await import('../g.ts');",
      'const text = "--from \'h.ts\'";',
    ].join('\n');
    expect(importsOf(text, 'db/tick/x.ts')).toEqual([
      { to: 'db/tick/a.ts', kind: 'type' },
      { to: 'db/b.ts', kind: 'type' },
      { to: 'db/tick/d.ts', kind: 'value' },
      { to: 'db/tick/f.ts', kind: 'value' },
      { to: 'side-effect', kind: 'value' },
      { to: 'db/g.ts', kind: 'lazy' },
    ]);
  });
});

describe('the engine is pure', () => {
  const engine = files.filter(({ path }) => roomOf(path) === 'engine');

  it('imports only itself and libraries without effects', () => {
    const breaches = engine.flatMap(({ path, imports }) =>
      imports
        .filter((imported) => !isOurs(imported) && !PURE.includes(packageOf(imported.to)))
        .map(({ to }) => `${path}: ${to}`),
    );
    expect(breaches).toEqual([]);
  });

  it.each([
    ['asks for no time', /new Date\(\s*\)|\bDate\(\s*\)|Date\.now|performance\.now|Temporal\.Now/],
    ['rolls no dice', /Math\.random|randomUUID|getRandomValues/],
    ['knows of no process', /\bprocess\b\s*[.[]|\bglobalThis\b|\brequire\(/],
    ['prints nothing', /\bconsole\b/],
    ['waits for nothing and calls nobody', /\bset(?:Timeout|Interval|Immediate)\(|\bfetch\(/],
  ])('%s', (_, forbidden) => {
    expect(engine.filter(({ code }) => forbidden.test(code)).map(({ path }) => path)).toEqual([]);
  });
});

describe('a command loads fast', () => {
  const commands = files.filter(({ code }) => /^export const command = /m.test(code)).map(({ path }) => path);

  it('finds the commands', () => expect(commands.length).toBeGreaterThan(25));

  it.each(['main.ts', 'cli.ts', 'context.ts', 'io.ts', ...commands])(
    '%s loads no heavy library before its work begins',
    (path) => {
      const heavy = [...loadedWith(path, byPath)].flatMap((each) =>
        (byPath.get(each)?.imports ?? [])
          .filter((imported) => imported.kind === 'value' && !isOurs(imported) && !isModule(imported))
          .filter(({ to }) => !LIGHT.includes(packageOf(to)))
          .map(({ to }) => `${each}: ${to}`),
      );
      expect(heavy).toEqual([]);
    },
  );
});

describe('one place', () => {
  it('sets the exit code and ends the program', () => {
    const ends = files.filter(({ code }) => /process\.exit\b|process\.exitCode\s*=[^=]/.test(code));
    expect(ends.map(({ path }) => path)).toEqual(['main.ts']);
  });
});

function packageJson(): { dependencies: Record<string, string> } {
  return JSON.parse(readFileSync('package.json', 'utf8'));
}
