/** What an address on LinkedIn stands for. */
export type LinkedinAddress = { kind: 'profile' | 'company'; slug: string } | { kind: 'other' };

const ADDRESS = /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)?linkedin\.com\/(in|company|school)\/([^/?#\s]+)/i;
const SLUG = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u;

/**
 * The slug of a profile or company page: host prefix, scheme, query and closing `/` cut, `%XX` decoded, lower
 * case. Sales Navigator and short links name nobody that a person could open without that product: `other`.
 */
export function readLinkedin(text: string): LinkedinAddress {
  const found = ADDRESS.exec(text.trim());
  if (!found) return { kind: 'other' };
  const slug = decoded(found[2] ?? '').toLowerCase();
  if (!SLUG.test(slug)) return { kind: 'other' };
  return { kind: found[1]?.toLowerCase() === 'in' ? 'profile' : 'company', slug };
}

/** A cell of a profile column may hold the slug alone: `claire-durand-000`, `/in/claire-durand-000`. */
export function readProfile(text: string): LinkedinAddress {
  const address = readLinkedin(text);
  if (address.kind !== 'other') return address;
  const slug = text
    .trim()
    .replace(/^@|^\/?in\/|\/$/g, '')
    .toLowerCase();
  return /^[\p{L}\p{N}][\p{L}\p{N}-]{2,99}$/u.test(slug) && /\p{L}/u.test(slug)
    ? { kind: 'profile', slug }
    : { kind: 'other' };
}

function decoded(slug: string): string {
  if (!slug.includes('%')) return slug;
  try {
    return decodeURIComponent(slug).normalize('NFC');
  } catch {
    return slug;
  }
}
