import type { SuppressionKey } from '../model.ts';
import type { Listing, ListingResult, StoppedCounts } from './people.ts';

/** An entry of a list, with its own reason, source and expiry. */
export interface ListedEntry {
  key: SuppressionKey;
  by: Listing;
}

/** A list goes in chunk by chunk, each chunk one transaction; it stays in whatever happens then. */
export interface BlacklistImports {
  /** With `dryRun` nothing is written, and nobody else is kept from writing. */
  begin(dryRun: boolean): Promise<void>;
  chunk(entries: readonly ListedEntry[]): Promise<Record<ListingResult, number>>;
  /**
   * Stops everybody whom the blacklist matches now: how many people it matches, and whom that stopped. Where nothing
   * was `taken`, nobody is looked for: null.
   */
  finish(taken: boolean, now: number): Promise<{ matched: number | null; stopped: StoppedCounts }>;
}
