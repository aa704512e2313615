import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { OpenContext } from './commands/command.ts';
import { HELP_LAYOUT } from './commands/help-layout.ts';

interface CommandModule {
  command(open: OpenContext): CommandUnknownOpts;
}
type Loader = () => Promise<CommandModule>;

/** A noun has verbs; a verb at the top stands alone. The order of nouns is that of GROUPS. */
const TOP: Record<string, Loader> = {
  init: () => import('./commands/init.ts'),
  tick: () => import('./commands/tick.ts'),
  prepare: () => import('./commands/prepare.ts'),
  status: () => import('./commands/status.ts'),
  explain: () => import('./commands/explain.ts'),
  verify: () => import('./commands/verify.ts'),
  report: () => import('./commands/report.ts'),
  doctor: () => import('./commands/doctor.ts'),
  demo: () => import('./commands/demo.ts'),
  completion: () => import('./commands/completion.ts'),
};

const NOUNS: Record<string, { summary: string; verbs: Record<string, Loader> }> = {
  campaign: {
    summary: 'create and steer campaigns',
    verbs: {
      create: () => import('./commands/campaign/create.ts'),
      list: () => import('./commands/campaign/list.ts'),
      show: () => import('./commands/campaign/show.ts'),
      edit: () => import('./commands/campaign/edit.ts'),
      pause: () => import('./commands/campaign/pause.ts'),
      resume: () => import('./commands/campaign/resume.ts'),
      complete: () => import('./commands/campaign/complete.ts'),
      delete: () => import('./commands/campaign/delete.ts'),
    },
  },
  prospect: {
    summary: 'import people and see where they stand',
    verbs: {
      import: () => import('./commands/prospect/import.ts'),
      add: () => import('./commands/prospect/add.ts'),
      list: () => import('./commands/prospect/list.ts'),
      show: () => import('./commands/prospect/show.ts'),
      edit: () => import('./commands/prospect/edit.ts'),
      pause: () => import('./commands/prospect/pause.ts'),
      resume: () => import('./commands/prospect/resume.ts'),
      move: () => import('./commands/prospect/move.ts'),
      remove: () => import('./commands/prospect/remove.ts'),
      export: () => import('./commands/prospect/export.ts'),
    },
  },
  scenario: {
    summary: 'read and check scenarios',
    verbs: {
      list: () => import('./commands/scenario/list.ts'),
      show: () => import('./commands/scenario/show.ts'),
      lint: () => import('./commands/scenario/lint.ts'),
      preview: () => import('./commands/scenario/preview.ts'),
      copy: () => import('./commands/scenario/copy.ts'),
    },
  },
  voice: {
    summary: 'who writes, what may be claimed, and how it sounds',
    verbs: {
      list: () => import('./commands/voice/list.ts'),
      show: () => import('./commands/voice/show.ts'),
      lint: () => import('./commands/voice/lint.ts'),
      copy: () => import('./commands/voice/copy.ts'),
    },
  },
  task: {
    summary: 'what waits for a person: LinkedIn texts to paste',
    verbs: {
      next: () => import('./commands/task/next.ts'),
      list: () => import('./commands/task/list.ts'),
      done: () => import('./commands/task/done.ts'),
      skip: () => import('./commands/task/skip.ts'),
      later: () => import('./commands/task/later.ts'),
      'not-found': () => import('./commands/task/not-found.ts'),
      connected: () => import('./commands/task/connected.ts'),
      accepted: () => import('./commands/task/accepted.ts'),
      undo: () => import('./commands/task/undo.ts'),
    },
  },
  message: {
    summary: 'the ledger: what waits for approval, what was sent, what failed',
    verbs: {
      list: () => import('./commands/message/list.ts'),
      show: () => import('./commands/message/show.ts'),
      review: () => import('./commands/message/review.ts'),
      approve: () => import('./commands/message/approve.ts'),
      reject: () => import('./commands/message/reject.ts'),
      edit: () => import('./commands/message/edit.ts'),
      rewrite: () => import('./commands/message/rewrite.ts'),
      export: () => import('./commands/message/export.ts'),
      import: () => import('./commands/message/import.ts'),
      retry: () => import('./commands/message/retry.ts'),
      'mark-sent': () => import('./commands/message/mark-sent.ts'),
    },
  },
  reply: {
    summary: 'record answers',
    verbs: { add: () => import('./commands/reply/add.ts') },
  },
  linkedin: {
    summary: "LinkedIn's own export",
    verbs: { import: () => import('./commands/linkedin/import.ts') },
  },
  gdpr: {
    summary: 'what is held of a person, and its end',
    verbs: {
      export: () => import('./commands/gdpr/export.ts'),
      erase: () => import('./commands/gdpr/erase.ts'),
      purge: () => import('./commands/gdpr/purge.ts'),
    },
  },
  blacklist: {
    summary: 'people and firms who must never be contacted',
    verbs: {
      add: () => import('./commands/blacklist/add.ts'),
      remove: () => import('./commands/blacklist/remove.ts'),
      list: () => import('./commands/blacklist/list.ts'),
      check: () => import('./commands/blacklist/check.ts'),
      import: () => import('./commands/blacklist/import.ts'),
      export: () => import('./commands/blacklist/export.ts'),
    },
  },
  cron: {
    summary: 'let cron tick',
    verbs: {
      install: () => import('./commands/cron/install.ts'),
      show: () => import('./commands/cron/show.ts'),
      remove: () => import('./commands/cron/remove.ts'),
    },
  },
  db: {
    summary: 'the database: backups, and is it whole',
    verbs: {
      backup: () => import('./commands/db/backup.ts'),
      restore: () => import('./commands/db/restore.ts'),
      check: () => import('./commands/db/check.ts'),
      path: () => import('./commands/db/path.ts'),
    },
  },
  config: {
    summary: 'settings, and where each comes from',
    verbs: { show: () => import('./commands/config/show.ts') },
  },
};

