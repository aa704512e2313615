import type { Fact } from '../../engine/texts/facts.ts';
import { splitContacts } from './contacts.ts';
import type { GuardInput } from './input.ts';
import { figureKey, figuresIn } from './numbers.ts';
import { plainText, wordsByLine } from './reading.ts';

/** What a text may speak of: facts, voice, sender, step and what was said before. */
export interface Known {
  /** Do these words, as Reading.folded has them, stand together in something known? */
  says(folded: string): boolean;
  word(folded: string): boolean;
  figure(key: string): boolean;
  /** Of person and firm alone. */
  ofReader(key: string): boolean;
  /** Is this said in what the operator wrote: voice, step, remark? By folded words. */
  trusts(pattern: RegExp): boolean;
  /** A word in capitals that is written so in something known. */
  capitals(word: string): boolean;
}

interface Lexicon {
  folded: string;
  words: ReadonlySet<string>;
  figures: ReadonlySet<string>;
  capitals: ReadonlySet<string>;
}

const ofVoices = new WeakMap<object, Lexicon>();

function lexiconOf(voice: GuardInput['voice']): Lexicon {
  const found = ofVoices.get(voice) ?? remembered(textsOfVoice(voice));
  ofVoices.set(voice, found);
  return found;
}

/** The same voice, sender and step stand behind thousands of texts. */
const lasting = new Map<string, Lexicon>();
const LASTING = 300;

export function knownOf(input: GuardInput): Known {
  const { voice, step, sender, remark } = input;
  const reader = lexicon(textsOfPerson(input), input.facts);
  const trusted = [
    lexiconOf(voice),
    remembered([step.objective, step.prompt, step.cta ?? '']),
    ...(remark ? [lexicon([remark])] : []),
  ];
  const all = [reader, ...trusted, remembered(Object.values(sender).map((value) => value ?? ''))];
  return {
    says: (folded) => all.some((each) => each.folded.includes(folded)),
    word: (folded) => all.some((each) => each.words.has(folded)),
    ofReader: (key) => reader.figures.has(key),
    trusts: (pattern) => trusted.some(({ folded }) => pattern.test(folded)),
    figure: (key) => all.some((each) => each.figures.has(key)),
    capitals: (word) => all.some((each) => each.capitals.has(word)),
  };
}

function remembered(texts: readonly string[]): Lexicon {
  const key = texts.join('\n');
  const found = lasting.get(key) ?? lexicon(texts);
  if (lasting.size >= LASTING) lasting.clear();
  lasting.set(key, found);
  return found;
}

/** Characters of an earlier message that are looked at. */
const LONGEST = 1_500;

/** What facts say of us stands in voice and sender. */
const textsOfPerson = ({ facts, prospect, exchanges }: GuardInput): string[] => [
  ...facts.flatMap(({ value, about }) => (about === 'house' || about === 'sender' ? [] : [value])),
  ...Object.values(prospect).map((value) => value ?? ''),
  ...exchanges.flatMap(({ subject, body }) => [subject ?? '', body.slice(0, LONGEST)]),
];

const textsOfVoice = ({ whoWeAre, offers, proofs, words }: GuardInput['voice']): string[] => [
  whoWeAre,
  ...offers.flatMap(({ name, what, forWhom }) => [name, what, forWhom ?? '']),
  ...proofs.flatMap(({ claim, source }) => [claim, source]),
  ...words.use,
];

function lexicon(texts: readonly string[], facts: readonly Fact[] = []): Lexicon {
  const whole = texts.join('\n');
  const plain = plainText(whole);
  const folded = wordsByLine(plain);
  // The pairs of a phone number are no figures.
  const figures = /\d/.test(whole) ? figuresIn(plainText(splitContacts(whole).words)) : [];
  return {
    folded,
    words: new Set(folded.split(' ')),
    figures: new Set([...figures.map(figureKey), ...facts.flatMap(scaledByName)]),
    capitals: new Set(whole.match(/(?<!\p{L})\p{Lu}{2,}(?!\p{L})/gu)),
  };
}

/** A column `CA (M€)` holds `12,4`: its name has the scale. */
function scaledByName({ id, value }: Fact): string[] {
  const factor = /_m(?:e|eur)?$/.test(id) ? 1e6 : /_k(?:e|eur)?$/.test(id) ? 1e3 : null;
  return factor === null
    ? []
    : figuresIn(plainText(value)).map(({ bare }) => String(Math.round(bare * factor)));
}
