import { fold } from '../import/fold.ts';
import { knownHeader } from '../import/headers.ts';
import type { SuppressionKind } from '../model.ts';

type Role = 'value' | 'postal' | 'kind' | 'reason' | 'source' | 'expires' | SuppressionKind;

const OWN: Partial<Record<Role, string>> = {
  value: 'value, valeur, entry, entrée, identifiant',
  kind: 'kind, type, nature',
  reason: 'reason, motif, raison, cause, why, comment, commentaire',
  source: 'source, origine, by, par, ajouté par, added by',
  expires: 'expires, expiry, expires at, expiration, until, jusqu’au, jusqu’à, date de fin, échéance',
  postal: 'adresse, adresses, address, addresses',
  domain: 'domain, domaine, company domain, nom de domaine',
};

const BY_HEADER = new Map<string, Role>(
  Object.entries(OWN).flatMap(([role, names]) =>
    names.split(',').map((name): [string, Role] => [fold(name), roleNamed(role)]),
  ),
);

function roleNamed(name: string): Role {
  switch (name) {
    case 'kind':
    case 'reason':
    case 'source':
    case 'expires':
    case 'domain':
    case 'postal':
      return name;
    default:
      return 'value';
  }
}

/** Names of columns of a list of people that hold what the blacklist can hold; a website is not meant as a domain. */
const BY_FACT: Readonly<Record<string, Role>> = {
  email: 'email',
  phone: 'phone',
  mobile: 'phone',
  linkedin: 'linkedin',
  siren: 'siren',
  siret: 'siren',
};

const HASH_NAMES: readonly [string, RegExp][] = [
  ['SHA-256', /\bsha ?256\b/],
  ['SHA-1', /\bsha ?1\b/],
  ['MD5', /\bmd5\b/],
  ['SHA-256, SHA-1 or MD5', /\b(?:hash(?:ed|es)?|empreintes?)\b/],
];

/** Of the hashes that a column says it holds, in words; null: it holds plain values. */
const hashNamed = (header: string): string | null =>
  HASH_NAMES.find(([, sign]) => sign.test(fold(header)))?.[0] ?? null;

/** `email_sha256` holds what `email` would, hashed; `sha256` alone, values. */
const HASH_WORDS = /\b(?:sha ?256|sha ?1|md5|hash(?:ed|es)?|empreintes?)\b/g;

function roleOf(header: string): Role | null {
  const name = fold(header);
  const plain = name.replace(HASH_WORDS, ' ').replace(/\s+/g, ' ').trim();
  if (plain === '') return name === '' ? null : 'value';
  return BY_HEADER.get(plain) ?? BY_FACT[knownHeader(plain === name ? header : plain)?.target ?? ''] ?? null;
}

export const isListHeader = (cell: string): boolean => roleOf(cell) !== null;

export interface ListColumns {
  /** Where the values stand, what they are (null: seen from each value, or said by `kind`), and how they are hashed. */
  values: { index: number; kind: SuppressionKind | null; hash: string | null }[];
  kind: number | null;
  reason: number | null;
  source: number | null;
  expires: number | null;
  /** What nothing is read from. */
  ignored: number[];
  /** The first line is an entry: the list has no header. */
  headless: boolean;
}

/**
 * What the columns of a list are; null where none holds a value. What is a person's wins over what is the firm's: a
 * list of people who said no must not silence whole firms. A column `Adresse` mostly holds streets: it is read where nothing
 * else holds a value.
 */
export function planListColumns(header: readonly string[]): ListColumns | null {
  const roles = header.map(roleOf);
  const others = { kind: null, reason: null, source: null, expires: null };
  if (header.length === 1 && (roles[0] === null || roles[0] === undefined))
    return { values: [{ index: 0, kind: null, hash: null }], ...others, ignored: [], headless: true };
  const of = (...wanted: Role[]) =>
    roles.flatMap((role, index) => (role !== null && wanted.includes(role) ? [{ index, role }] : []));
  const groups = [of('value', 'email', 'phone', 'linkedin'), of('domain'), of('siren'), of('postal')];
  const found = groups.find((group) => group.length > 0);
  if (!found) return null;
  const at = (role: Role): number | null => of(role)[0]?.index ?? null;
  const beside = { kind: at('kind'), reason: at('reason'), source: at('source'), expires: at('expires') };
  const values = found.map(({ index, role }) => ({
    index,
    kind: kindOf(role),
    hash: hashNamed(header[index] ?? ''),
  }));
  const read = new Set([...values.map(({ index }) => index), ...Object.values(beside)]);
  const ignored = [...header.keys()].filter((index) => !read.has(index));
  return { values, ...beside, ignored, headless: false };
}

function kindOf(role: Role): SuppressionKind | null {
  switch (role) {
    case 'email':
    case 'phone':
    case 'domain':
    case 'linkedin':
    case 'siren':
      return role;
    default:
      return null;
  }
}

const KINDS: Readonly<Record<string, SuppressionKind>> = {
  ...{ email: 'email', 'e mail': 'email', mail: 'email', courriel: 'email', adresse: 'email' },
  ...{ phone: 'phone', mobile: 'phone', tel: 'phone', telephone: 'phone', portable: 'phone', sms: 'phone' },
  ...{ domain: 'domain', domaine: 'domain', linkedin: 'linkedin', siren: 'siren', siret: 'siren' },
};

/** `Téléphone` is a phone; null for no kind. */
export const kindNamed = (text: string): SuppressionKind | null => KINDS[fold(text)] ?? null;
