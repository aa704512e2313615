// Writes docs/tour.md: what a person sees, taken from a terminal (tmux) in which the built program runs on a set clock.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(import.meta.url), '..', '..');
const COLUMNS = 100;
const ROWS = 120;
const PATIENCE_MS = 30_000;

const MONDAY = '2026-11-02T09:30:00+01:00';
const NEXT_MONDAY = '2026-11-09T09:30:00+01:00';

/** Prose, and commands; `keys` are pressed one after another once `shows` is on the screen, which is then kept. */
const STEPS = [
  `A week with a list of French SMEs. No account is needed: without keys a campaign is a rehearsal, and what it
would send becomes files. \`HECTOR_NOW\` sets the clock; leave it away when it is real.`,
  '## A workspace and a list',
  {
    run: "hector init prospection --name 'Claire Durand' --company 'Exemple Conseil' --email claire@exemple.example",
  },
  'Any CSV will do. What cannot be read is refused with its line, and comes back in a file of its own.',
  { run: 'cd prospection && hector prospect import ../list.csv' },
  '## A campaign',
  { run: 'hector scenario list' },
  'With nothing said, `campaign create` asks; every answer has its flag, and the end shows the command that asks nothing.',
  { run: 'hector campaign create', shows: /\?/, keys: ['C-c'] },
  { run: "hector campaign create 'PME Ouest' --scenario connexion-douce --from all", at: MONDAY },
  '## Every day',
  '`tick` does whatever is due; cron runs it. `status` says what waits for you.',
  { run: 'hector tick' },
  { run: 'hector status' },
  'LinkedIn texts are yours to paste: one after another, a key each.',
  { run: 'hector task next', shows: /quit/, keys: ['q'] },
  'Lists are tables here and lines in a pipe: this one says that the first three were sent.',
  { run: 'hector task list | head -3 | cut -f1 | xargs hector task done' },
  { run: 'hector prospect list --limit 8' },
  '## A week later',
  { run: "hector task accepted 'Jean-Pierre Garnier'", at: NEXT_MONDAY },
  { run: 'hector tick' },
  'Nobody waits without a reason, and `explain` says which, and what would change it.',
  { run: "hector explain 'Jean-Pierre Garnier'" },
  'An answer stops everything at once, in all campaigns.',
  { run: "hector reply add 'Jean-Pierre Garnier' --text 'Oui, jeudi matin.' --meeting" },
  { run: "hector report 'PME Ouest'" },
  'That nobody got anything twice, or after a no, can be proved from the ledger at any time.',
  { run: 'hector verify' },
];

const HEAD = `# A tour

<!-- Written by npm run gen:tour: the program itself printed every line in a frame, on a terminal of ${COLUMNS} columns. -->
`;

/** @returns the page; the temporary folder is shown as \`~\` */
export async function tourPage(binary = join(ROOT, 'bin', 'hector.js')) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hector-tour-')));
  const terminal = openTerminal(folder, binary);
  try {
    copyFileSync(join(ROOT, 'examples', 'prospects.csv'), join(folder, 'list.csv'));
    await terminal.ready();
    await terminal.set(MONDAY);
    const parts = [];
    for (const step of STEPS) parts.push(typeof step === 'string' ? step : await frame(step, terminal));
    return `${HEAD}\n${parts.join('\n\n').replaceAll(folder, '~')}\n`;
  } finally {
    terminal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function frame(step, terminal) {
  const lines = [];
  if (step.at) {
    await terminal.set(step.at);
    lines.push(`$ export HECTOR_NOW=${step.at}`);
  }
  lines.push(`$ ${step.run}`);
  const screen = step.shows ? await terminal.look(step) : await terminal.run(step.run);
  return ['```console', ...lines, ...(screen === '' ? [] : [screen]), '```'].join('\n');
}

function openTerminal(folder, binary) {
  mkdirSync(join(folder, 'bin'));
  const launcher = join(folder, 'bin', 'hector');
  writeFileSync(launcher, `#!/bin/sh\nexec '${process.execPath}' '${binary}' "$@"\n`);
  chmodSync(launcher, 0o755);
  const tmux = (...args) => spawnSync('tmux', ['-S', join(folder, 'tmux'), ...args], { encoding: 'utf8' });
  const environment = {
    PATH: `${folder}/bin:/usr/bin:/bin`,
    HOME: folder,
    LANG: 'C.UTF-8',
    PS1: '',
    TZ: 'Europe/Paris',
  };
  const shell = [
    'env',
    '-i',
    ...Object.entries(environment).map((pair) => pair.join('=')),
    'TERM=screen-256color',
    'sh',
  ];
  const size = ['-x', String(COLUMNS), '-y', String(ROWS)];
  const started = tmux('-f', '/dev/null', '-u', 'new-session', '-d', ...size, '-c', folder, ...shell);
  if (started.status !== 0)
    throw new Error(`the tour needs tmux: ${started.error?.message ?? started.stderr}`);
  const screen = () => tmux('capture-pane', '-p', '-J').stdout.replace(/ +$/gm, '').trimEnd();
  const press = (...keys) => tmux('send-keys', ...keys);
  let typed = 0;
  const type = (command) => {
    typed += 1;
    press('C-u');
    press('-l', `clear; ${command}; echo "[${typed}] exit $?"`);
    press('Enter');
  };
  const exit = () => new RegExp(`(?:^|\n)\\[${typed}\\] exit \\d+$`);
  const ended = async () => {
    const all = await until(screen, (text) => exit().test(text));
    return all.replace(exit(), '').trimEnd();
  };
  return {
    ready: () => ended(type('stty -echo')),
    set: (at) => ended(type(`export HECTOR_NOW=${at}`)),
    run: (command) => ended(type(command)),
    /** What is on the screen once it shows something and has come to rest. */
    async look({ run, shows, keys }) {
      type(run);
      let last = '';
      const shown = await until(screen, (text) => {
        const rests = text === last && shows.test(text);
        last = text;
        return rests;
      });
      // A key that came before the program listened is lost.
      let polls = 0;
      await until(screen, (text) => {
        const over = exit().test(text);
        if (!over && polls++ % 10 === 0) press(...keys);
        return over;
      });
      return shown;
    },
    close: () => tmux('kill-server'),
  };
}

function firstDifference(file, page) {
  const [kept, shown] = [readFileSync(file, 'utf8').split('\n'), page.split('\n')];
  const at = shown.findIndex((line, index) => line !== kept[index]);
  return `line ${at + 1}: ${kept[at] ?? ''}\nis now:  ${shown[at] ?? ''}`;
}

async function until(read, holds) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const text = read();
    if (holds(text)) return text;
    if (Date.now() > end) throw new Error(`the terminal does not go on:\n${text}`);
    await new Promise((done) => setTimeout(done, 150));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(ROOT, 'docs', 'tour.md');
  const page = await tourPage();
  if (process.argv[2] !== '--check') {
    writeFileSync(file, page);
    console.log('written: docs/tour.md');
  } else if (readFileSync(file, 'utf8') !== page) {
    console.error(
      `docs/tour.md is not what the program shows: npm run gen:tour\n${firstDifference(file, page)}`,
    );
    process.exitCode = 1;
  }
}
