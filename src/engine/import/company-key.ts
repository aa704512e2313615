import type { ProspectFacts } from '../model.ts';
import { fold } from './fold.ts';
import { isFreeMail } from './free-mail.ts';

const LEGAL_FORMS =
  /(?:^| )(?:sas|sasu|sarl|eurl|sa|snc|sci|scop|selarl|scp|gie|gmbh|ag|ltd|llc|inc|plc|bv|srl|spa)$/;

/** What holds colleagues together: the SIREN, else the domain of a work address, else the folded name. */
export function companyKey(facts: Pick<ProspectFacts, 'siren' | 'email' | 'company'>): string | null {
  if (facts.siren !== null) return `siren:${facts.siren}`;
  const domain = facts.email === null ? '' : facts.email.slice(facts.email.lastIndexOf('@') + 1);
  if (domain !== '' && !isFreeMail(domain)) return `domain:${domain}`;
  if (facts.company === null) return null;
  const name = fold(facts.company);
  const short = name.replace(LEGAL_FORMS, '');
  return name === '' ? null : `name:${short === '' ? name : short}`;
}

/** Phone and folded full name: one line may ring for a whole office, so a phone alone names nobody. */
export function phoneKey(phone: string | null, first: string | null, last: string | null): string | null {
  if (phone === null || (first === null && last === null)) return null;
  const name = fold(`${first ?? ''} ${last ?? ''}`);
  return name === '' ? null : `${phone} ${name}`;
}