const LAST_GROUP = 'Around it:';
/** The first page of help, in this order; what is named nowhere comes with the last. */
const GROUPS: readonly (readonly [heading: string, names: readonly string[]])[] = [
  ['To begin:', ['demo', 'init', 'doctor']],
  ['Every day:', ['status', 'tick', 'task', 'message', 'reply', 'explain', 'report']],
  ['People, campaigns and texts:', ['prospect', 'campaign', 'scenario', 'voice', 'prepare', 'linkedin']],
  ['What may not be done:', ['blacklist', 'gdpr', 'verify']],
  [LAST_GROUP, ['cron', 'db', 'config', 'completion']],
];

const START = `
Without any account:   hector demo
With your own list:    hector init, hector prospect import FILE.csv
One command in full:   hector COMMAND --help, hector NOUN VERB --help`;

/** What a command line may begin with, and the verbs of each noun. */
export const commandNames = (): Record<string, readonly string[]> => ({
  ...Object.fromEntries(Object.keys(TOP).map((name) => [name, []])),
  ...Object.fromEntries(Object.entries(NOUNS).map(([name, { verbs }]) => [name, Object.keys(verbs)])),
});

/**
 * Only the command that was typed is loaded, and of the nouns on the first page no verb.
 * @param typed the arguments after `hector`; null: every command there is
 */
export async function buildProgram(
  open: OpenContext,
  version: string,
  typed: readonly string[] | null,
): Promise<Command> {
  const program = new Command('hector')
    .description('An outreach sequencer for the terminal, cron and one SQLite file.')
    .version(version)
    .configureHelp(HELP_LAYOUT)
    .addHelpCommand(new Command('help').description('the help of a command').helpGroup(LAST_GROUP))
    .addHelpText('after', START);
  const [first = '', second = ''] = typed ?? [];
  if (first === 'complete') return program.addCommand(await buildComplete(open, version), { hidden: true });
  const known = Object.hasOwn(TOP, first) || Object.hasOwn(NOUNS, first);
  for (const [heading, names] of groups())
    for (const name of names.filter((each) => !known || each === first)) {
      const [alone, noun] = [TOP[name], NOUNS[name]];
      const built = noun
        ? await buildNoun(name, noun, open, typed === null || known ? second : null)
        : await alone?.().then((module) => module.command(open));
      if (built) program.addCommand(built.helpGroup(heading));
    }
  return program;
}

function groups(): [heading: string, names: string[]][] {
  const grouped = GROUPS.map(([heading, names]): [string, string[]] => [
    heading,
    names.filter((name) => Object.hasOwn(TOP, name) || Object.hasOwn(NOUNS, name)),
  ]);
  const placed = new Set(grouped.flatMap(([, names]) => names));
  const rest = [...Object.keys(TOP), ...Object.keys(NOUNS)].filter((name) => !placed.has(name));
  grouped.at(-1)?.[1].push(...rest);
  return grouped;
}

async function buildComplete(open: OpenContext, version: string): Promise<CommandUnknownOpts> {
  const { command } = await import('./commands/complete.ts');
  return command(open, (words) => buildProgram(open, version, words.slice(0, -1)));
}

/** @param typedVerb only this one, or all if there is no such; null: none, for a page that shows none */
async function buildNoun(
  name: string,
  noun: (typeof NOUNS)[string],
  open: OpenContext,
  typedVerb: string | null,
): Promise<CommandUnknownOpts> {
  const command = new Command(name)
    .summary(noun.summary)
    .description(noun.summary)
    .configureHelp(HELP_LAYOUT);
  if (typedVerb === null) return command;
  const loaders = Object.hasOwn(noun.verbs, typedVerb) ? { [typedVerb]: noun.verbs[typedVerb] } : noun.verbs;
  for (const load of Object.values(loaders)) if (load) command.addCommand((await load()).command(open));
  return command;
}
