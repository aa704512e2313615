import type { Context } from '../../../context.ts';
import type { ForecastTouch } from '../../../engine/forecast/forecast.ts';
import { CHANNELS, type Prospect, prospectName } from '../../../engine/model.ts';
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

/** The first text of three people who differ: in how they can be reached, and in what they are. */
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

function choose({ accepted, selection }: Review): Chosen[] {
  const first = new Map<number, ForecastTouch>();
  for (const touch of accepted.touches) if (!first.has(touch.personId)) first.set(touch.personId, touch);
  const people = selection.first.slice(0, LOOKED_AT).flatMap((person) => {
    const touch = first.get(person.id);
    return touch ? [{ person, touch }] : [];
  });
  const chosen: Chosen[] = [];
  for (const differs of [byWay, byStanding, () => true] as const)
    for (const each of people) {
      if (chosen.length === SHOWN) return chosen;
      if (!chosen.includes(each) && differs(each, chosen)) chosen.push(each);
    }
  return chosen;
}

/** Another channel, or other addresses than those chosen before. */
const byWay = ({ person, touch }: Chosen, before: readonly Chosen[]): boolean =>
  !before.some((other) => other.touch.channel === touch.channel && ways(other.person) === ways(person));

const ways = (person: Prospect): string =>
  CHANNELS.filter((channel) => addressFor(channel, person) !== null).join();

const byStanding = ({ person }: Chosen, before: readonly Chosen[]): boolean =>
  !before.some((other) => folded(other.person.title ?? '') === folded(person.title ?? ''));

export const nameOf = (person: Prospect): string =>
  prospectName(person) || person.email || person.linkedin || person.company || 'nameless';
