import type { ProspectFacts, SuppressionKey } from './model.ts';

type Addresses = Pick<ProspectFacts, 'email' | 'phone' | 'mobile' | 'linkedin' | 'siren'>;

/**
 * Every blacklist entry that would forbid contacting this person, most telling first: the address itself, phones,
 * profile, firm, then the e-mail's domain and each domain above it. Facts are normalised already (model.ts).
 */
export function suppressionKeys({ email, phone, mobile, linkedin, siren }: Addresses): SuppressionKey[] {
  const keys: SuppressionKey[] = [];
  if (email) keys.push({ kind: 'email', value: email });
  if (mobile) keys.push({ kind: 'phone', value: mobile });
  if (phone && phone !== mobile) keys.push({ kind: 'phone', value: phone });
  if (linkedin) keys.push({ kind: 'linkedin', value: linkedin });
  if (siren) keys.push({ kind: 'siren', value: siren });
  if (email) for (const value of domainAndParents(email)) keys.push({ kind: 'domain', value });
  return keys;
}

/** `a@mail.ads.example` -> `mail.ads.example`, `ads.example`; never a top level such as `example`. */
function domainAndParents(email: string): string[] {
  const labels = email.slice(email.lastIndexOf('@') + 1).split('.');
  const domains: string[] = [];
  for (let from = 0; from + 2 <= labels.length; from += 1) domains.push(labels.slice(from).join('.'));
  return domains;
}

/**
 * What reaches this one person: e-mail, mobile, LinkedIn. The landline only when there is nothing else: it is
 * often the firm's switchboard, and one person's no must not silence the whole firm.
 */
export function ownAddresses({ email, phone, mobile, linkedin }: Omit<Addresses, 'siren'>): SuppressionKey[] {
  const keys: SuppressionKey[] = [];
  if (email) keys.push({ kind: 'email', value: email });
  if (mobile) keys.push({ kind: 'phone', value: mobile });
  if (linkedin) keys.push({ kind: 'linkedin', value: linkedin });
  return keys.length === 0 && phone ? [{ kind: 'phone', value: phone }] : keys;
}
