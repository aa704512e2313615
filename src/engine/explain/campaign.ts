import type { Calendar } from '../dates/calendar.ts';
import type { Crowd } from '../ports/explain.ts';
import { shellWord } from '../shell-word.ts';
import { afterCutOff, LAUNCH_CUT_OFF } from '../unfinished-launch.ts';
import type { Rule } from './explain.ts';
import type { RuleCode } from './sentences.ts';
import { SENTENCES } from './sentences.ts';

const HOUR_MS = 3_600_000;

/**
 * What keeps a whole campaign where it is: it is paused, its hours are over (as for an e-mail to somebody in its own zone),
 * or nobody ticks. Instants are UTC ms.
 * @param country the holiday region of the workspace
 */
export function campaignRules(
  { campaign, pauseReason, unfinished, groups, dueSince, lastTick }: Crowd,
  calendar: Calendar,
  { country, now }: { country: string; now: number },
): Rule[] {
  const rules: Rule[] = [];
  const add = (code: RuleCode, rest: Partial<Omit<Rule, 'code' | 'sentence'>>): void => {
    rules.push({ code, sentence: SENTENCES[code], detail: null, until: null, commands: [], ...rest });
  };
  const name = shellWord(campaign.name);
  if (unfinished)
    add('campaign_paused', {
      detail: LAUNCH_CUT_OFF,
      commands: [afterCutOff(campaign.name, unfinished.draft)],
    });
  else if (campaign.status === 'paused')
    add('campaign_paused', { detail: pauseReason, commands: [`hector campaign resume ${name}`] });
  else if (campaign.status !== 'running') add('campaign_not_running', { detail: campaign.status });
  if (groups.length === 0) return rules;
  const place = { zone: campaign.timezone, region: country };
  const opening = calendar.nextOpening(now, campaign.window, place, 'email');
  const edit = [`hector campaign edit ${name} --days DAYS --hours HOURS`];
  if (opening === null) add('window_never_opens', { commands: edit });
  else if (opening > now) add('outside_window', { until: opening, commands: edit });
  const waiting = campaign.status === 'running' && dueSince !== null && now - dueSince > HOUR_MS;
  if (waiting && (lastTick === null || now - lastTick.startedAt > HOUR_MS))
    add('no_tick', { commands: ['hector tick'] });
  return rules;
}
