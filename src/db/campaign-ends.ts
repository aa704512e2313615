import { inHandsRefusal } from '../engine/in-hands.ts';
import { OPEN_MESSAGE_STATES } from '../engine/model.ts';
import type { CampaignEnds, Completion, Deletion } from '../engine/ports/campaign-ends.ts';
import type { Owner } from '../engine/ports/ticks.ts';
import { shellWord } from '../engine/shell-word.ts';
import { failure } from '../errors.ts';
import { dropVersion } from './campaign-store.ts';
import { type Connection, write } from './connection.ts';
import { campaignById } from './find-campaign.ts';
import { endLaunch, isLaunchedElsewhere, UNFINISHED } from './launch.ts';
import { IN_HANDS } from './people/in-hands.ts';
import { stopSomeEnrolments } from './stop.ts';
import { dropLease, takeLease } from './tick/lease.ts';

export function createCampaignEnds(connection: Connection, owner: Owner): CampaignEnds {
  return {
    completion: async (id) => completionOf(connection, id),
    complete: async (id, now) => write(connection, () => complete(connection, id, now)),
    discard: async (id) => write(connection, () => discard(connection, id, owner)),
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

const UNCERTAIN = `(select count(*) from message
  where enrolment_id in (select id from enrolment where campaign_id = ?) and state = 'uncertain') as uncertain`;

function completionOf(connection: Connection, id: number): Completion {
  const counts = connection
    .prepare<[number, number, number], Completion>(
      `select (select count(*) from enrolment where campaign_id = ? and status in ('active', 'paused')) as enrolments,
         (select count(*) from message where enrolment_id in (select id from enrolment where campaign_id = ?)
            and state in (${OPEN_STATES})) as messages,
         ${UNCERTAIN}`,
    )
    .get(id, id, id);
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
  endLaunch(connection, id);
  const uncertain = connection.prepare<[number], number>(`select ${UNCERTAIN}`).pluck().get(id) ?? 0;
  return { enrolments, messages, uncertain };
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
            where enrolment_id in (select id from enrolment where campaign_id = @id) and ${CONTACTED}) as contacted,
         (select count(*) from message m
            where m.enrolment_id in (select id from enrolment where campaign_id = @id) and ${IN_HANDS}) as inHands`,
    )
    .get({ id });
  if (!counts) throw new Error(`no campaign ${id}`);
  return counts;
}

function discard(connection: Connection, id: number, owner: Owner): boolean {
  const name = connection.prepare<[number], string>('select name from campaign where id = ?').pluck().get(id);
  if (name === undefined) return true;
  if (isLaunchedElsewhere(connection, id, owner))
    throw failure(
      `another process is launching "${name}": wait until it is through`,
      `hector campaign show ${shellWord(name)}`,
    );
  return isUntouched(connection, id) && remove(connection, id) !== null;
}

/** Nothing has come of it yet: it was made paused, and no tick has planned anything for its people. */
const isUntouched = (connection: Connection, id: number): boolean =>
  connection
    .prepare<[number], number>(
      `select 1 from campaign where id = ? and ${UNFINISHED}
         and not exists (select 1 from message where enrolment_id in (select id from enrolment where campaign_id = campaign.id))`,
    )
    .get(id) !== undefined;

/** What a person has done is about the person, in whatever campaign. */
const THEIRS = ['replied', 'meeting', 'opted_out', 'bounced', 'complained', 'blacklisted'];
/** So is what was seen of them on LinkedIn, and that a person has stopped them; of a rehearsal both were made up. */
const SEEN = ['connected', 'not_found'];
const STOPPED = "(type = 'stopped' and data ->> '$.reason' = 'removed')";

/** Without its campaign, an event stands for itself: which profile was not found stood in the message. */
const KEEP = `update event set campaign_id = null, enrolment_id = null, message_id = null,
    data = iif(type = 'not_found', json_set(coalesce(data, '{}'), '$.profile',
      (select envelope ->> '$.profile' from message where id = message_id)), data)
  where campaign_id = @id and (type in (select value from json_each(@theirs))
    or ((type in (select value from json_each(@seen)) or ${STOPPED}) and (select mode from campaign where id = @id) = 'live'))`;

function remove(connection: Connection, id: number): Deletion {
  const deletion = deletionOf(connection, id);
  const campaign = campaignById(connection, id);
  if (deletion.contacted > 0)
    throw failure(
      `"${campaign.name}" has touched people for real meanwhile: end it instead`,
      `hector campaign complete ${shellWord(campaign.name)}`,
    );
  if (deletion.inHands > 0) throw failure(...inHandsRefusal(campaign, deletion.inHands));
  const run = (sql: string, ...parameters: (string | number)[]) =>
    connection.prepare<(string | number)[]>(sql).run(...parameters);
  // An act on a message that is gone cannot be taken back, and its number may be another's some day.
  run(
    "update event set data = json_remove(data, '$.undo') where campaign_id = ? and data ->> '$.undo' is not null",
    id,
  );
  connection
    .prepare<[Record<string, string | number>]>(KEEP)
    .run({ id, theirs: JSON.stringify(THEIRS), seen: JSON.stringify(SEEN) });
  run('delete from event where campaign_id = ?', id);
  run('delete from message where enrolment_id in (select id from enrolment where campaign_id = ?)', id);
  run('delete from enrolment where campaign_id = ?', id);
  const version = connection
    .prepare<[number], number>('delete from campaign where id = ? returning scenario_version_id')
    .pluck()
    .get(id);
  dropVersion(connection, version ?? null);
  endLaunch(connection, id);
  return deletion;
}
