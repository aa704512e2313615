import type { CampaignDraft, CampaignDraftStore } from '../engine/ports/campaign-drafts.ts';
import { shellWord } from '../engine/shell-word.ts';
import { usageError } from '../errors.ts';
import { refuseTakenName } from './campaign-store.ts';
import { type Connection, write } from './connection.ts';
import { sameName } from './find-campaign.ts';

interface DraftRow {
  id: number;
  answers: string;
  created_at: number;
  updated_at: number;
}

export function createCampaignDraftStore(connection: Connection): CampaignDraftStore {
  const list = (): CampaignDraft[] =>
    connection
      .prepare<[], DraftRow>(
        'select id, answers, created_at, updated_at from campaign_draft order by updated_at desc, id desc',
      )
      .all()
      .map((row) => ({
        id: row.id,
        answers: JSON.parse(row.answers),
        createdAt: row.created_at,
        updatedAt: row.updated_at,
      }));
  return {
    list: async () => list(),
    find: async (name) => list().find(({ answers }) => sameName(answers.name, name)) ?? null,
    save: async (id, answers, now) =>
      write(connection, () => {
        const drafts = list();
        const known = drafts.find((draft) => draft.id === id);
        // What a launch that was cut off has left by its name is in nobody's way.
        if (!known || !sameName(known.answers.name, answers.name))
          refuseTakenName(connection, answers.name, null);
        const other = drafts.find((draft) => draft.id !== id && sameName(draft.answers.name, answers.name));
        if (other) throw taken(other.answers.name);
        return save(connection, id, answers, now);
      }),
    async remove(id) {
      write(connection, () =>
        connection.prepare<[number]>('delete from campaign_draft where id = ?').run(id),
      );
    },
  };
}

const taken = (name: string) =>
  usageError(`a draft "${name}" exists already`, `hector campaign create --resume ${shellWord(name)}`);

/** A draft that was launched or deleted meanwhile is made again: its answers are still being given. */
function save(
  connection: Connection,
  id: number | null,
  answers: CampaignDraft['answers'],
  now: number,
): number {
  const stored = connection
    .prepare<[Record<string, string | number | null>], number>(
      `insert into campaign_draft (id, name, answers, created_at, updated_at) values (@id, @name, @answers, @now, @now)
       on conflict (id) do update set name = excluded.name, answers = excluded.answers, updated_at = excluded.updated_at
       returning id`,
    )
    .pluck()
    .get({ id, name: answers.name, answers: JSON.stringify(answers), now });
  if (stored === undefined) throw new Error('insert returned no row');
  return stored;
}
