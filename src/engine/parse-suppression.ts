import type { Parsed } from './dates/window.ts';
import { isEmail, readEmail } from './import/email.ts';
import { readFrenchPhone } from './import/french-phone.ts';
import { readLinkedin, readProfile } from './import/linkedin.ts';
import { readSiren, readSiret } from './import/siren.ts';
import { readWebsite } from './import/website.ts';
import { DISGUISED_KINDS, type Disguise, type SuppressionKey, type SuppressionKind } from './model.ts';

export interface SuppressionText {
  /** Null: guessed from what is typed. */
  kind?: SuppressionKind | null;
  /** ISO 3166 alpha-2: where a phone number without an international code is at home. */
  country: string;
}

/**
 * What a person types to mean one entry of the blacklist: an address, a phone number, `@ads.example` or a domain,
 * a LinkedIn profile, a SIREN (or SIRET). Nine digits that fit the SIREN's check digit are a SIREN; 32, 40 or 64
 * hexadecimal digits are the hash of an e-mail address, or of what `kind` says.
 */
export async function parseSuppression(
  text: string,
  { kind = null, country }: SuppressionText,
): Promise<Parsed<SuppressionKey>> {
  const typed = text.trim();
  const hash = readHash(typed, kind ?? 'email');
  if (hash !== null) return { ok: true, value: { kind: kind ?? 'email', value: hash } };
  if (kind === null && NINE_DIGITS.test(typed) && readSiren(typed) === null)
    return { ok: false, problem: WRONG_SIREN };
  const wanted = kind ?? guess(typed);
  const value = wanted === null ? null : await read(wanted, typed, country);
  if (wanted !== null && value !== null) return { ok: true, value: { kind: wanted, value } };
  return { ok: false, problem: wanted === null ? ANY : WRONG[wanted] };
}

const DIGITS: Record<Disguise, number> = { md5: 32, sha1: 40, sha256: 64, hmac: 64 };
const FORMS: readonly Disguise[] = ['md5', 'sha1', 'sha256', 'hmac'];

/** `sha256:9f86...`, `SHA-256 9F86...` or the digits alone, told by how many they are; of a slug, never alone. */
function readHash(typed: string, kind: SuppressionKind): string | null {
  const found = /^(?:(md5|sha-?1|sha-?256|hmac)[: ]\s*)?([0-9a-f]{32,64})$/i.exec(typed);
  if (!found?.[2] || !DISGUISED_KINDS.some((each) => each === kind)) return null;
  const named = found[1]?.toLowerCase().replace('-', '');
  const digits = found[2].toLowerCase();
  const form = FORMS.find(
    (each) => DIGITS[each] === digits.length && (named === undefined ? kind !== 'linkedin' : each === named),
  );
  return form ? `${form}:${digits}` : null;
}

/** A French number without its 0 is written so as well; but a SIREN with a slip of the pen must not become one. */
const NINE_DIGITS = /^[1-9]\d{2}[\s.]?\d{3}[\s.]?\d{3}$/;
const WRONG_SIREN =
  'no SIREN, whose last digit checks the others; a phone number needs its 0 or +33 (or --kind phone)';
const ANY =
  'no e-mail address, phone number, domain, LinkedIn profile address or SIREN (a bare slug needs --kind linkedin)';
const WRONG: Record<SuppressionKind, string> = {
  email: 'no e-mail address',
  phone: 'no phone number',
  domain: 'no domain such as ads.example',
  linkedin: 'no LinkedIn profile (of a company page, take the domain or SIREN)',
  siren: 'no SIREN: nine digits, the last one checks the others',
};

function guess(typed: string): SuppressionKind | null {
  if (/linkedin\.com\//i.test(typed)) return 'linkedin';
  if (typed.startsWith('@')) return 'domain';
  if (typed.includes('@')) return 'email';
  if (readSiren(typed) !== null || readSiret(typed) !== null) return 'siren';
  if (/^\+?[\d\s().\-/]{6,}$/.test(typed)) return 'phone';
  return readWebsite(typed) === null ? null : 'domain';
}

async function read(kind: SuppressionKind, typed: string, country: string): Promise<string | null> {
  switch (kind) {
    case 'email':
      return readEmail(typed).email;
    case 'phone':
      return readNumber(typed, country);
    case 'domain':
      return readDomain(typed);
    case 'linkedin': {
      const profile = /linkedin\.com\//i.test(typed) ? readLinkedin(typed) : readProfile(typed);
      return profile.kind === 'profile' ? profile.slug : null;
    }
    case 'siren':
      return readSiren(typed) ?? readSiret(typed)?.slice(0, 9) ?? null;
  }
}

/** libphonenumber is loaded only for what is no French number. */
async function readNumber(typed: string, country: string): Promise<string | null> {
  const french = country === 'FR' || /^\s*(?:\+|00)\s*33/.test(typed) ? readFrenchPhone(typed) : null;
  if (french) return french.number;
  const { readPhone } = await import('./import/phone.ts');
  const found = readPhone(typed, country);
  return typeof found === 'string' ? null : found.number;
}

/** Two labels at least, as suppressionKeys() never asks for a top level. */
function readDomain(typed: string): string | null {
  const domain = (readWebsite(typed.replace(/^@/, '')) ?? '').split(/[/?#]/)[0] ?? '';
  return isEmail(`a@${domain}`) ? domain : null;
}
