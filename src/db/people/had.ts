import type { CampaignMode } from '../../engine/model.ts';
import type { Had } from '../../engine/move.ts';
import type { Scenario } from '../../engine/scenario/scenario.ts';
import type { Connection } from '../connection.ts';
import { SCENARIO } from '../scenario-of.ts';

/** Message `m` has gone out, or may have. */
export const REACHED =
  "(m.state in ('sent', 'sending', 'uncertain') or (m.state = 'ready' and m.idempotency_key is not null))";

/**
 * The last step of this scenario that each of these people has had, in whatever campaign and version: what they have
 * had they do not get again.
 */
export function hadOf(
  connection: Connection,
  scenario: Scenario,
  mode: CampaignMode,
  prospectIds: readonly number[],
): Map<number, Had> {
  const rows = connection
    .prepare<[string, string, string], { id: number; step: string; at: number }>(
      `select m.prospect_id as id, m.step, max(coalesce(m.sent_at, m.claimed_at, m.created_at)) as at
       from message m
       where m.prospect_id in (select value from json_each(?)) and ${SCENARIO} = ? and m.mode = ? and ${REACHED}
       group by 1, 2`,
    )
    .all(JSON.stringify(prospectIds), scenario.slug, mode);
  const had = new Map<number, Had>();
  for (const { id, step, at } of rows) {
    const index = scenario.steps.findIndex((each) => each.id === step);
    const known = had.get(id) ?? { index: -1, at, renamed: false };
    const later = index > known.index || (index < 0 && known.index < 0 && at > known.at);
    had.set(id, {
      ...(later ? { index, at } : { index: known.index, at: known.at }),
      renamed: known.renamed || index < 0,
    });
  }
  return had;
}
