import type { Context } from '../../context.ts';
import { daysOffText } from '../../engine/dates/days-off.ts';
import { daysText, hoursText } from '../../engine/dates/window.ts';
import { campaignCapsText } from '../../engine/limits/campaign-caps.ts';
import type { Campaign } from '../../engine/plan/snapshot.ts';
import {
  type CampaignEdit,
  type EditableSettings,
  type EditEffect,
  withEdit,
} from '../../engine/ports/campaign-edits.ts';
import type { LoadedScenario } from '../../engine/ports/texts.ts';
import { mailboxOf } from '../../engine/texts/mailbox.ts';
import { printJson, printTable } from '../../io/table.ts';
import { dateTimeIn, isoOrNull } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { counted } from '../counted.ts';

export interface SettingChange {
  setting: string;
  before: string;
  after: string;
}

const TEXTS: Record<string, (settings: EditableSettings) => string> = {
  name: ({ name }) => name,
  objective: ({ objective }) => objective ?? '',
  timezone: ({ timezone }) => timezone,
  days: ({ window }) => daysText(window.days),
  hours: ({ window }) => hoursText(window),
  days_off: ({ window }) => daysOffText(window.daysOff),
  approval: ({ approval }) => approval,
  voice: ({ voice }) => voice ?? '',
  caps: ({ caps }) => campaignCapsText(caps),
  sender: ({ sender }) => (sender ? mailboxOf(sender) : ''),
};

export const settingsChanged = (campaign: Campaign, edit: CampaignEdit): SettingChange[] =>
  Object.entries(TEXTS)
    .map(([setting, text]) => ({ setting, before: text(campaign), after: text(withEdit(campaign, edit)) }))
    .filter(({ before, after }) => before !== after);

export interface Edited {
  settings: readonly SettingChange[];
  /** Null: the scenario stays. */
  loaded: LoadedScenario | null;
  effect: EditEffect;
  applied: boolean;
}

export async function printEdit(context: Context, campaign: Campaign, edited: Edited): Promise<void> {
  const { io } = context;
  if (context.json) return printJson(io, editJson(campaign, edited));
  const { settings, loaded, effect, applied } = edited;
  for (const { setting, before, after } of settings)
    io.out(printable(`${setting}: ${before || 'none'} -> ${after || 'none'}`));
  if (loaded) await printScenario(context, loaded, effect);
  if (settings.length === 0 && !loaded) return;
  for (const line of people(effect)) io.out(printable(line));
  if (effect.nextAt !== null)
    io.out(`Next touch: ${dateTimeIn(effect.nextAt, campaign.timezone)} (${campaign.timezone})`);
  if (applied) io.out(printable(`Campaign "${campaign.name}" is changed.`));
}

const SIGNS = { added: '+', removed: '-', changed: '~', kept: ' ' } as const;

async function printScenario(
  { io }: Context,
  { scenario }: LoadedScenario,
  effect: EditEffect,
): Promise<void> {
  const also = effect.other.length > 0 ? ` (also changed: ${effect.other.join(', ')})` : '';
  io.out(printable(`Scenario: ${scenario.name} (${scenario.slug})${also}`));
  await printTable(
    io,
    [
      { header: ' ', value: ({ change }) => SIGNS[change] },
      { header: 'Step', value: ({ step }) => step.id, whole: true },
      { header: 'Wait', value: ({ step }) => step.wait },
      { header: 'Channel', value: ({ step }) => step.channel },
      { header: 'Standing here', value: ({ people }) => people, align: 'right' },
      {
        header: 'Change',
        value: ({ change, what }) =>
          change === 'changed' ? what.join(', ') : change === 'kept' ? '' : change,
        wrap: true,
      },
    ],
    effect.steps,
  );
}

function people({ moved, cancelled, writtenAnew, keptTexts, rescheduled }: EditEffect): string[] {
  const persons = (n: number) => counted(n, 'person', 'people');
  const lines = moved.map(({ from, to, people: n }) =>
    to === null ? `From ${from} to the end: ${persons(n)}` : `From ${from} to ${to}: ${persons(n)}`,
  );
  if (rescheduled > 0) lines.push(`Another date: ${persons(rescheduled)}`);
  if (cancelled > 0) lines.push(`Cancelled, not sent: ${counted(cancelled, 'message')} of steps taken out`);
  if (writtenAnew > 0) lines.push(`Written anew: ${counted(writtenAnew, 'text')}, not sent yet`);
  if (keptTexts > 0)
    lines.push(`Kept as written: ${counted(keptTexts, 'text')} of changed steps, not sent yet`);
  return lines.length > 0 ? lines : ['Nobody is moved, and no date changes.'];
}

/** Stable keys, documented in docs/json.md. */
const editJson = (campaign: Campaign, { settings, loaded, effect, applied }: Edited) => ({
  name: campaign.name,
  applied,
  settings: settings.map(({ setting, before, after }) => ({ setting, before, after })),
  scenario: loaded && {
    slug: loaded.scenario.slug,
    name: loaded.scenario.name,
    hash: loaded.hash,
    other: effect.other,
  },
  steps: effect.steps.map(({ step, change, what, people: standing }) => ({
    step: step.id,
    change,
    what,
    people: standing,
  })),
  moved: effect.moved.map(({ from, to, people: n }) => ({ from, to, people: n })),
  cancelled: effect.cancelled,
  written_anew: effect.writtenAnew,
  kept_texts: effect.keptTexts,
  rescheduled: effect.rescheduled,
  next_at: isoOrNull(effect.nextAt),
});
