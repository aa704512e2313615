import type { Campaign } from '../engine/plan/snapshot.ts';
import { didYouMean } from '../engine/suggest.ts';
import { usageError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { CAMPAIGN_COLUMNS, type CampaignRow, campaignOf } from './rows.ts';

export function findCampaign(connection: Connection, name: string): Campaign {
  const rows = connection.prepare<[], CampaignRow>(`select ${CAMPAIGN_COLUMNS} from campaign`).all();
  const row = rows.find((each) => each.name === name) ?? rows.find((each) => sameName(each.name, name));
  if (row) return campaignOf(row);
  const meant = didYouMean(
    name,
    rows.map((each) => each.name),
  );
  throw usageError(
    `no campaign "${name}"${meant}`,
    rows.length ? 'hector campaign list' : 'hector campaign create --help',
  );
}

export const sameName = (one: string, other: string): boolean =>
  one.localeCompare(other, 'fr', { sensitivity: 'base' }) === 0;
