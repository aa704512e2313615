import type { Context } from '../../../context.ts';
import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import { candidates, parseFrom, parsePerson } from '../people.ts';
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
  await candidates(
    context,
    from.map((text) => parseFrom(text, context.cwd, context.now())),
  );
}
