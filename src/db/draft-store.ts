import type { DraftStore } from '../engine/ports/ahead.ts';
import { type Connection, write } from './connection.ts';
import { messageWriter } from './tick/apply.ts';

/** As it was planned: no tick has moved it, nobody has answered. */
const AS_PLANNED = `select 1 from enrolment e join campaign c on c.id = e.campaign_id and c.status = 'running'
  where e.id = ? and e.status = 'active' and e.step = ? and e.next_at = ? and e.hold is ?`;

export function createDraftStore(connection: Connection): DraftStore {
  return {
    async storeEarly(drafts, now) {
      const stands = connection.prepare<[number, string, number, string | null]>(AS_PLANNED);
      return write(connection, () => {
        const store = messageWriter(connection, null, now);
        let stored = 0;
        for (const draft of drafts) {
          if (!stands.get(draft.enrolmentId, draft.step, draft.nextAt, draft.hold)) continue;
          for (const message of draft.messages) if (store(draft, message) !== null) stored += 1;
        }
        return stored;
      });
    },
  };
}
