import type { Context } from '../../../context.ts';
import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import { candidates, filesOf, parseFrom, parsePerson, refuseNobodyNamed } from '../people.ts';
import { settingsFrom, voiceFrom } from '../settings.ts';
import { rowsByHand } from './enrol.ts';
import { settingsOf } from './launch.ts';

/**
 * What is given, as a launch would take it; what is missing is nobody's fault yet.
 * @throws UserError for the first answer that cannot be
 */
export async function checkAnswers(context: Context, answers: Partial<CampaignAnswers>): Promise<void> {
  const { scenario, from = [], person = [] } = answers;
  const [config, calendar] = await Promise.all([context.config(), context.calendar()]);
  const { voice, ...rest } = settingsOf({ name: 'x', ...answers });
  const { language } = settingsFrom(rest, config, context.now(), calendar);
  if (scenario) await (await context.library()).load(scenario, language);
  await voiceFrom(context, voice);
  await rowsByHand(context, person.map(parsePerson));
  const sources = from.map((text) => parseFrom(text, context.cwd, context.now()));
  const people = await candidates(context, sources);
  refuseNobodyNamed(from, people, filesOf(sources).length + person.length);
}
