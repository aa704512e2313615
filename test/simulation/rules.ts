import { Temporal } from 'temporal-polyfill';
import { publicHolidays } from '../../src/engine/dates/holidays.ts';
import { type Place, placeOf } from '../../src/engine/dates/place.ts';
import { groupBy } from '../../src/engine/group.ts';
import type { ProspectFacts } from '../../src/engine/model.ts';
import type { Contact, Ledger } from './ledger.ts';
import type { Delivery } from './provider.ts';
import type { World } from './world.ts';

const isHoliday = publicHolidays();

/** Everything that must hold after each tick, whatever happened in it and before. */
export function broken(world: World, ledger: Ledger, ended: boolean): string[] {
  const deliveries = [...world.providers.email.deliveries, ...world.providers.sms.deliveries];
  // What once went out together is repeated together, whenever the first of them may go.
  const own = ledger.contacts.filter(({ messageId }) => !ledger.repeatedTogether.has(messageId));
  return [
    ...ledger.wrong,
    ...twice(deliveries.map(({ messageId }) => messageId)),
    ...own.flatMap((contact) => twoOnOneDay(world, ledger, contact)),
    ...ledger.contacts.flatMap((contact) => outsideHours(world, contact)),
    ...unreadTasks(world, ledger),
    ...overCaps(world, ledger),
    ...overOwnCaps(world, ledger),
    ...untrue(world, ledger, deliveries),
    ...(ended ? [...withoutReason(world), ...leftOpen(world)] : []),
  ];
}

/** `unique(enrolment, step, channel)` makes one message of each touch. */
const twice = (messageIds: readonly number[]): string[] =>
  messageIds
    .filter((id, index) => messageIds.indexOf(id) !== index)
    .map((id) => `message ${id} was delivered twice`);

interface Setting {
  days: string;
  from: number;
  to: number;
  timezone: string;
}

/** Where the person is, by the facts and the campaign; the zone decides on days and hours. */
function settingOf({ connection }: World, contact: Contact): Setting & { place: Place } {
  const row = connection
    .prepare<[number, number], Setting & ProspectFacts & { zone: string | null }>(
      `select c.days, c.hours_from as "from", c.hours_to as "to", p.*, p.timezone as zone, c.timezone
       from campaign c, prospect p where c.id = ? and p.id = ?`,
    )
    .get(contact.campaignId, contact.prospectId);
  if (!row) throw new Error(`no campaign ${contact.campaignId}`);
  const { timezone, zone } = row;
  return { ...row, place: placeOf({ ...row, timezone: zone }, { zone: timezone, region: 'FR' }) };
}

