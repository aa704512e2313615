export interface ReadEmail {
  /** Lower case, or null when there is none. */
  email: string | null;
  problem: 'invalid_email' | 'several_emails' | null;
}

const PLAIN = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/**
 * RFC 5321 mailboxes that outreach can use: no quoted local part, no address literal, a domain of two labels or
 * more; letters of any script (RFC 6531).
 */
const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;
const TOP_LABEL = /^(?:\p{L}[\p{L}\p{M}]+|xn--[a-z0-9-]+)$/u;

export function isEmail(address: string): boolean {
  if (address.length > 254) return false;
  const at = address.lastIndexOf('@');
  if (at < 1 || at > 64) return false;
  if (address.length - at <= 63 && PLAIN.test(address)) return true;
  const labels = address.slice(at + 1).split('.');
  return (
    labels.length > 1 &&
    LOCAL.test(address.slice(0, at)) &&
    labels.every((label) => label.length <= 63 && LABEL.test(label)) &&
    TOP_LABEL.test(labels.at(-1) ?? '')
  );
}

/** The address in a cell: `mailto:`, `Name <a@b.fr>` and a closing dot are taken off; of several, the first valid. */
export function readEmail(text: string): ReadEmail {
  const simple = bare(text);
  if (isEmail(simple)) return { email: simple, problem: null };
  const valid = text
    .split(/[\s,;|/]+/)
    .map(bare)
    .filter(isEmail);
  const [email = null] = valid;
  return {
    email,
    problem: email === null ? 'invalid_email' : new Set(valid).size > 1 ? 'several_emails' : null,
  };
}

function bare(text: string): string {
  const lower = text.trim().toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return (
    (/<([^<>]+)>\s*$/.exec(lower)?.[1] ?? lower)
      .replace(/^mailto:/, '')
      .replace(/\?.*$/s, '')
      // Only from the beginning of a run: tried from each of its characters, a long one would take hours.
      .replace(/^[<("'[\s]+|(?<![>)"'\],;.:\s])[>)"'\],;.:\s]+$/g, '')
      .normalize('NFC')
  );
}
