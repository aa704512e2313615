import type { PauseResult, StandingFilter } from '../../engine/ports/people.ts';
import type { PeopleChanges, PeopleProblem, PersonOutcome } from '../../engine/ports/people-changes.ts';
import { type Connection, write } from '../connection.ts';
import { editProspect, editProspects } from './edit.ts';
import { namesOf } from './names.ts';
import { pauseOpen, resumePaused, type Selection } from './pause.ts';
import { removePerson } from './remove.ts';

export function createPeopleChanges(connection: Connection): PeopleChanges {
  const change = async (
    act: (connection: Connection, selection: Selection) => Map<number, PauseResult>,
    problem: PeopleProblem,
    { prospectIds, where, now }: { prospectIds: readonly number[]; where: StandingFilter; now: number },
  ): Promise<PersonOutcome[]> => {
    const { standingAs, standingLookups } = await import('./standing.ts');
    const lookups = standingLookups(connection, where, now);
    return write(connection, () => {
      const among = standingAs(connection, prospectIds, where, lookups);
      const results = act(connection, { prospectIds, campaignId: lookups.campaignId, among, now });
      return outcomes(connection, prospectIds, (id) => {
        const { changed = [], instead = [] } = results.get(id) ?? {};
        return changed.length > 0 ? { problem: null, enrolments: changed } : { problem, enrolments: instead };
      });
    });
  };
  return {
    names: async (ids) => [...namesOf(connection, ids)].map(([id, name]) => ({ id, name })),
    pause: (prospectIds, where, now) => change(pauseOpen, 'not_active', { prospectIds, where, now }),
    resume: (prospectIds, where, now) => change(resumePaused, 'not_paused', { prospectIds, where, now }),
    remove: async (ids) =>
      write(connection, () =>
        outcomes(connection, ids, (id) => ({
          problem: removePerson(connection, id) === 'contacted' ? 'contacted' : null,
          enrolments: [],
        })),
      ),
    editAll: async (ids, values, now) =>
      write(connection, () => {
        const known = [...namesOf(connection, ids).keys()];
        const problems = editProspects(connection, known, values, now);
        return outcomes(connection, ids, (id) => ({ problem: problems.get(id) ?? null, enrolments: [] }));
      }),
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
