import { createHash } from 'node:crypto';
import type { WriteRequest } from '../engine/ports/writer.ts';
import { visibleFacts } from '../engine/texts/template-facts.ts';

/**
 * Names what a text rests on, whoever writes it: the step, the person, what was said before, and who of the house signs
 * it in this campaign. Neither the voice nor the sender of the workspace: a new phone number is no reason to ask for
 * every approval again.
 */
export function factsKey({
  step,
  channel,
  language,
  prospect,
  campaign,
  history,
  exchanges,
}: WriteRequest): string {
  const { id, objective, prompt, length, cta, kind, template } = step;
  const rests = [
    { id, objective, prompt, length, cta, kind, template, channel, language },
    visibleFacts(prospect),
    campaign.objective,
    history.map((touch) => [touch.step, touch.channel, touch.sentAt]),
    exchanges.map((exchange) => [exchange.direction, exchange.channel, exchange.at]),
    // Only where there is one, so that the texts of other campaigns stay what they are.
    ...(campaign.sender ? [[campaign.sender.name, campaign.sender.email]] : []),
  ];
  return createHash('sha256').update(JSON.stringify(rests)).digest('hex').slice(0, 32);
}
