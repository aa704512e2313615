import type { Restored } from '../../engine/ports/database.ts';
import type { Connection } from '../connection.ts';
import { carryAnswers } from './answers.ts';
import { columnsOf } from './columns.ts';
import { keepErased } from './erased.ts';
import { takeFingerprintKey } from './fingerprint-key.ts';
import { carryMadeSince, chooseTransferred } from './made-since.ts';
import { unknownTouches } from './unknown.ts';
import { carryVersions } from './versions.ts';

interface Carried
  extends Pick<Restored, 'blacklisted' | 'kept' | 'people' | 'campaigns' | 'unknownPeople' | 'merged'> {
  /** UTC ms of the last touch that found no place. */
  lastUnknownAt: number | null;
  /** People who have been erased since, whose facts were in the backup. */
  erased: number;
}

export const NOTHING_CARRIED: Carried = {
  ...{ blacklisted: 0, kept: 0, people: 0, campaigns: [] },
  ...{ unknownPeople: 0, lastUnknownAt: null, erased: 0, merged: false },
};

interface Circumstances {
  /** Tables of the present one that could not be read to the end. */
  unread: readonly string[];
  now: number;
}

/**
 * What a restored database must not forget, from the one attached as `present`: every no, and every live touch. Of
 * another workspace only the blacklist is taken over: its rows are about other people.
 */
export function carryOver(connection: Connection, { unread, now }: Circumstances): Carried {
  takeFingerprintKey(connection);
  const blacklisted = carryBlacklist(connection);
  const same = connection
    .prepare<[], number>('select m.uuid = p.uuid from main.workspace m, present.workspace p')
    .pluck()
    .get();
  if (same !== 1) return { ...NOTHING_CARRIED, blacklisted };
  if (unread.includes('message')) completeMessages(connection);
  carryVersions(connection);
  chooseTransferred(connection);
  const since = carryMadeSince(connection);
  chooseEnrolments(connection);
  const kept = keptCount(connection);
  replaceEnrolments(connection);
  replaceMessages(connection);
  carryEvents(connection);
  const answered = carryAnswers(connection, now);
  const erased = keepErased(connection, now);
  carryRunLog(connection);
  const { people: unknownPeople, lastAt: lastUnknownAt } = unknownTouches(connection);
  connection.exec('drop table temp.kept; drop table temp.moved; drop table temp.transferred');
  const all = { blacklisted: blacklisted + answered, kept, ...since, unknownPeople, lastUnknownAt };
  return { ...all, erased, merged: true };
}

function carryBlacklist(connection: Connection): number {
  connection.exec(`update main.suppression as m set expires_at = p.expires_at from present.suppression p
    where p.kind = m.kind and p.value = m.value and m.expires_at is not null
      and (p.expires_at is null or p.expires_at > m.expires_at)`);
  return connection.prepare('insert or ignore into main.suppression select * from present.suppression').run()
    .changes;
}

/** What the backup knows of a touch is better than a damaged page. */
const completeMessages = (connection: Connection): void =>
  void connection.exec(`insert or ignore into present.message select * from main.message
    where enrolment_id in (select id from present.enrolment)`);

/**
 * Enrolments that went on: a live touch, anything that happened, an end that the backup does not know, another version
 * of their scenario, or where somebody was moved since. The same person in the same campaign, whatever the number: one
 * may have been given twice since an earlier restore, and who was enrolled since has none here (`id` is null).
 */