const localTime = (at: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** A program's touch on a day that has seen another one; what goes out beside a step belongs to it. */
function twoOnOneDay(world: World, { contacts, settledByPerson }: Ledger, contact: Contact): string[] {
  if (contact.channel === 'linkedin') return [];
  const { zone } = settingOf(world, contact).place;
  const day = (at: number) => localTime(at, zone).toPlainDate().toString();
  const other = contacts
    .slice(0, contacts.indexOf(contact))
    .find(
      (earlier) =>
        earlier.prospectId === contact.prospectId &&
        !(earlier.enrolmentId === contact.enrolmentId && earlier.step === contact.step) &&
        !settledByPerson.has(earlier.messageId) &&
        day(earlier.at) === day(contact.at),
    );
  return other ? [`messages ${other.messageId} and ${contact.messageId} on one day`] : [];
}

/** What is in a person's hands has been read by the one who approves. */
const unreadTasks = ({ connection }: World, ledger: Ledger): string[] =>
  connection
    .prepare<[], number>("select id from message where channel = 'linkedin' and state = 'awaiting_operator'")
    .pluck()
    .all()
    .filter((id) => ledger.unread(id))
    .map((id) => `message ${id} was handed over unread`);

const parisDate = (at: number) => localTime(at, 'Europe/Paris').toPlainDate();

/** A repeat counts for the day of its first call, and what a person says was not sent does not count. */
const counting = ({ settledByPerson, repeated }: Ledger, deliveries: readonly Delivery[]): Delivery[] =>
  deliveries.filter(({ messageId }) => !repeated.has(messageId) && !settledByPerson.has(messageId));

/** Each address has the caps for itself. */
function overCaps({ caps, providers }: World, ledger: Ledger): string[] {
  if (!caps) return [];
  return Object.entries(providers).flatMap(([channel, { deliveries }]) =>
    [...groupBy(counting(ledger, deliveries), ({ from }) => from)].flatMap(([from, sent]) => {
      const dates = sent.map(({ at }) => parisDate(at));
      return dates.flatMap((last) => {
        const sentBefore = (days: number) =>
          dates.filter((each) => {
            const ago = each.until(last).days;
            return ago >= 0 && ago < days;
          }).length;
        return [
          ...(sentBefore(1) > caps.day ? [`${sentBefore(1)} ${channel} of ${from} on ${last}`] : []),
          ...(sentBefore(7) > caps.week
            ? [`${sentBefore(7)} ${channel} of ${from} in the week to ${last}`]
            : []),
        ];
      });
    }),
  );
}

/** What a campaign has for itself is never exceeded on a day, whoever sends. */
function overOwnCaps({ own, providers }: World, ledger: Ledger): string[] {
  return (['email', 'sms'] as const).flatMap((channel) => {
    const days = groupBy(
      counting(ledger, providers[channel].deliveries),
      ({ messageId, at }) => `${ledger.facts(messageId).campaignId} ${parisDate(at)}`,
    );
    return [...days].flatMap(([day, sent]) => {
      const cap = own.get(Number(day.split(' ')[0]))?.[channel] ?? Number.POSITIVE_INFINITY;
      return sent.length > cap ? [`${sent.length} ${channel} of campaign ${day}, cap ${cap}`] : [];
    });
  });
}

/** Commercial SMS in France: Monday to Saturday, 08:30 to 20:00, no public holidays. */
const SMS_LAW = { days: [1, 2, 3, 4, 5, 6], from: 510, to: 1200 };

function outsideHours(world: World, contact: Contact): string[] {
  if (contact.channel === 'linkedin') return [];
  const { place, days, from, to } = settingOf(world, contact);
  const { dayOfWeek, hour, minute, ...rest } = fields(localTime(contact.at, place.zone));
  const minutes = hour * 60 + minute;
  const within = (hours: { days: readonly number[]; from: number; to: number }) =>
    hours.days.includes(dayOfWeek) && minutes >= hours.from && minutes < hours.to;
  const open =
    within({ days: JSON.parse(days), from, to }) &&
    !isHoliday(rest.date, place.region) &&
    (contact.channel !== 'sms' || within(SMS_LAW));
  return open ? [] : [`message ${contact.messageId} on ${rest.date} at ${hour}:${minute} in ${place.zone}`];
}

const fields = (time: Temporal.ZonedDateTime) => ({
  dayOfWeek: time.dayOfWeek,
  hour: time.hour,
  minute: time.minute,
  date: time.toPlainDate().toString(),
});

interface MessageRow {
  id: number;
  state: string;
  idempotency_key: string | null;
  channel: string;
}

/** What a program has sent is in the ledger, and what it says to have sent has gone out. */
function untrue(
  { connection }: World,
  ledger: Ledger,
  deliveries: readonly { messageId: number }[],
): string[] {
  const delivered = new Set(deliveries.map(({ messageId }) => messageId));
  const rows = connection
    .prepare<[], MessageRow>(
      "select id, state, idempotency_key, channel from message where channel <> 'linkedin'",
    )
    .all()
    .filter(({ id }) => !ledger.settledByPerson.has(id));
  return rows.flatMap(({ id, state, idempotency_key }) => {
    if (state === 'sent' && !delivered.has(id)) return [`message ${id} is sent and never arrived`];
    const open = ['sent', 'sending', 'uncertain', 'cancelled'].includes(state) || idempotency_key !== null;
    return delivered.has(id) && !open ? [`message ${id} arrived and is ${state}`] : [];
  });
}

/** Each enrolment has a next date, a person who has a task of it, or an end. */
function withoutReason({ connection }: World): string[] {
  return connection
    .prepare<[], { id: number; hold: string | null }>(
      `select id, hold from enrolment e where status = 'active' and next_at is null and not exists (
         select 1 from message m where m.enrolment_id = e.id and m.step = e.step
           and ((e.hold = 'operator' and m.state = 'awaiting_operator')
             or (e.hold = 'approval' and m.state = 'awaiting_approval') or (e.hold = 'uncertain' and m.state in ('uncertain', 'sending'))))`,
    )
    .all()
    .map(({ id, hold }) => `enrolment ${id} has no date and no task (hold: ${hold})`);
}

/** No text of somebody who has ended can still go out; what a person was asked to do beside a last step may be done. */
function leftOpen({ connection }: World): string[] {
  return connection
    .prepare<[], { id: number; state: string; status: string }>(
      `select m.id, m.state, e.status from message m join enrolment e on e.id = m.enrolment_id
       where e.status not in ('active', 'paused') and (m.state in ('draft', 'ready', 'awaiting_approval')
         or (m.state = 'awaiting_operator' and e.status <> 'completed'))`,
    )
    .all()
    .map(({ id, state, status }) => `message ${id} is ${state}, its enrolment ${status}`);
}
