import { campaignCapsText } from '../limits/campaign-caps.ts';
import type { SuppressionKey } from '../model.ts';
import type { Skip } from '../plan/decision.ts';
import type { Standing } from '../ports/explain.ts';
import { shellWord } from '../shell-word.ts';
import { afterCutOff } from '../unfinished-launch.ts';
import type { RuleCode } from './sentences.ts';

interface About {
  standing: Standing;
  step: string;
  skipped: readonly Skip[];
}

/** What would change a rule: the next commands to type, or the file to edit. Empty: only time does. */
export function remedies(
  code: RuleCode,
  detail: string | null,
  { standing, step, skipped }: About,
): string[] {
  const { campaign, prospect, version } = standing.snapshot;
  const name = shellWord(campaign.name);
  switch (code) {
    case 'campaign_paused':
      return [
        standing.unfinished
          ? afterCutOff(campaign.name, standing.unfinished.draft)
          : `hector campaign resume ${name}`,
      ];
    case 'person_paused':
      return [`hector prospect resume ${prospect.id} --campaign ${name}`];
    case 'blacklisted':
      return removeEntry(standing.snapshot.suppressedBy);
    case 'operator':
      return tasks(standing, step, 'awaiting_operator', (id) => `hector task done ${id}`);
    case 'uncertain':
      return [
        ...tasks(standing, step, 'uncertain', (id) => `hector message mark-sent ${id}`),
        ...tasks(standing, step, 'uncertain', (id) => `hector message retry ${id} --yes`),
      ];
    case 'condition_pending':
      return waitsForAcceptance(standing, step) ? [`hector task accepted ${prospect.id}`] : [];
    case 'outside_window':
    case 'window_never_opens':
      return [`hector campaign edit ${name} --days DAYS --hours HOURS --days-off DATES`];
    case 'missing_variable':
      return detail?.startsWith('sender.') || detail === 'data_source'
        ? [`edit hector.yaml: ${detail}`]
        : ['hector prospect import FILE --update'];
    case 'unreachable':
      return missing(skipped);
    case 'bad_template':
    case 'too_long':
      return [`hector scenario lint ${version.scenario.slug}`];
    case 'channel_closed':
      return ['edit hector.yaml or .env'];
    case 'hourly_cap':
    case 'daily_cap':
    case 'weekly_cap':
      return ['edit hector.yaml: caps and ramp of the channel', `hector campaign resume ${name}`];
    case 'campaign_cap':
      return [`hector campaign edit ${name} --caps ${shellWord(campaignCapsText(campaign.caps))} --yes`];

    default:
      return [];
  }
}

function tasks(
  { snapshot }: Standing,
  step: string,
  state: 'awaiting_operator' | 'uncertain',
  command: (messageId: number) => string,
): string[] {
  return snapshot.touches
    .filter((touch) => touch.step === step && touch.state === state)
    .map(({ messageId }) => command(messageId));
}

/** What would give the steps that were passed over a channel. */
function missing(skipped: readonly Skip[]): string[] {
  const has = (...reasons: Skip['reason'][]) => skipped.some(({ reason }) => reasons.includes(reason));
  return [
    ...(has('channel_off') ? ['edit .env: the keys of a provider'] : []),
    ...(has('no_address', 'no_consent') ? ['hector prospect import FILE --update'] : []),
  ];
}

function waitsForAcceptance({ snapshot }: Standing, step: string): boolean {
  const found = snapshot.version.scenario.steps.find(({ id }) => id === step);
  const invited = snapshot.touches.some(({ channel, state }) => channel === 'linkedin' && state === 'sent');
  return found?.when?.accepted !== undefined && !snapshot.accepted && invited;
}

/** As `blacklist remove` reads it. */
export function removeEntry(entry: SuppressionKey | null): string[] {
  if (entry === null) return [];
  switch (entry.kind) {
    case 'domain':
      return [`hector blacklist remove ${shellWord(`@${entry.value}`)}`];
    case 'linkedin':
      return [`hector blacklist remove ${shellWord(entry.value)} --kind linkedin`];
    case 'email':
    case 'phone':
    case 'siren':
      return [`hector blacklist remove ${shellWord(entry.value)}`];
  }
}
