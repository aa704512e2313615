import type { DiscProposal, DiscStore } from '../engine/ports/disc.ts';
import { type Connection, write } from './connection.ts';
import { NOT_ERASED } from './forget-answers.ts';

/** A person's title is not looked at again every day. */
const LIFETIME_MS = 7 * 86_400_000;

export function createDiscStore(connection: Connection): DiscStore {
  return {
    async find(prospectId, key, now) {
      const row = connection
        .prepare<[number, string, number], { proposal: string | null }>(
          'select proposal from disc_proposal where prospect_id = ? and key = ? and created_at > ?',
        )
        .get(prospectId, key, now - LIFETIME_MS);
      if (!row) return null;
      return row.proposal === null ? 'none' : proposalOf(row.proposal);
    },
    async save(prospectId, key, proposal, now) {
      write(connection, () =>
        connection
          .prepare<[number, string, string | null, number, number]>(
            `insert into disc_proposal (prospect_id, key, proposal, created_at) select ?, ?, ?, ?
             where ${NOT_ERASED}
             on conflict (prospect_id) do update set
               key = excluded.key, proposal = excluded.proposal, created_at = excluded.created_at`,
          )
          .run(prospectId, key, proposal === null ? null : JSON.stringify(proposal), now, prospectId),
      );
    },
  };
}

const proposalOf = (json: string): DiscProposal => JSON.parse(json);
