import type { Context } from '../../../context.ts';
import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { didYouMean } from '../../../engine/suggest.ts';
import { usageError } from '../../../errors.ts';
import { printJson } from '../../../io/table.ts';
import { printable } from '../../../io.ts';
import { workspaceFlag } from '../../workspace-flag.ts';
import { campaignName } from '../settings.ts';
import { checkAnswers } from './check.ts';
import { commandLine } from './command-line.ts';
import { draftJson } from './drafts.ts';
import { createCampaign, launchable } from './launch.ts';
import { wholeReferences } from './whole-paths.ts';

export interface Asked {
  wizard: boolean;
  draft: boolean;
  /** The name of a draft; empty: the newest. */
  resume: string | undefined;
  yes: boolean;
}

const HELP = 'hector campaign create --help';
type Given = Partial<CampaignAnswers>;

/** Launches at once where all is said; asks on a terminal where something is missing; keeps a draft where that is wanted. */
export async function beginCampaign(context: Context, given: Given, asked: Asked): Promise<void> {
  if (asked.resume !== undefined) return resume(context, given, asked.resume, asked.yes);
  if (asked.draft) return keepDraft(context, given);
  const complete = given.name !== undefined && given.scenario !== undefined;
  if (!asked.wizard && complete) return launch(context, given);
  if (canAsk(context)) {
    const { startWizard } = await import('./start.ts');
    await checkAnswers(context, given);
    return startWizard(context, given);
  }
  if (asked.wizard) throw usageError('--wizard asks questions: it needs a terminal', HELP);
  await launch(context, given);
}

const canAsk = ({ io, json }: Context): boolean => io.interactive && !json;

async function launch(context: Context, given: Given): Promise<void> {
  await createCampaign(context, launchable(named(given)));
}

function named({ name, ...given }: Given): CampaignAnswers {
  if (name === undefined) throw usageError("missing required argument 'name'", HELP);
  return { ...given, name };
}

async function keepDraft(context: Context, given: Given): Promise<void> {
  const answers = named(given);
  const name = campaignName(answers.name, HELP);
  await checkAnswers(context, answers);
  const drafts = await context.stores.campaignDrafts();
  const known = await drafts.find(name);
  const all = { ...known?.answers, ...wholeReferences(context, answers), name };
  await drafts.save(known?.id ?? null, all, context.now());
  if (context.json) return printJson(context.io, draftJson(all));
  context.io.out(printable(`Draft "${name}" is kept; nothing is launched.`));
  context.io.note(
    `To go on with it: hector campaign create --resume ${shellWord(name)}${workspaceFlag(context)}`,
  );
}

async function resume(context: Context, given: Given, name: string, yes: boolean): Promise<void> {
  const drafts = await context.stores.campaignDrafts();
  const all = await drafts.list();
  const draft = name === '' ? all[0] : await drafts.find(name);
  if (!draft)
    throw noDraft(
      name,
      all.map(({ answers }) => answers.name),
    );
  const answers = { ...draft.answers, ...wholeReferences(context, given), name: draft.answers.name };
  if (yes) {
    await createCampaign(context, launchable(answers), draft.id);
    return;
  }
  if (!canAsk(context))
    throw usageError(
      '--resume asks questions: it needs a terminal, or --yes to launch the draft as it is',
      printable(commandLine(answers) + workspaceFlag(context)),
    );
  const { resumeWizard } = await import('./start.ts');
  await resumeWizard(context, { ...draft, answers });
}

const noDraft = (name: string, names: readonly string[]) =>
  names.length === 0
    ? usageError('there are no drafts', 'hector campaign create')
    : usageError(`no draft "${name}"${didYouMean(name, names)}`, 'hector campaign list');
