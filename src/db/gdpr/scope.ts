import { OPEN_MESSAGE_STATES, prospectName } from '../../engine/model.ts';
import type { ErasureScope } from '../../engine/ports/gdpr.ts';
import { ownAddresses } from '../../engine/suppression.ts';
import type { Connection } from '../connection.ts';
import { prospectsById } from '../prospect-rows.ts';
import { findEntries } from '../suppression-entries.ts';

const OPEN = OPEN_MESSAGE_STATES.map((state) => `'${state}'`).join(', ');

/** In a provider's hands: what became of it must be known before its text and address are gone. */
export const UNSETTLED = `(state = 'sending' or (state in (${OPEN}) and idempotency_key is not null))`;

/** What erasing these people would touch; who is in no base any more is left out. */
export function scopeOf(connection: Connection, prospectIds: readonly number[]): ErasureScope[] {
  const count = (sql: string, id: number): number =>
    connection.prepare<[number], number>(`select count(*) from ${sql}`).pluck().get(id) ?? 0;
  return prospectsById(connection, prospectIds).map((prospect) => {
    const { id } = prospect;
    const unsettled = count(`message where prospect_id = ? and ${UNSETTLED}`, id);
    return {
      prospectId: id,
      name: prospectName(prospect) || prospect.email || '',
      company: prospect.company,
      openEnrolments: count("enrolment where prospect_id = ? and status in ('active', 'paused')", id),
      messages: count('message where prospect_id = ?', id),
      events: count('event where prospect_id = ?', id),
      entries: findEntries(connection, ownAddresses(prospect)).length,
      messageIds: connection
        .prepare<[number], number>('select id from message where prospect_id = ?')
        .pluck()
        .all(id),
      obstacle: unsettled > 0 ? 'a message to them is being sent, and is not settled yet' : null,
    };
  });
}
