import type { PauseResult, PeopleFilter, PeopleStore } from '../engine/ports/people.ts';
import { failure, usageError } from '../errors.ts';
import { type Connection, write } from './connection.ts';
import { findCampaign } from './find-campaign.ts';
import { findProspect, resolveProspects } from './find-prospect.ts';
import { namesOf } from './people/names.ts';
import { pauseOpen, resumePaused } from './people/pause.ts';
import { removePerson } from './people/remove.ts';
import { personCard } from './person-card.ts';

/** @param clock UTC ms: what is stuck is so now, and an entry of the blacklist may have expired */
export function createPeopleStore(connection: Connection, clock: () => number): PeopleStore {
  const query = async (filter: PeopleFilter) => {
    const { PeopleQuery } = await import('./people-query.ts');
    return new PeopleQuery(connection, filter, clock());
  };
  const one = (
    act: typeof pauseOpen,
    prospectId: number,
    campaign: string | null,
    now: number,
  ): PauseResult => {
    const campaignId = campaign === null ? null : findCampaign(connection, campaign).id;
    const selection = { prospectIds: [prospectId], campaignId, among: null, now };
    const result = write(connection, () => act(connection, selection)).get(prospectId);
    return result ?? { changed: [], instead: [] };
  };
  return {
    find: async (reference, country) => findProspect(connection, reference, country),
    async card(prospectId) {
      const card = personCard(connection, prospectId, clock());
      if (!card) throw usageError(`no prospect #${prospectId}`, 'hector prospect list');
      return card;
    },
    async *list(filter, limit, sort = 'id') {
      for (const page of (await query(filter)).pages(limit, sort)) yield* page;
    },
    count: async (filter) => (await query(filter)).count(),
    ids: async (filter) => (await query(filter)).ids(),
    resolve: (references, country) => resolveProspects(connection, references, country),
    customFields: async (filter) => (await query(filter)).customFields(),
    pause: async (prospectId, campaign, now) => one(pauseOpen, prospectId, campaign, now),
    resume: async (prospectId, campaign, now) => one(resumePaused, prospectId, campaign, now),
    remove: async (prospectId) => write(connection, () => remove(connection, prospectId)),
  };
}

function remove(connection: Connection, prospectId: number): { enrolments: number } {
  if (namesOf(connection, [prospectId]).size === 0)
    throw usageError(`no prospect #${prospectId}`, 'hector prospect list');
  const removed = removePerson(connection, prospectId);
  if (removed !== 'contacted') return removed;
  throw failure(
    `#${prospectId} has been contacted and stays in the ledger; gdpr erase takes the facts out of it, the blacklist ends it for good`,
    `hector gdpr erase '#${prospectId}'`,
  );
}
