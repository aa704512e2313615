import type { PauseResult, PeopleFilter, PeopleStore } from '../engine/ports/people.ts';
import { failure, usageError } from '../errors.ts';
import { findCampaign } from './campaign-store.ts';
import { type Connection, write } from './connection.ts';
import { enrolmentViews } from './enrolment-views.ts';
import { findProspect } from './find-prospect.ts';
import { forgetAnswers } from './forget-answers.ts';
import { personCard } from './person-card.ts';
import { prospectsById } from './prospect-rows.ts';

export function createPeopleStore(connection: Connection): PeopleStore {
  const query = async (filter: PeopleFilter) => {
    const { PeopleQuery } = await import('./people-query.ts');
    return new PeopleQuery(connection, filter);
  };
  return {
    find: async (reference, country) => findProspect(connection, reference, country),
    async card(prospectId) {
      const card = personCard(connection, prospectId);
      if (!card) throw usageError(`no prospect #${prospectId}`, 'hector prospect list');
      return card;
    },
    async *list(filter, limit) {
      for (const page of (await query(filter)).pages(limit)) yield* page;
    },
    count: async (filter) => (await query(filter)).count(),
    customFields: async (filter) => (await query(filter)).customFields(),
    pause: async (prospectId, campaign, now) => pause(connection, { prospectId, campaign, now }),
    resume: async (prospectId, campaign, now) => resume(connection, { prospectId, campaign, now }),
    remove: async (prospectId) => write(connection, () => remove(connection, prospectId)),
  };
}

interface Selection {
  prospectId: number;
  campaign: string | null;
  now: number;
}

/** Step, dates and hold stay as they are: resume goes on from them. */
const PAUSE = "update enrolment set status = 'paused' where id = :id and status = 'active'";
const RESUME = `update enrolment set status = 'active', next_at = max(coalesce(next_at, :now), :now)
  where id = :id and status = 'paused'`;

const pause = (connection: Connection, selection: Selection): PauseResult =>
  change(connection, selection, { from: 'active', sql: PAUSE, event: 'paused' });

/** Due at once: the planner holds it again where a person is awaited, and expires what came too late. */
const resume = (connection: Connection, selection: Selection): PauseResult =>
  change(connection, selection, { from: 'paused', sql: RESUME, event: 'resumed' });

function change(
  connection: Connection,
  { prospectId, campaign, now }: Selection,
  { from, sql, event }: { from: string; sql: string; event: 'paused' | 'resumed' },
): PauseResult {
  const campaignId = campaign === null ? null : findCampaign(connection, campaign).id;
  const views = () => enrolmentViews(connection, [prospectId], campaignId).get(prospectId) ?? [];
  return write(connection, () => {
    const before = views();
    const chosen = new Set(before.filter(({ status }) => status === from).map(({ id }) => id));
    if (chosen.size === 0) return { changed: [], instead: before };
    const update = connection.prepare<[{ id: number; now: number }]>(sql);
    const record = connection.prepare<[string, number, number]>(
      `insert into event (type, at, prospect_id, campaign_id, enrolment_id)
       select ?, ?, prospect_id, campaign_id, id from enrolment where id = ?`,
    );
    for (const id of chosen) {
      update.run({ id, now });
      record.run(event, now, id);
    }
    return { changed: views().filter(({ id }) => chosen.has(id)), instead: [] };
  });
}

/** It has, or may have, reached the person. A rehearsal never does, but one in flight is still being written. */
const CONTACTED =
  "(state = 'sending' or (state = 'ready' and idempotency_key is not null) or (state in ('sent', 'uncertain') and mode = 'live'))";

function remove(connection: Connection, prospectId: number): { enrolments: number } {
  if (prospectsById(connection, [prospectId]).length === 0)
    throw usageError(`no prospect #${prospectId}`, 'hector prospect list');
  const contacted = connection
    .prepare<[number], { count: number }>(
      `select count(*) as count from message where prospect_id = ? and ${CONTACTED}`,
    )
    .get(prospectId)?.count;
  if (contacted)
    throw failure(
      `#${prospectId} has been contacted and stays in the ledger; prospect pause holds them, the blacklist ends it for good`,
      `hector blacklist add '#${prospectId}'`,
    );
  const clear = (table: string, column: string) =>
    connection.prepare<[number]>(`delete from ${table} where ${column} = ?`).run(prospectId).changes;
  clear('event', 'prospect_id');
  clear('message', 'prospect_id');
  const enrolments = clear('enrolment', 'prospect_id');
  // What an import overwrote is about this person too; there is nobody left to restore.
  clear('import_change', 'prospect_id');
  forgetAnswers(connection, ':prospectId', { prospectId });
  clear('prospect', 'id');
  return { enrolments };
}
