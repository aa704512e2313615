import type { Channel, Language, Prospect } from '../../../engine/model.ts';
import { usableChannel } from '../../../engine/plan/reach.ts';
import type { Previewed, Previewer, PreviewRules } from '../../../engine/ports/preview.ts';
import type { LoadedScenario } from '../../../engine/ports/texts.ts';
import type { PastTouch, WriteRequest } from '../../../engine/ports/writer.ts';
import type { SkipReason } from '../../../engine/reasons.ts';
import type { Step } from '../../../engine/scenario/scenario.ts';
import type { Exchange } from '../../../engine/texts/facts.ts';
import { composeSms } from '../../../engine/texts/sms.ts';
import { EXCHANGES, requestFor } from '../../../engine/tick/message.ts';
import { type DatedStep, datedSteps } from '../show.ts';

export interface PreviewInput {
  loaded: LoadedScenario;
  language: Language;
  prospect: Prospect;
  /** What was really said with this person. */
  exchanges: readonly Exchange[];
  rules: PreviewRules;
  /** Writes what is shown. */
  writer: Previewer;
  /** Writes what only stands before it: free. */
  templates: Previewer;
  /** One step; null: all of them. */
  only: string | null;
  /** Null: the one by which the person can be reached. */
  channel: Channel | null;
  /** Whose texts they are to be; absent: no campaign's. */
  campaign?: WriteRequest['campaign'];
  /** UTC ms. */
  now: number;
}

export interface PreviewedStep extends DatedStep {
  channel: Channel;
  /** Goes out beside the step's own text. */
  beside: boolean;
  /** Why the step would be passed over for this person. */
  unreachable: SkipReason | null;
  previewed: Previewed;
  /** As it would go out; null: there is none. */
  text: string | null;
  /** Of an SMS. */
  segments: number | null;
}

const DAY_MS = 86_400_000;

/** In the order of the scenario, whatever its conditions will be; each as if those before it had been sent on their day. */
export async function previewSteps(input: PreviewInput): Promise<PreviewedStep[]> {
  const shown: PreviewedStep[] = [];
  const history: PastTouch[] = [];
  for (const dated of datedSteps(input.loaded.scenario)) {
    const { step, day } = dated;
    const wanted = input.only === null || input.only === step.id;
    const before = [...history];
    for (const { channel, beside, unreachable } of waysOf(step, input)) {
      const writer = wanted ? input.writer : input.templates;
      const previewed = await writer.write(requestOn(step, channel, before, input));
      const { text, segments } = asSent(previewed, channel, input);
      if (wanted) shown.push({ ...dated, channel, beside, unreachable, previewed, text, segments });
      if (previewed.written.status === 'held') continue;
      const { subject, body } = previewed.written;
      history.push({ step: step.id, channel, subject, body, sentAt: input.now + day * DAY_MS });
    }
    if (step.id === input.only) break;
  }
  return shown;
}

function waysOf(step: Step, { channel, prospect, rules }: PreviewInput) {
  const reach = usableChannel(step, prospect, [], rules.reach);
  const unreachable = reach.channel === null ? reach.reason : null;
  if (channel !== null) return [{ channel, beside: false, unreachable }];
  const own = reach.channel ?? (step.channel === 'auto' ? 'email' : step.channel);
  return [
    { channel: own, beside: false, unreachable },
    ...step.also
      .filter((each) => each !== own)
      .map((each) => ({ channel: each, beside: true, unreachable: null })),
  ];
}

function requestOn(
  step: Step,
  channel: Channel,
  history: readonly PastTouch[],
  { loaded: { scenario, templates }, language, prospect, rules, exchanges, ...input }: PreviewInput,
): WriteRequest {
  const said = history.map(
    ({ channel: by, sentAt, subject, body }): Exchange => ({
      ...{ direction: 'out', channel: by, at: sentAt, subject, body },
    }),
  );
  const nobody = { id: null, name: scenario.name, objective: null, voice: null, sender: null };
  const campaign = input.campaign ?? nobody;
  return requestFor(
    { prospect, campaign: { ...campaign, language }, version: { templates }, history },
    { step, channel, exchanges: [...exchanges, ...said].slice(-EXCHANGES) },
    rules.settings,
  );
}

function asSent({ written }: Previewed, channel: Channel, { rules }: PreviewInput) {
  if (written.status === 'held') return { text: null, segments: null };
  const { body } = written;
  if (channel !== 'sms') return { text: body, segments: null };
  const { body: text, segments } = composeSms({ to: '', body, ...rules.settings.sms });
  return { text, segments };
}
