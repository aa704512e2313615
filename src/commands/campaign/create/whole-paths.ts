import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../../../context.ts';
import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import { wholeFrom } from '../people.ts';

/** The answers with whole paths: a draft is resumed from any folder, and means the same files there. */
export function wholeReferences<A extends Partial<CampaignAnswers>>(context: Context, answers: A): A {
  const { from, scenario, voice } = answers;
  const { cwd } = context;
  return {
    ...answers,
    ...(from === undefined ? {} : { from: from.map((text) => wholeFrom(text, cwd)) }),
    ...(scenario === undefined ? {} : { scenario: isFile(scenario) ? resolve(cwd, scenario) : scenario }),
    ...(voice === undefined ? {} : { voice: isFile(voice) ? voiceFile(context, voice) : voice }),
  };
}

/** What is no slug and no name. */
const isFile = (reference: string): boolean => /\/|\.ya?ml$/.test(reference);

/** One of this folder, else of the workspace, as it is looked for. */
function voiceFile(context: Context, reference: string): string {
  const here = resolve(context.cwd, reference);
  return existsSync(here) ? here : resolve(context.workspace().root, reference);
}
