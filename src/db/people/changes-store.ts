import type { PauseResult } from '../../engine/ports/people.ts';
import type { PeopleChanges, PeopleProblem, PersonOutcome } from '../../engine/ports/people-changes.ts';
import { type Connection, write } from '../connection.ts';
import { findCampaign } from '../find-campaign.ts';
import { editProspect } from './edit.ts';
import { namesOf } from './names.ts';
import { pauseOpen, resumePaused, type Selection } from './pause.ts';
import { removePerson } from './remove.ts';

export function createPeopleChanges(connection: Connection): PeopleChanges {
  const change = (
    act: (connection: Connection, selection: Selection) => Map<number, PauseResult>,
    problem: PeopleProblem,
    selection: Omit<Selection, 'campaignId'> & { campaign: string | null },
  ): PersonOutcome[] => {
    const { campaign, ...rest } = selection;
    const campaignId = campaign === null ? null : findCampaign(connection, campaign).id;
    return write(connection, () => {
      const results = act(connection, { ...rest, campaignId });
      return outcomes(connection, rest.prospectIds, (id) => {
        const { changed = [], instead = [] } = results.get(id) ?? {};
        return changed.length > 0 ? { problem: null, enrolments: changed } : { problem, enrolments: instead };
      });
    });
  };
  return {
    names: async (ids) => [...namesOf(connection, ids)].map(([id, name]) => ({ id, name })),
    pause: async (prospectIds, campaign, now) =>
      change(pauseOpen, 'not_active', { prospectIds, campaign, now }),
    resume: async (prospectIds, campaign, now) =>
      change(resumePaused, 'not_paused', { prospectIds, campaign, now }),
    remove: async (ids) =>
      write(connection, () =>
        outcomes(connection, ids, (id) => ({
          problem: removePerson(connection, id) === 'contacted' ? 'contacted' : null,
          enrolments: [],
        })),
      ),
    editAll: async (ids, values, now) =>
      write(connection, () =>
        outcomes(connection, ids, (id) => {
          editProspect(connection, id, values, now);
          return { problem: null, enrolments: [] };
        }),
      ),
    edit: async (id, values, now) => write(connection, () => editProspect(connection, id, values, now)),
  };
}

/** In the order of the ids; a number that is nobody's is a problem of its own. */
function outcomes(
  connection: Connection,
  ids: readonly number[],
  outcome: (id: number) => Pick<PersonOutcome, 'problem' | 'enrolments'>,
): PersonOutcome[] {
  const names = namesOf(connection, ids);
  return ids.map((id) => {
    const name = names.get(id);
    return name === undefined
      ? { id, name: '', problem: 'nobody', enrolments: [] }
      : { id, name, ...outcome(id) };
  });
}
