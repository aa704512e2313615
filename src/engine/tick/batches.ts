import { placeOf } from '../dates/place.ts';
import { groupBy } from '../group.ts';
import type { CampaignMode } from '../model.ts';
import type { Sender, Senders } from '../ports/channels.ts';
import { type Pass, type Ready, senderKey } from './pass.ts';

/** What goes out in one call. */
export interface Batch {
  sender: Sender;
  mode: CampaignMode;
  messages: Ready[];
  key: string | null;
}

/**
 * Messages with a key are repeated together, as they first went out; the others fill batches, those with the same
 * hours in the same place together: a repeat must be within the hours of all of them. And of one sender each: a provider
 * that refuses one address refuses the whole call.
 */
export function batchesOf(messages: readonly Ready[], pass: Pass): Batch[] {
  const first = messages[0];
  if (!first) return [];
  const { mode } = first.snapshot.campaign;
  const sender = senderFor(pass.engine.senders[mode], first);
  if (!sender) return [];
  const repeats = groupBy(
    messages.filter(({ key }) => key !== null),
    ({ key }) => key,
  );
  const fresh = messages.filter(({ key }) => key === null);
  const batches: Batch[] = [...repeats].map(([key, group]) => ({ sender, mode, messages: group, key }));
  const places =
    sender.maxBatch === 1 ? [fresh] : groupBy(fresh, (message) => hoursOf(message, pass)).values();
  for (const group of places)
    for (let index = 0; index < group.length; index += sender.maxBatch)
      batches.push({ sender, mode, messages: group.slice(index, index + sender.maxBatch), key: null });
  return batches;
}

const hoursOf = ({ snapshot: { campaign, prospect } }: Ready, { engine }: Pass): string => {
  const { country } = engine.policies[campaign.mode];
  const { zone, region } = placeOf(prospect, { zone: campaign.timezone, region: country });
  return `${zone} ${region} ${JSON.stringify(campaign.window)} ${senderKey(campaign)}`;
};

const senderFor = (senders: Senders, { channel }: Ready): Sender | null =>
  channel === 'linkedin' ? null : senders[channel];
