import type { Connection } from './connection.ts';

/** In the place of a person who is gone, where their row must stay. */
export const NOBODY = 0;

/** For the storing of an answer: its person's data were not erased while it was asked for. One parameter, their id. */
export const NOT_ERASED = 'not exists (select 1 from prospect where id = ? and erased_at is not null)';

/**
 * What was asked of Claude about people who are removed, and what it said of them. A question that is under way will
 * still be paid for: it stays, about nobody, and its answer is not kept. Inside write(), with the removal itself.
 * @param people their ids, in SQL that fits into `in (...)`
 */
export function forgetAnswers(
  connection: Connection,
  people: string,
  parameters: Record<string, number> = {},
): void {
  for (const statement of [
    `delete from text_cache where prospect_id in (${people})`,
    `delete from disc_proposal where prospect_id in (${people})`,
    `delete from text_batch_request where result <> 'submitted' and prospect_id in (${people})`,
    `update text_batch_request set prospect_id = ${NOBODY} where prospect_id in (${people})`,
  ])
    connection.prepare<[Record<string, number>]>(statement).run(parameters);
}
