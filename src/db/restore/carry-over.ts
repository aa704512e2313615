import type { Restored } from '../../engine/ports/database.ts';
import type { Connection } from '../connection.ts';
import { keepErased } from './erased.ts';

interface Carried extends Pick<Restored, 'blacklisted' | 'kept' | 'unknownPeople' | 'merged'> {
  /** People who have been erased since, whose facts were in the backup. */
  erased: number;
}

export const NOTHING_CARRIED: Carried = {
  ...{ blacklisted: 0, kept: 0, unknownPeople: 0, erased: 0 },
  merged: false,
};

/**
 * What a restored database must not forget, from the one attached as `present`: every no, and every live touch. Of
 * another workspace only the blacklist is taken over: its rows are about other people.
 */
export function carryOver(connection: Connection): Carried {
  const blacklisted = carryBlacklist(connection);
  const same = connection
    .prepare<[], number>('select m.uuid = p.uuid from main.workspace m, present.workspace p')
    .pluck()
    .get();
  if (same !== 1) return { ...NOTHING_CARRIED, blacklisted };
  chooseEnrolments(connection);
  const kept = replaceEnrolments(connection);
  carryEvents(connection);
  const erased = keepErased(connection);
  carryRunLog(connection);
  const unknownPeople = countUnknown(connection);
  connection.exec('drop table temp.kept');
  return { blacklisted, kept, unknownPeople, erased, merged: true };
}

function carryBlacklist(connection: Connection): number {
  connection.exec(`update main.suppression as m set expires_at = p.expires_at from present.suppression p
    where p.kind = m.kind and p.value = m.value and m.expires_at is not null
      and (p.expires_at is null or p.expires_at > m.expires_at)`);
  return connection.prepare('insert or ignore into main.suppression select * from present.suppression').run()
    .changes;
}

/** The same row in both: a number alone may have been given twice since an earlier restore. */
const SAME = 'm.id = p.id and m.created_at = p.created_at';

/** Enrolments that went on: a live touch, anything that happened, or an end that the backup does not know. */
function chooseEnrolments(connection: Connection): void {
  connection.exec(`create temp table kept as select p.id, p.prospect_id from present.enrolment p
    join main.enrolment m on ${SAME} and m.campaign_id = p.campaign_id and m.prospect_id = p.prospect_id
    join present.campaign c on c.id = p.campaign_id
    join main.prospect mp on mp.id = m.prospect_id
    join present.prospect pp on pp.id = mp.id and pp.created_at = mp.created_at
    where c.mode = 'live' and (
      (p.status not in ('active', 'paused') and m.status in ('active', 'paused'))
      or exists (select 1 from present.message pm where pm.enrolment_id = p.id
        and pm.state in ('sending', 'sent', 'uncertain') and not exists (
          select 1 from main.message mm where mm.enrolment_id = pm.enrolment_id and mm.step = pm.step
            and mm.channel = pm.channel and mm.state = pm.state))
      or exists (select 1 from present.event pe where pe.enrolment_id = p.id and not exists (
        select 1 from main.event me where me.enrolment_id = pe.enrolment_id and me.type = pe.type and me.at = pe.at))
    ) or pp.erased_at is not null`);
}

/** Where they stand and what they got go together: both are taken from the present one. */
function replaceEnrolments(connection: Connection): number {
  const set = columnsOf(connection, 'enrolment', ['id'])
    .map((column) => `${column} = p.${column}`)
    .join(', ');
  const { changes } = connection
    .prepare(`update main.enrolment as m set ${set} from present.enrolment p
      where p.id = m.id and m.id in (select id from temp.kept)`)
    .run();
  connection.exec('delete from main.message where enrolment_id in (select id from temp.kept)');
  const columns = columnsOf(connection, 'message', ['id']).join(', ');
  // A number that is taken here is of another message: it gets a new one.
  connection.exec(`insert into main.message (id, ${columns})
    select case when exists (select 1 from main.message m where m.id = p.id) then null else p.id end, ${columns}
    from present.message p where p.enrolment_id in (select id from temp.kept) order by p.id`);
  return changes;
}

function carryEvents(connection: Connection): void {
  const columns = columnsOf(connection, 'event', ['id', 'message_id']).join(', ');
  connection.exec(`insert or ignore into main.event (message_id, ${columns})
    select (select m.id from main.message m join present.message pm on pm.id = p.message_id
        where m.enrolment_id = pm.enrolment_id and m.step = pm.step and m.channel = pm.channel), ${columns}
    from present.event p
    where (p.enrolment_id in (select id from temp.kept)
        or (p.enrolment_id is null and exists (select 1 from main.prospect m join present.prospect pp
          on pp.id = m.id and pp.created_at = m.created_at where m.id = p.prospect_id)))
      and not exists (select 1 from main.event m
        where m.prospect_id = p.prospect_id and m.type = p.type and m.at = p.at and m.enrolment_id is p.enrolment_id)
    order by p.id`);
}

/** Budgets, and what the proof of the ledger judges by. */
const carryRunLog = (connection: Connection): void =>
  void connection.exec(`insert or ignore into main.tick select * from present.tick;
    insert or ignore into main.model_call select * from present.model_call;
    insert or ignore into main.sender_day select * from present.sender_day`);

/** People, or their places in a campaign, that came after the backup. */
const countUnknown = (connection: Connection): number =>
  connection
    .prepare<[], number>(
      `select count(distinct x.prospect_id) from present.message x join present.prospect p on p.id = x.prospect_id
       where x.mode = 'live' and x.state in ('sending', 'sent', 'uncertain') and not exists (
         select 1 from main.message m join main.prospect mp on mp.id = m.prospect_id and mp.created_at = p.created_at
         where m.prospect_id = x.prospect_id and m.enrolment_id = x.enrolment_id and m.step = x.step
           and m.channel = x.channel and m.state = x.state)`,
    )
    .pluck()
    .get() ?? 0;

/** Only a person lets a live campaign go on: they can see what was taken over, and what could not be. */
export function pauseLive(connection: Connection, latestAt: number | null, now: number): string[] {
  const of = latestAt === null ? 'without any event' : `of ${new Date(latestAt).toISOString()}`;
  return connection
    .prepare<[number, string], string>(
      `update main.campaign set status = 'paused', paused_at = ?, pause_reason = ?
       where status = 'running' and mode = 'live' returning name`,
    )
    .pluck()
    .all(now, `the database was restored from a backup ${of}: see what was sent since`);
}

const columnsOf = (connection: Connection, table: string, without: readonly string[]): string[] =>
  connection
    .prepare<[string], string>('select name from pragma_table_info(?)')
    .pluck()
    .all(table)
    .filter((name) => !without.includes(name));
