import type { ProspectFacts } from '../model.ts';

/** By what people are told in texts that are not theirs alone. All in lower case, as they are compared. */
export interface Traces {
  /** E-mail addresses and numbers: whoever has one is meant wherever it stands. */
  addresses: ReadonlySet<string>;
  /** Of LinkedIn profiles: words like others, so that they count behind `/in/` only. */
  slugs: ReadonlySet<string>;
}

type Addresses = Pick<ProspectFacts, 'email' | 'phone' | 'mobile' | 'linkedin'>;

export function tracesOf(people: readonly Addresses[]): Traces {
  const addresses = new Set<string>();
  const slugs = new Set<string>();
  for (const { email, phone, mobile, linkedin } of people) {
    if (email) addresses.add(email.toLowerCase());
    if (linkedin) slugs.add(linkedin.toLowerCase());
    // Providers also write a number without its plus.
    for (const number of [phone, mobile]) if (number) addresses.add(number).add(number.replace(/^\+/, ''));
  }
  return { addresses, slugs };
}

const PROFILE = /(\/in\/)([^\s/?#"'<>()[\]{},;:\\]+)/gi;
/** An escape of JSON that stands in the text as such, or a word. */
const WORD = /\\(?:u[0-9a-f]{4}|[nrtbf])|[^\s"<>()[\]{},;:\\]+/gi;
/** Most words are none: looked at once. */
const MAY_BE = /@|%40|\d{7}/;
/** What an address may have around it in a URL; it may also be part of it, so that the whole is tried first. */
const PIECE = /[^/=?&|#']+/g;

/** The text without these addresses; what stands around them stays. */
export function withoutTraces(text: string, { addresses, slugs }: Traces): string {
  const plain = text.replace(PROFILE, (whole, before: string, slug: string) =>
    slugs.has(decoded(slug)) ? before : whole,
  );
  const drop = (word: string): string => (addresses.has(decoded(word)) ? '' : word);
  return plain.replace(WORD, (word) => (MAY_BE.test(word) ? drop(word) && word.replace(PIECE, drop) : word));
}

/** As addresses are kept: without quotes, a full stop at the end, and what a URL makes of its signs. */
function decoded(word: string): string {
  const small = word.toLowerCase().replace(/^['=]+|['.!]+$/g, '');
  if (!small.includes('%')) return small;
  try {
    return decodeURIComponent(small);
  } catch {
    return small;
  }
}

/** The same JSON without them. Keys are texts as well where they count reasons: two that become one are added up. */
function jsonWithoutTraces(value: unknown, traces: Traces): unknown {
  if (typeof value === 'string') return withoutTraces(value, traces);
  if (Array.isArray(value)) return value.map((each) => jsonWithoutTraces(each, traces));
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    const name = withoutTraces(key, traces);
    const known = Object.hasOwn(result, name) ? result[name] : undefined;
    const kept = jsonWithoutTraces(each, traces);
    result[name] = typeof known === 'number' && typeof kept === 'number' ? known + kept : kept;
  }
  return result;
}

/** JSON as it is stored; what is none is a text like any other. */
export function storedWithoutTraces(text: string, traces: Traces): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return withoutTraces(text, traces);
  }
  const kept = JSON.stringify(jsonWithoutTraces(value, traces));
  return kept === JSON.stringify(value) ? text : kept;
}
