import type { Context } from '../../../context.ts';
import type { ForecastTouch } from '../../../engine/forecast/forecast.ts';
import type { Prospect } from '../../../engine/model.ts';
import { smsParts } from '../../../engine/texts/sms.ts';
import { requestFor } from '../../../engine/tick/message.ts';
import { previewSteps } from '../../scenario/preview/steps.ts';
import type { Review } from './review.ts';

export interface Costs {
  /** Null: no SMS. Segments of the text that a template writes for one of these people, and the price of each in millionths of a US dollar. */
  sms: { touches: number; segments: number; price: number; assumed: boolean } | null;
  /** Millionths of a US dollar for all texts; null: Claude is not asked. */
  claude: number | null;
}

/** What a segment to a French mobile costs, US dollars, where nobody says: no provider is asked for its price. */
const SMS_SEGMENT = 0.08;

/** What one text of each step costs, times how many there will be. Nobody is asked, and nothing is paid. */
export async function costsOf(context: Context, review: Review): Promise<Costs> {
  const { touches } = review.accepted;
  const byText = new Map<string, { touch: ForecastTouch; count: number }>();
  for (const touch of touches) {
    const key = `${touch.step} ${touch.channel}`;
    const known = byText.get(key);
    if (known) known.count += 1;
    else byText.set(key, { touch, count: 1 });
  }
  const texts = [...byText.values()];
  return { sms: await smsOf(context, review, texts), claude: await claudeOf(context, review, texts) };
}

type Texts = readonly { touch: ForecastTouch; count: number }[];

const personOf = ({ selection }: Review, { personId }: ForecastTouch): Prospect | undefined =>
  selection.first.find(({ id }) => id === personId);

async function smsOf(context: Context, review: Review, texts: Texts): Promise<Costs['sms']> {
  const { price } = (await context.config()).sms;
  const total = {
    touches: 0,
    segments: 0,
    price: Math.round((price ?? SMS_SEGMENT) * 1e6),
    assumed: price === null,
  };
  const [rules, writer] = [await context.previewRules(), await context.previewer('template')];
  const { loaded, campaign } = review;
  for (const { touch, count } of texts.filter((each) => each.touch.channel === 'sms')) {
    const prospect = personOf(review, touch);
    if (!prospect) continue;
    const [shown] = await previewSteps({
      ...{ loaded, prospect, rules, writer, templates: writer, only: touch.step, now: touch.at },
      ...{ language: campaign.language, exchanges: [], channel: 'sms', campaign: { ...campaign, id: null } },
    });
    total.touches += count;
    total.segments += count * (shown?.text ? smsParts(shown.text).segments : 1);
  }
  return total.touches === 0 ? null : total;
}

async function claudeOf(context: Context, review: Review, texts: Texts): Promise<number | null> {
  const ahead = await context.textsAhead({ dryRun: true });
  if (!ahead) return null;
  const { settings } = await context.previewRules();
  const { campaign, loaded } = review;
  let total = 0;
  for (const { touch, count } of texts) {
    const prospect = personOf(review, touch);
    const step = loaded.scenario.steps.find(({ id }) => id === touch.step);
    if (!prospect || !step) continue;
    const request = requestFor(
      { prospect, campaign: { ...campaign, id: null }, version: loaded, history: [] },
      { step, channel: touch.channel, exchanges: [] },
      settings,
    );
    const known = await ahead.known(request, { batch: false });
    if (known.as === 'wanted') total += known.estimate * count;
  }
  return total;
}
