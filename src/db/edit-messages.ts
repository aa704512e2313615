import { type CampaignEdit, type EditEffect, withEdit } from '../engine/ports/campaign-edits.ts';
import { senderColumn } from './campaign-store.ts';
import type { Connection } from './connection.ts';
import { campaignById } from './find-campaign.ts';
import { openMessages } from './open-messages.ts';
import { NEVER_LEFT } from './unsent-texts.ts';

export const stepsThat = ({ steps }: Pick<EditEffect, 'steps'>, change: 'removed' | 'changed'): string[] =>
  steps.filter((each) => each.change === change).map(({ step }) => step.id);

/** A call that may have reached a provider is left to settle. */
const NOT_SENT = `${openMessages('message')} and (state in ('draft', 'awaiting_approval', 'awaiting_operator')
  or (state = 'ready' and idempotency_key is null))
  and campaign_id = :campaign and step in (select value from json_each(:steps))`;

/** What a step says: any other change of it changes dates only. */
const SAID = ['objective', 'prompt', 'length', 'cta', 'kind', 'channel', 'template', 'variants', 'text'];

/**
 * Written for what is said no more; or never seen, as it stands, by the person who is to approve it from now on. What a
 * person has written stays, unless it would go out in another name than theirs.
 */
export const OUTDATED = `${openMessages('message')} and campaign_id = :campaign
  and (:resigned = 1 or (facts_key is not null and step in (select value from json_each(:said)))
    or (:asked = 1 and state = 'ready' and source <> 'operator' and not exists (select 1 from event
      where event.campaign_id = :campaign and event.type = 'approved' and event.enrolment_id = message.enrolment_id
        and event.message_id = message.id and event.at >= message.created_at)))`;

export function outdated(
  connection: Connection,
  campaign: number,
  edit: CampaignEdit,
  { steps }: Pick<EditEffect, 'steps'>,
): { campaign: number; said: string; asked: number; resigned: number } {
  const before = campaignById(connection, campaign);
  const { approval, sender } = withEdit(before, edit);
  const said = steps.filter(({ what }) => what.some((each) => SAID.includes(each)));
  return {
    campaign,
    said: JSON.stringify(said.map(({ step }) => step.id)),
    asked: Number(approval !== 'off' && approval !== before.approval),
    resigned: Number(senderColumn({ sender }) !== senderColumn(before)),
  };
}

export function messageCounts(
  connection: Connection,
  campaign: number,
  edit: CampaignEdit,
  effect: Pick<EditEffect, 'steps'>,
): Pick<EditEffect, 'cancelled' | 'writtenAnew' | 'keptTexts'> {
  const anew = outdated(connection, campaign, edit, effect);
  const count = (where: string, change: 'removed' | 'changed'): number =>
    connection
      .prepare<[Record<string, string | number>], number>(`select count(*) from message where ${where}`)
      .pluck()
      .get({ ...anew, steps: JSON.stringify(stepsThat(effect, change)) }) ?? 0;
  const isOutdated = `(${OUTDATED}) and ${NEVER_LEFT}`;
  return {
    cancelled: count(NOT_SENT, 'removed'),
    writtenAnew: count(`${isOutdated} and step not in (select value from json_each(:steps))`, 'removed'),
    keptTexts: count(`${NOT_SENT} and not (${isOutdated})`, 'changed'),
  };
}

export function cancelMessages(connection: Connection, campaign: number, removed: readonly string[]): void {
  connection
    .prepare<[{ campaign: number; steps: string }]>(
      `update message set state = 'cancelled', error = 'the step was taken out of the scenario' where ${NOT_SENT}`,
    )
    .run({ campaign, steps: JSON.stringify(removed) });
}
