import { OPEN_MESSAGE_STATES } from '../engine/model.ts';
import type { CampaignEnds, Completion, Deletion } from '../engine/ports/campaign-ends.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { failure } from '../errors.ts';
import { dropVersion } from './campaign-store.ts';
import { type Connection, write } from './connection.ts';
import { stopSomeEnrolments } from './stop.ts';
import { dropLease, takeLease } from './tick/lease.ts';

export function createCampaignEnds(connection: Connection, owner: Owner): CampaignEnds {
  return {
    completion: async (id) => completionOf(connection, id),
    complete: async (id, now) => write(connection, () => complete(connection, id, now)),
    deletion: async (id) => deletionOf(connection, id),
    async remove(id) {
      // A tick at work holds texts of it.
      if (!takeLease(connection, owner))
        throw failure('a tick is at work; delete the campaign when it is done', 'hector status');
      try {
        return write(connection, () => remove(connection, id));
      } finally {
        dropLease(connection, owner);
      }
    },
  };
}

const OPEN_STATES = OPEN_MESSAGE_STATES.map((state) => `'${state}'`).join(', ');

/** Open ones, and ended ones of which a text could still go out. */
const OPEN = `select e.id from enrolment e where e.campaign_id = ? and (e.status in ('active', 'paused')
  or exists (select 1 from message m where m.enrolment_id = e.id and m.state in (${OPEN_STATES})))`;

function completionOf(connection: Connection, id: number): Completion {
  const counts = connection
    .prepare<[number, number], Completion>(
      `select (select count(*) from enrolment where campaign_id = ? and status in ('active', 'paused')) as enrolments,
         (select count(*) from message where enrolment_id in (select id from enrolment where campaign_id = ?)
            and state in (${OPEN_STATES})) as messages`,
    )
    .get(id, id);
  if (!counts) throw new Error(`no campaign ${id}`);
  return counts;
}

function complete(connection: Connection, id: number, now: number): Completion {
  const enrolmentIds = connection.prepare<[number], number>(OPEN).pluck().all(id);
  const { enrolments, messages } = stopSomeEnrolments(connection, {
    enrolmentIds,
    status: 'stopped',
    reason: 'campaign_ended',
    now,
  });
  connection
    .prepare<[number]>(
      "update campaign set status = 'completed', paused_at = null, pause_reason = null where id = ?",
    )
    .run(id);
  return { enrolments, messages };
}

/** It has, or may have, reached somebody. */
const CONTACTED = `mode = 'live' and (state in ('sent', 'sending', 'uncertain')
  or (state = 'ready' and idempotency_key is not null))`;

function deletionOf(connection: Connection, id: number): Deletion {
  const counts = connection
    .prepare<[Record<'id', number>], Deletion>(
      `select (select count(*) from enrolment where campaign_id = @id) as people,
         (select count(*) from message where enrolment_id in (select id from enrolment where campaign_id = @id)) as messages,
         (select count(distinct prospect_id) from message
            where enrolment_id in (select id from enrolment where campaign_id = @id) and ${CONTACTED}) as contacted`,
    )
    .get({ id });
  if (!counts) throw new Error(`no campaign ${id}`);
  return counts;
}

/** What a person has done is about the person, in whatever campaign; an acceptance in a rehearsal was made up. */
const THEIRS = ['replied', 'meeting', 'opted_out', 'bounced', 'complained', 'blacklisted'];

function remove(connection: Connection, id: number): Deletion {
  const deletion = deletionOf(connection, id);
  if (deletion.contacted > 0)
    throw failure('it has touched people for real meanwhile: end it instead', 'hector campaign complete');
  const run = (sql: string, ...parameters: (string | number)[]) =>
    connection.prepare<(string | number)[]>(sql).run(...parameters);
  run(
    `update event set campaign_id = null, enrolment_id = null, message_id = null
     where campaign_id = ? and type in (select value from json_each(?))`,
    id,
    JSON.stringify(THEIRS),
  );
  run('delete from event where campaign_id = ?', id);
  run('delete from message where enrolment_id in (select id from enrolment where campaign_id = ?)', id);
  run('delete from enrolment where campaign_id = ?', id);
  const version = connection
    .prepare<[number], number>('delete from campaign where id = ? returning scenario_version_id')
    .pluck()
    .get(id);
  dropVersion(connection, version ?? null);
  return deletion;
}
