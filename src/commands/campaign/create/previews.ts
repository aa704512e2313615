import type { Context } from '../../../context.ts';
import type { ForecastTouch } from '../../../engine/forecast/forecast.ts';
import { CHANNELS, type Channel, type Prospect, prospectName } from '../../../engine/model.ts';
import { addressFor } from '../../../engine/plan/reach.ts';
import { folded } from '../../../engine/suggest.ts';
import { EXCHANGES } from '../../../engine/tick/message.ts';
import { type PreviewedStep, previewSteps } from '../../scenario/preview/steps.ts';
import type { Review } from './review.ts';

export interface FirstText {
  person: Prospect;
  at: number;
  step: PreviewedStep;
}

const SHOWN = 3;
/** More would cost time and tell no other kind of person. */
const LOOKED_AT = 2000;

/** Three texts: of each channel the first, then the next of it, to people who differ. */
export async function firstTexts(
  context: Context,
  review: Review,
  by: 'template' | 'claude',
): Promise<FirstText[]> {
  const { loaded, campaign } = review;
  const [rules, templates, writer] = await Promise.all([
    context.previewRules(),
    context.previewer('template'),
    context.previewer(by),
  ]);
  const chosen = choose(review);
  const known = chosen.flatMap(({ person }) => (person.id > 0 ? [person.id] : []));
  const exchanges = await (await context.stores.ticks()).exchanges(known, campaign.mode, EXCHANGES);
  const shown: FirstText[] = [];
  for (const { person, touch } of chosen) {
    const [step] = await previewSteps({
      ...{ loaded, prospect: person, rules, writer, templates, only: touch.step, channel: touch.channel },
      ...{ language: campaign.language, exchanges: exchanges.get(person.id) ?? [], now: touch.at },
      campaign: { ...campaign, id: null },
    });
    if (step) shown.push({ person, at: touch.at, step });
  }
  return shown;
}

interface Chosen {
  person: Prospect;
  touch: ForecastTouch;
}

/** Channel by channel, in the order in which the campaign comes to them: each time another step, and somebody who differs. */
function choose({ accepted, selection }: Review): Chosen[] {
  const people = new Map(selection.first.slice(0, LOOKED_AT).map((person) => [person.id, person]));
  const channels = new Map<Channel, Map<string, Chosen[]>>();
  for (const touch of accepted.touches) {
    const person = people.get(touch.personId);
    if (!person) continue;
    const steps = channels.get(touch.channel) ?? new Map<string, Chosen[]>();
    channels.set(touch.channel, steps);
    const reached = steps.get(touch.step) ?? [];
    steps.set(touch.step, reached);
    reached.push({ person, touch });
  }
  const chosen: Chosen[] = [];
  for (let round = 0; round < SHOWN; round += 1)
    for (const steps of channels.values()) {
      const all = [...steps.values()];
      const next = chosen.length < SHOWN ? unlike(all[round] ?? all[0] ?? [], chosen) : undefined;
      if (next) chosen.push(next);
    }
  return chosen;
}

/** Who differs most from those chosen before: in how they can be reached, in what they are, or at least another. */
function unlike(all: readonly Chosen[], chosen: readonly Chosen[]): Chosen | undefined {
  const open = all.filter((each) => !chosen.includes(each));
  for (const differs of [byWay, byStanding, byPerson] as const) {
    const found = open.find((each) => !chosen.some((other) => !differs(each.person, other.person)));
    if (found) return found;
  }
  return open[0];
}

const byPerson = (one: Prospect, other: Prospect): boolean => one.id !== other.id;

const byWay = (one: Prospect, other: Prospect): boolean => waysTo(one) !== waysTo(other);

const waysTo = (person: Prospect): string =>
  CHANNELS.filter((channel) => addressFor(channel, person) !== null).join();

const byStanding = (one: Prospect, other: Prospect): boolean =>
  folded(one.title ?? '') !== folded(other.title ?? '');

export const nameOf = (person: Prospect): string =>
  prospectName(person) || person.email || person.linkedin || person.company || 'nameless';
