import { DISC_PROFILES, type DiscProfile } from '../voice/voice.ts';
import { knownProfile } from './profile.ts';
import { FORMERLY, NAMED, NOTES, SOMEBODY_ELSE, TAKEN_BACK, TITLES } from './words.ts';

export interface Proposed {
  profile: DiscProfile;
  /** 0 to 1; what a trade says is at most 0.55, what somebody noted at most 0.8. */
  confidence: number;
  reason: string;
}

/** What may be looked at: never a name, a civility or anything else a gender could be read from. */
export interface DiscFacts {
  title: string | null;
  notes: string | null;
}

/** Longer notes are somebody's file, not a remark about them; characters. */
const MOST_NOTES = 4000;

/**
 * A profile from the words of title and notes, with the words it rests on; null where they say nothing, or say two
 * things. French and English.
 */
export function proposeByRules({ title, notes }: DiscFacts): Proposed | null {
  const ofTitle = clearest(inTitle(title ?? ''));
  const text = (notes ?? '').normalize('NFC').slice(0, MOST_NOTES);
  const named = NAMED.exec(text);
  const profile = named && !isTakenBack(text, named.index) ? knownProfile(named[1] ?? '') : null;
  if (named && profile) return { profile, confidence: 0.8, reason: `the notes say ${quoted([named[0]])}` };
  const ofNotes = clearest(found(NOTES, text));
  if (ofNotes === 'mixed') return null;
  if (ofNotes) return fromNotes(ofNotes, ofTitle);
  return ofTitle && ofTitle !== 'mixed' ? fromTitle(ofTitle) : null;
}

interface Evidence {
  profile: DiscProfile;
  words: readonly string[];
}

function fromTitle({ profile, words }: Evidence): Proposed {
  const confidence = words.length > 1 ? 0.55 : 0.45;
  return { profile, confidence, reason: `the title says ${quoted(words)}` };
}

/** What was seen of a person weighs more than their trade; where both agree it is a little surer. */
function fromNotes({ profile, words }: Evidence, title: Evidence | 'mixed' | null): Proposed {
  const base = words.length > 1 ? 0.7 : 0.6;
  const said = `the notes say ${quoted(words)}`;
  if (title === null || title === 'mixed') return { profile, confidence: base, reason: said };
  return title.profile === profile
    ? { profile, confidence: base + 0.05, reason: `${said}, the title ${quoted(title.words)}` }
    : { profile, confidence: base - 0.1, reason: `${said}, though the title says ${quoted(title.words)}` };
}

function inTitle(title: string): Evidence[] {
  const own = title.normalize('NFC').slice(0, 300).replace(FORMERLY, '').replace(SOMEBODY_ELSE, '$1');
  return found(TITLES, own);
}

function found(patterns: Readonly<Record<DiscProfile, RegExp>>, text: string): Evidence[] {
  return DISC_PROFILES.flatMap((profile) => {
    const hits = [...text.matchAll(patterns[profile])].filter(({ index }) => !isTakenBack(text, index));
    const words = [...new Map(hits.map(([word]) => [word.trim().toLowerCase(), word.trim()])).values()];
    return words.length > 0 ? [{ profile, words }] : [];
  });
}

const isTakenBack = (text: string, index: number): boolean =>
  TAKEN_BACK.test(text.slice(Math.max(0, index - 40), index));

/** The one with the most words; `mixed` when two have as many, for then the text says nothing. */
function clearest(evidence: readonly Evidence[]): Evidence | 'mixed' | null {
  const [first, second] = evidence.toSorted((a, b) => b.words.length - a.words.length);
  if (!first) return null;
  return second && second.words.length === first.words.length ? 'mixed' : first;
}

const quoted = (words: readonly string[]): string =>
  words
    .slice(0, 3)
    .map((word) => `"${word.slice(0, 60)}"`)
    .join(', ');
