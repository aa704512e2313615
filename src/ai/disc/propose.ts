import { createHash } from 'node:crypto';
import type { DiscProposal, DiscProposer, DiscStore, KnownDisc } from '../../engine/ports/disc.ts';
import type { ClaudeRequest } from '../claude/request.ts';
import { discRequest, readDisc } from './ask.ts';
import { knownProfile } from './profile.ts';
import { type DiscFacts, proposeByRules } from './rules.ts';

interface DiscParts {
  /** Null: nothing is kept from one run to the next. */
  store: DiscStore | null;
  /** The text of the answer; null when there is none (no budget, no network, refused). Null itself: nobody is asked. */
  ask: ((request: ClaudeRequest, prospectId: number) => Promise<string | null>) | null;
  /** Whether what somebody noted may be looked at; else the title alone. */
  notes: boolean;
  /** UTC ms. */
  clock(): number;
}

type Said = Omit<DiscProposal, 'at'>;

/** Notes that Claude may not read when it writes are not read by it for a profile either. */
export const mayReadNotes = ({
  disc,
  notes,
}: {
  disc: 'off' | 'rules' | 'claude';
  notes: boolean;
}): boolean => disc !== 'claude' || notes;

/**
 * The column of the list, else what was proposed in the last seven days, else Claude, else the rules. What Claude did
 * answer is kept; the rules give the same each time, and nothing is kept of a call that failed, so it is tried again.
 */
export function createDisc({ store, ask, notes: readNotes, clock }: DiscParts): DiscProposer {
  const pending = new Map<string, Promise<KnownDisc | null>>();

  const propose = async (id: number, facts: DiscFacts, key: string): Promise<KnownDisc | null> => {
    const kept = (await store?.find(id, key, clock())) ?? null;
    if (kept !== null) return kept === 'none' ? null : known(kept);
    const answer = (await ask?.(discRequest(facts), id)) ?? null;
    if (answer === null) return byRules(facts);
    const read = readDisc(answer, facts);
    const said: Said | null =
      read.status === 'proposed' ? { ...read.proposal, source: 'claude' } : ifRefused(read.status, facts);
    await store?.save(id, key, said && { ...said, at: clock() }, clock());
    return said;
  };

  return {
    of: async ({ id, disc, title, ...prospect }) => {
      const notes = readNotes ? prospect.notes : null;
      const profile = knownProfile(disc);
      if (profile) return { profile, confidence: 1, reason: 'the list says so', source: 'column' };
      if (!title?.trim() && !notes?.trim()) return null;
      const key = keyOf({ title, notes });
      const shared = `${id} ${key}`;
      const under = pending.get(shared) ?? propose(id, { title, notes }, key);
      pending.set(shared, under);
      try {
        return await under;
      } finally {
        pending.delete(shared);
      }
    },
  };
}

function byRules(facts: DiscFacts): Said | null {
  const proposed = proposeByRules(facts);
  return proposed && { ...proposed, source: 'rules' };
}

/** An answer that says nothing stands; one that was made up does not. */
const ifRefused = (status: 'none' | 'refused', facts: DiscFacts): Said | null =>
  status === 'none' ? null : byRules(facts);

const known = ({ profile, confidence, reason, source }: DiscProposal): KnownDisc => ({
  profile,
  confidence,
  reason,
  source,
});

const keyOf = ({ title, notes }: DiscFacts): string =>
  createHash('sha256')
    .update(JSON.stringify([title, notes]))
    .digest('hex');
