import type { LookedAgain, Looking, Withheld } from '../../engine/ports/linkedin-session.ts';
import type { Offer, Task } from '../../engine/ports/tasks.ts';
import type { Owner } from '../../engine/ports/ticks.ts';
import { type Connection, write } from '../connection.ts';
import { isKeptByAnother, type LeaseRow } from '../tick/lease.ts';
import { offeredTasks } from './offered.ts';

/** The next task of nobody whom another session shows, whose person is this session's from now on. */
export const reserveNext = (
  connection: Connection,
  offer: Offer,
  { owner, now, except }: Looking & { except: readonly number[] },
): Task | 'none' | 'elsewhere' =>
  write(connection, () => {
    releasePeople(connection, owner);
    const others = shownByOthers(connection, owner);
    const first = (people: readonly number[]): Task | undefined =>
      offeredTasks(connection, offer, { limit: 1, except, people, now })[0];
    const task = first(others);
    if (!task) return others.length > 0 && first([]) ? 'elsewhere' : 'none';
    reserve(connection, task.prospect.id, owner);
    return task;
  });

/** This task by the rules of now: whether it may be used still. Its person stays this session's. */
export const lookAgain = (
  connection: Connection,
  messageId: number,
  offer: Offer,
  { owner, now }: Looking,
): LookedAgain =>
  write(connection, () => {
    const [task] = offeredTasks(connection, offer, { limit: 1, only: messageId, now });
    if (!task) return { withheld: whyWithheld(connection, messageId) };
    const isOurs = holdPerson(connection, task.prospect.id, owner);
    return isOurs ? { task } : { withheld: { why: 'elsewhere', detail: null } };
  });

/** False: another session shows them. */
export const holdPerson = (connection: Connection, prospectId: number, owner: Owner): boolean =>
  write(connection, () => {
    if (shownByOthers(connection, owner).includes(prospectId)) return false;
    releasePeople(connection, owner);
    reserve(connection, prospectId, owner);
    return true;
  });

/** A session shows one person at a time: all of its reservations are of cards that it has left. */
export const releasePeople = (connection: Connection, { host, pid }: Owner): void => {
  connection
    .prepare<[string, number]>("delete from lease where name like 'card:%' and host = ? and pid = ?")
    .run(host, pid);
};

/** What this session still shows is shown by no other one. */
export const renewPeople = (connection: Connection, { host, pid }: Owner): void => {
  connection
    .prepare<[number, string, number]>(
      "update lease set heartbeat_at = ? where name like 'card:%' and host = ? and pid = ?",
    )
    .run(Date.now(), host, pid);
};

/** Real time, as of every lease. */
const reserve = (connection: Connection, prospectId: number, { host, pid }: Owner): void => {
  connection
    .prepare<[string, string, number, number]>(
      'insert or replace into lease (name, host, pid, heartbeat_at) values (?, ?, ?, ?)',
    )
    .run(`card:${prospectId}`, host, pid, Date.now());
};

const shownByOthers = (connection: Connection, owner: Owner): number[] =>
  connection
    .prepare<[], LeaseRow & { name: string }>(
      "select name, host, pid, heartbeat_at from lease where name like 'card:%'",
    )
    .all()
    .filter((held) => isKeptByAnother(held, owner))
    .map(({ name }) => Number(name.slice('card:'.length)));

interface Standing {
  state: string;
  status: string;
  reason: string | null;
  campaign: string;
}

function whyWithheld(connection: Connection, messageId: number): Withheld {
  const found = connection
    .prepare<[number], Standing>(
      `select m.state, e.status, e.reason, c.status as campaign from message m
         join enrolment e on e.id = m.enrolment_id join campaign c on c.id = m.campaign_id
       where m.id = ?`,
    )
    .get(messageId);
  if (!found) return { why: 'settled', detail: null };
  const { state, status, reason, campaign } = found;
  if (state === 'sent') return { why: 'settled', detail: state };
  if (status === 'replied' || status === 'meeting') return { why: 'answered', detail: null };
  if (status === 'stopped') return { why: 'stopped', detail: reason };
  if (state !== 'awaiting_operator' && state !== 'uncertain') return { why: 'settled', detail: state };
  if (campaign !== 'running')
    return { why: campaign === 'paused' ? 'campaign_paused' : 'campaign_ended', detail: null };
  return { why: status === 'paused' ? 'paused' : 'not_now', detail: null };
}
