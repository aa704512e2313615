import type { Prospect } from '../model.ts';

/** Dominant, Influent, Stable, Consciencieux. */
type Profile = 'D' | 'I' | 'S' | 'C';

/** What somebody's way of deciding may be, from their title and notes: an assumption, to be shown as one. */
export interface DiscProposal {
  profile: Profile;
  /** 0 to 1. */
  confidence: number;
  /** One English line that quotes the words it rests on; they are untrusted. */
  reason: string;
  source: 'rules' | 'claude';
  /** When it was made, UTC ms. */
  at: number;
}

/** Proposals that were paid for, for seven days. `key` changes with title and notes, so that new facts are looked at. */
export interface DiscStore {
  /** `none`: it was looked at, and nothing can be said. Null: not looked at, or longer ago than that. */
  find(prospectId: number, key: string, now: number): Promise<DiscProposal | 'none' | null>;
  save(prospectId: number, key: string, proposal: DiscProposal | null, now: number): Promise<void>;
}

export interface KnownDisc {
  profile: Profile;
  confidence: number;
  reason: string;
  /** `column`: a person has said so; all else is a proposal. */
  source: 'column' | 'rules' | 'claude';
}

export interface DiscProposer {
  /** Null where nothing is known to rest it on. */
  of(prospect: Pick<Prospect, 'id' | 'disc' | 'title' | 'notes'>): Promise<KnownDisc | null>;
}
