import type { SuppressionKey } from '../model.ts';
import type { Listing, ListingResult, StoppedCounts } from './people.ts';

/** An entry of a list, with its own reason, source and expiry. */
export interface ListedEntry {
  key: SuppressionKey;
  by: Listing;
}

/** A list goes in chunk by chunk, each chunk one transaction; it stays in whatever happens then. */
export interface BlacklistImports {
  /** With `dryRun` everything happens in one transaction that `finish` rolls back. */
  begin(dryRun: boolean): Promise<void>;
  chunk(entries: readonly ListedEntry[]): Promise<Record<ListingResult, number>>;
  /** Stops everybody whom the blacklist matches now: how many people it matches, and whom that stopped. */
  finish(now: number): Promise<{ matched: number; stopped: StoppedCounts }>;
}
