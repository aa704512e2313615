import type { Campaign } from '../engine/plan/snapshot.ts';
import { shellWord } from '../engine/shell-word.ts';
import { didYouMean } from '../engine/suggest.ts';
import { usageError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow, campaignOf } from './rows.ts';

export function findCampaign(connection: Connection, name: string): Campaign {
  const rows = connection.prepare<[], CampaignRow>(`select ${CAMPAIGN_COLUMNS} from campaign`).all();
  const row = rows.find((each) => each.name === name) ?? rows.find((each) => sameName(each.name, name));
  if (row) return campaignOf(row);
  refuseDraft(connection, name);
  const meant = didYouMean(
    name,
    rows.map((each) => each.name),
  );
  throw usageError(
    `no campaign "${name}"${meant}`,
    rows.length ? 'hector campaign list' : 'hector campaign create --help',
  );
}

function refuseDraft(connection: Connection, name: string): void {
  const drafts = connection.prepare<[], string>('select name from campaign_draft').pluck().all();
  const draft = drafts.find((each) => sameName(each, name));
  if (draft !== undefined)
    throw usageError(
      `"${draft}" is a draft, and no campaign yet`,
      `hector campaign create --resume ${shellWord(draft)}`,
    );
}

/** @throws UserError where it was deleted meanwhile */
export function campaignById(connection: Connection, id: number): Campaign {
  const row = connection
    .prepare<[number], CampaignRow>(`select ${CAMPAIGN_COLUMNS} from campaign where id = ?`)
    .get(id);
  if (!row) throw usageError('the campaign is gone', 'hector campaign list');
  return campaignOf(row);
}

export const sameName = (one: string, other: string): boolean =>
  one.localeCompare(other, 'fr', { sensitivity: 'base' }) === 0;
