import type {
  Approval,
  CampaignMode,
  CampaignStatus,
  Language,
  Prospect,
  ProspectFacts,
} from '../engine/model.ts';
import type { Campaign } from '../engine/plan/snapshot.ts';

/** Rows as SQLite returns them, and what the engine calls them. */

export interface ProspectRow extends ProspectFacts {
  id: number;
  custom: string | null;
  company_key: string | null;
}

export function prospectOf(row: ProspectRow): Prospect {
  const { custom, company_key, ...facts } = row;
  return { ...facts, custom: custom ? JSON.parse(custom) : {}, companyKey: company_key };
}

export interface CampaignRow {
  id: number;
  name: string;
  status: CampaignStatus;
  mode: CampaignMode;
  objective: string | null;
  language: Language;
  timezone: string;
  days: string;
  hours_from: number;
  hours_to: number;
  days_off: string;
  start_at: number;
  scenario_version_id: number;
  channels: string | null;
  approval: Approval;
  voice: string | null;
  caps: string | null;
  sender: string | null;
}

export const CAMPAIGN_COLUMNS =
  'id, name, status, mode, objective, language, timezone, days, hours_from, hours_to, days_off, start_at, scenario_version_id, channels, approval, voice, caps, sender';

export const campaignOf = (row: CampaignRow): Campaign => ({
  id: row.id,
  name: row.name,
  status: row.status,
  mode: row.mode,
  objective: row.objective,
  language: row.language,
  timezone: row.timezone,
  window: {
    days: JSON.parse(row.days),
    from: row.hours_from,
    to: row.hours_to,
    daysOff: JSON.parse(row.days_off),
  },
  startAt: row.start_at,
  scenarioVersionId: row.scenario_version_id,
  channels: row.channels === null ? [] : JSON.parse(row.channels),
  approval: row.approval,
  voice: row.voice,
  caps: row.caps === null ? {} : JSON.parse(row.caps),
  sender: row.sender === null ? null : JSON.parse(row.sender),
});