function chooseEnrolments(connection: Connection): void {
  connection.exec(`create temp table kept as select p.id as old, m.id as id, p.prospect_id from present.enrolment p
    join present.campaign c on c.id = p.campaign_id
    join main.campaign mc on mc.id = c.id and mc.created_at = c.created_at
    join present.prospect pp on pp.id = p.prospect_id
    join main.prospect mp on mp.id = pp.id and mp.created_at = pp.created_at
    left join main.enrolment m on m.campaign_id = p.campaign_id and m.prospect_id = p.prospect_id
    where c.mode = 'live' and (
      (m.id is not null and c.id in (select campaign_id from temp.moved))
      or (m.id is null and (p.status not in ('active', 'paused') or p.id in (select id from temp.transferred)))
      or (m.status in ('active', 'paused') and m.status <> p.status)
      or exists (select 1 from present.message pm where pm.enrolment_id = p.id
        and (pm.state in ('sending', 'sent', 'uncertain') or (pm.state = 'ready' and pm.idempotency_key is not null))
        and not exists (
          select 1 from main.message mm where mm.enrolment_id = m.id and mm.step = pm.step
            and mm.channel = pm.channel and mm.state = pm.state and mm.idempotency_key is pm.idempotency_key))
      or exists (select 1 from present.event pe where pe.enrolment_id = p.id and pe.type <> 'enrolled' and not exists (
        select 1 from main.event me where me.enrolment_id = m.id and me.type = pe.type and me.at = pe.at))
    ) or (pp.erased_at is not null and mp.erased_at is null)`);
  connection.exec('create unique index temp.kept_old on kept (old)');
}

const keptCount = (connection: Connection): number =>
  connection.prepare<[], number>('select count(*) from temp.kept').pluck().get() ?? 0;

/** Where they stand and what they got go together: both are taken from the present one. */
function replaceEnrolments(connection: Connection): void {
  const columns = columnsOf(connection, 'enrolment', ['id']);
  const set = columns.map((column) => `${column} = p.${column}`).join(', ');
  connection.exec(`update main.enrolment as m set ${set} from present.enrolment p
    join temp.kept k on k.old = p.id where k.id = m.id;
    insert into main.enrolment (id, ${columns.join(', ')})
      select case when exists (select 1 from main.enrolment m where m.id = p.id) then null else p.id end,
        ${columns.map((column) => `p.${column}`).join(', ')}
      from present.enrolment p join temp.kept k on k.old = p.id where k.id is null order by p.id;
    update temp.kept as k set id = (select m.id from main.enrolment m join present.enrolment p
      on p.campaign_id = m.campaign_id and p.prospect_id = m.prospect_id where p.id = k.old) where id is null`);
}

/** A number that is taken here is of another message: it gets a new one. */
function replaceMessages(connection: Connection): void {
  const columns = columnsOf(connection, 'message', ['id', 'enrolment_id']);
  connection.exec(`delete from main.message where enrolment_id in (select id from temp.kept);
    insert into main.message (id, enrolment_id, ${columns.join(', ')})
      select case when exists (select 1 from main.message m where m.id = p.id) then null else p.id end, k.id,
        ${columns.map((column) => `p.${column}`).join(', ')}
      from present.message p join temp.kept k on k.old = p.enrolment_id order by p.id`);
}

function carryEvents(connection: Connection): void {
  const columns = columnsOf(connection, 'event', ['id', 'message_id', 'enrolment_id']);
  // What was taken back since is not brought back by the backup.
  connection.exec(`update main.event as m set type = 'undone', data = p.data from present.event p
    where p.id = m.id and p.type = 'undone' and p.prospect_id = m.prospect_id and p.at = m.at
      and p.data ->> '$.was' = m.type`);
  connection.exec(`insert or ignore into main.event (message_id, enrolment_id, ${columns.join(', ')})
    select (select m.id from main.message m join present.message pm on pm.id = p.message_id
        where m.enrolment_id = k.id and m.step = pm.step and m.channel = pm.channel), k.id,
      ${columns.map((column) => (column === 'data' ? "json_remove(p.data, '$.undo')" : `p.${column}`)).join(', ')}
    from present.event p left join temp.kept k on k.old = p.enrolment_id
    where (k.id is not null
        or (p.enrolment_id is null and exists (select 1 from main.prospect m join present.prospect pp
          on pp.id = m.id and pp.created_at = m.created_at where m.id = p.prospect_id)))
      and not exists (select 1 from main.event m
        where m.prospect_id = p.prospect_id and m.type = p.type and m.at = p.at and m.enrolment_id is k.id)
    order by p.id`);
}

/** Budgets, and what the proof of the ledger judges by. */
const carryRunLog = (connection: Connection): void =>
  void connection.exec(`insert or ignore into main.tick select * from present.tick;
    insert or ignore into main.model_call select * from present.model_call;
    insert or ignore into main.sender_day select * from present.sender_day`);
