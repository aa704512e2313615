import type { CampaignMode, Prospect } from '../model.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { LeftOut, TakenToo } from './campaigns.ts';
import type { NormalisedRow } from './imports.ts';

/** People who are looked at before a campaign exists. Nothing is written. */
export interface RosterStore {
  /** In the order of the numbers given. */
  people(ids: readonly number[]): Promise<Prospect[]>;
  /**
   * Whom an import of these rows would leave in the base, each once: people who are known, completed; others under
   * numbers below zero.
   * @param roster what earlier rows have left, which they are added to: a person of two lists is one
   * @returns how many rows are of people whose data were erased, and are not taken
   */
  afterImport(rows: readonly NormalisedRow[], roster: Roster): Promise<number>;
  /** Why each of them would be left out of a campaign, or null; at most some thousands at once. */
  leftOut(
    people: readonly Prospect[],
    campaign: { mode: CampaignMode; scenario: Scenario; too: TakenToo },
  ): Promise<Map<number, LeftOut | null>>;
  /** Another number than before where another program has written to the base since. */
  changes(): Promise<number>;
  /** Those of them who are connected on LinkedIn already. */
  connected(ids: readonly number[]): Promise<Set<number>>;
}

/** People by number, and the numbers by what tells them apart: `email:…`, `linkedin:…`, `phone:…`. */
export interface Roster {
  people: Map<number, Prospect>;
  byKey: Map<string, number>;
}

export const emptyRoster = (): Roster => ({ people: new Map(), byKey: new Map() });
