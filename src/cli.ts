import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { OpenContext } from './commands/command.ts';

interface CommandModule {
  command(open: OpenContext): CommandUnknownOpts;
}
type Loader = () => Promise<CommandModule>;

/** A noun has verbs; a verb at the top stands alone. The order here is the order in help. */
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
    },
  },
  prospect: {
    summary: 'import people and see where they stand',
    verbs: {
      import: () => import('./commands/prospect/import.ts'),
      list: () => import('./commands/prospect/list.ts'),
      show: () => import('./commands/prospect/show.ts'),
      pause: () => import('./commands/prospect/pause.ts'),
      resume: () => import('./commands/prospect/resume.ts'),
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
      accepted: () => import('./commands/task/accepted.ts'),
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
  blacklist: {
    summary: 'people and firms who must never be contacted',
    verbs: {
      add: () => import('./commands/blacklist/add.ts'),
      remove: () => import('./commands/blacklist/remove.ts'),
      list: () => import('./commands/blacklist/list.ts'),
      check: () => import('./commands/blacklist/check.ts'),
    },
  },
};

/**
 * Only the command that was typed is loaded; help loads what it shows.
 * @param typed the arguments after `hector`
 */
export async function buildProgram(
  open: OpenContext,
  version: string,
  typed: readonly string[],
): Promise<Command> {
  const program = new Command('hector')
    .description('An outreach sequencer for the terminal, cron and one SQLite file.')
    .version(version)
    .addHelpText('after', '\nA first campaign without any account: hector demo\nYour own: hector init');
  const [first = '', second = ''] = typed;
  const known = Object.hasOwn(TOP, first) || Object.hasOwn(NOUNS, first);
  for (const [name, load] of Object.entries(TOP))
    if (!known || name === first) program.addCommand((await load()).command(open));
  for (const [name, noun] of Object.entries(NOUNS))
    if (!known || name === first) program.addCommand(await buildNoun(name, noun, open, second));
  return program;
}

async function buildNoun(
  name: string,
  noun: (typeof NOUNS)[string],
  open: OpenContext,
  typedVerb: string,
): Promise<Command> {
  const command = new Command(name).summary(noun.summary).description(noun.summary);
  const loaders = Object.hasOwn(noun.verbs, typedVerb) ? { [typedVerb]: noun.verbs[typedVerb] } : noun.verbs;
  for (const load of Object.values(loaders)) if (load) command.addCommand((await load()).command(open));
  return command;
}
