import { prospectName } from '../../engine/model.ts';
import { suppressionKeys } from '../../engine/suppression.ts';
import type { Connection } from '../connection.ts';
import { prospectsById } from '../prospect-rows.ts';
import { findSuppressed } from '../suppression-lookup.ts';
import { type Image, isOpen, type Kept } from './undoable.ts';

/** What ends a person wherever they are: nothing that was taken back may fetch them back after it. */
const NO = "('replied', 'meeting', 'opted_out', 'bounced', 'complained', 'blacklisted')";

/**
 * Why an act is not taken back although its own rows are as it has left them: an answer to somebody who was stopped
 * already, a campaign that has ended, another one that has begun. Null: it may be.
 * @param now UTC ms
 */
export const whyNoReturn = (
  connection: Connection,
  prospectId: number,
  kept: Kept,
  now: number,
): string | null =>
  saidSince(connection, prospectId, kept) ??
  onBlacklist(connection, prospectId, now) ??
  colleagueSince(connection, prospectId, kept) ??
  endedCampaign(connection, kept) ??
  activeElsewhere(connection, prospectId, kept);

function saidSince(connection: Connection, prospectId: number, { events }: Kept): string | null {
  const found = connection
    .prepare<[number, number], string>(
      `select type from event indexed by event_prospect where prospect_id = ? and type in ${NO} and id > ?
       order by id limit 1`,
    )
    .pluck()
    .get(prospectId, Math.max(...events));
  if (found === undefined) return null;
  return found === 'replied' || found === 'meeting'
    ? 'they have answered since'
    : `${found.replace('_', ' ')} since`;
}

/** Who was erased has no facts any more by which to be found. */
function onBlacklist(connection: Connection, prospectId: number, now: number): string | null {
  const people = prospectsById(connection, [prospectId]);
  const keyed = people.map((prospect) => ({ id: prospect.id, keys: suppressionKeys(prospect) }));
  if (findSuppressed(connection, keyed, now).size > 0) return 'they are on the blacklist';
  const erased = connection
    .prepare<[number], number>('select 1 from prospect where id = ? and erased_at is not null')
    .pluck()
    .get(prospectId);
  return erased === undefined ? null : 'their data were erased';
}

/** The enrolments that are over now and would be open again. */
const revived = ({ before, after }: Kept): number[] =>
  before.flatMap((image: Image, index) => {
    const left = after[index];
    return isOpen(image) && left && !isOpen(left) ? [Number(image.enrolment.id)] : [];
  });

function colleagueSince(connection: Connection, prospectId: number, kept: Kept): string | null {
  const [id] = connection
    .prepare<[number, number, string], number>(
      `select other.id from prospect one
         join prospect other on other.company_key = one.company_key and other.id <> one.id
       where one.id = ? and exists (select 1 from event k indexed by event_prospect
           where k.prospect_id = other.id and k.type in ('replied', 'meeting') and k.id > ?)
         and exists (select 1 from json_each(?) open join enrolment e on e.id = open.value
           join campaign c on c.id = e.campaign_id join scenario_version v on v.id = c.scenario_version_id
           where coalesce(v.body ->> '$.scenario.company_stop', 'reply') = 'reply')
       limit 1`,
    )
    .pluck()
    .all(prospectId, Math.max(...kept.events), JSON.stringify(revived(kept)));
  if (id === undefined) return null;
  const [colleague] = prospectsById(connection, [id]);
  return `${(colleague && prospectName(colleague)) || `#${id}`} of the same firm has answered since`;
}

/** What was perhaps sent may be unknown again: that makes nothing go out. */
const wouldGoOn = (image: Image): boolean =>
  isOpen(image) || image.messages.some(({ state }) => state === 'awaiting_operator');

const endedCampaign = (connection: Connection, { before }: Kept): string | null => {
  const name = connection
    .prepare<[string], string>(
      `select c.name from enrolment e join campaign c on c.id = e.campaign_id
       where e.id in (select value from json_each(?)) and c.status = 'completed' limit 1`,
    )
    .pluck()
    .get(JSON.stringify(before.filter(wouldGoOn).map(({ enrolment }) => enrolment.id)));
  return name === undefined ? null : `campaign "${name}" has ended since`;
};

/** Nobody is in two campaigns of one mode, unless they were before. */
const activeElsewhere = (connection: Connection, prospectId: number, kept: Kept): string | null => {
  const name = connection
    .prepare<[string, number, string], string>(
      `select o.name from json_each(?) back join enrolment e on e.id = back.value
         join campaign c on c.id = e.campaign_id
         join campaign o on o.mode = c.mode and o.id <> c.id and o.status in ('running', 'paused')
         join enrolment other on other.campaign_id = o.id and other.prospect_id = ?
           and other.status in ('active', 'paused')
       where other.id not in (select value from json_each(?)) limit 1`,
    )
    .pluck()
    .get(JSON.stringify(revived(kept)), prospectId, JSON.stringify(kept.open));
  return name === undefined ? null : `they are in campaign "${name}" by now`;
};
