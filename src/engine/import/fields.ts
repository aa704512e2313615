import { oneLine } from './cell.ts';
import { readCivility } from './civility.ts';
import type { Column } from './columns.ts';
import { readCountry } from './country.ts';
import { isDateColumn, readDate } from './date.ts';
import type { Draft } from './draft.ts';
import { readEmail } from './email.ts';
import { isFreeMail, isRoleAddress } from './free-mail.ts';
import type { Target } from './headers.ts';
import { readLanguage } from './language.ts';
import { readLinkedin, readProfile } from './linkedin.ts';
import { recaseFirstName, recaseName } from './names.ts';
import { readPhone } from './phone.ts';
import { isMangledNumber, readSiren, readSiret } from './siren.ts';
import { readWebsite } from './website.ts';

/** Puts one cell, cleaned and never empty, into the draft. */
export type CellReader = (draft: Draft, text: string) => void;

/** @param home ISO 3166 alpha-2: the country of phones in rows that name none */
export function readerOf(column: Column, home: string): CellReader | null {
  if (column.target === 'skip') return null;
  if (column.target === null) return customReader(column);
  const special = SPECIAL[column.target]?.(column, home);
  if (special) return special;
  const { target } = column;
  if (target === 'full_name') return fullName;
  return (draft, text) => draft.put(target, target === 'notes' ? text : oneLine(text), column);
}

type ReaderMaker = (column: Column, home: string) => CellReader;

const SPECIAL: Partial<Record<Target, ReaderMaker>> = {
  email: (column) => (draft, text) => email(draft, text, column),
  first_name: (column) => (draft, text) => draft.put('first_name', recaseFirstName(oneLine(text)), column),
  last_name: (column) => (draft, text) => draft.put('last_name', recaseName(oneLine(text)), column),
  civility: (column) => (draft, text) => draft.put('civility', readCivility(text), column),
  phone: (column, home) => (draft, text) => phone(draft, text, column, home),
  mobile: (column, home) => (draft, text) => phone(draft, text, column, home),
  linkedin: (column) => (draft, text) => linkedin(draft, text, column),
  company_linkedin: (column) => (draft, text) => companyPage(draft, text, column),
  website: (column) => (draft, text) => website(draft, text, column),
  siren: (column) => (draft, text) => siren(draft, text, column),
  siret: (column) => (draft, text) => siret(draft, text, column),
  country: (column) => (draft, text) => {
    const country = readCountry(text);
    if (country !== null) return draft.put('country', country, column);
    draft.warn('unknown_country');
    draft.keep('country', text);
  },
  language: (column) => (draft, text) => {
    const language = readLanguage(text);
    if (language !== null) return draft.put('language', language, column);
    draft.warn('unknown_language');
    draft.keep('language', text);
  },
  timezone: (column) => (draft, text) =>
    isTimezone(text) ? draft.put('timezone', text, column) : draft.warn('unknown_timezone'),
  // "non" in a consent column is no consent.
  consent: (column) => (draft, text) => {
    if (!/^(?:non?|0|false|faux|refus.*|aucun.*)$/i.test(text)) draft.put('consent', oneLine(text), column);
  },
};

const fullName: CellReader = (draft, text) => {
  draft.fullName ??= oneLine(text);
};

function customReader(column: Column): CellReader {
  const { key } = column;
  if (!isDateColumn(key))
    return (draft, text) => draft.keep(key, text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
  return (draft, text) => {
    const date = readDate(text);
    if (date === null) draft.warn('unclear_date');
    draft.keep(key, date ?? text);
  };
}

function email(draft: Draft, text: string, column: Column): void {
  const { email: address, problem } = readEmail(text);
  if (problem) draft.warn(problem);
  if (address === null) return;
  draft.put('email', address, column);
  if (isFreeMail(address.slice(address.lastIndexOf('@') + 1))) draft.warn('free_mail_address');
  if (isRoleAddress(address)) draft.warn('role_address');
}

function phone(draft: Draft, text: string, column: Column, home: string): void {
  const read = readPhone(text, draft.facts.country ?? home);
  if (typeof read === 'string') {
    draft.warn(read);
    return;
  }
  draft.phones ??= [];
  draft.phones.push({ ...read, column });
}

function linkedin(draft: Draft, text: string, column: Column): void {
  const address = readProfile(text);
  if (address.kind === 'profile') {
    draft.put('linkedin', address.slug, column);
    return;
  }
  draft.warn('invalid_linkedin');
  draft.keep('linkedin_url', text);
  if (address.kind === 'company')
    draft.put('company_linkedin', `linkedin.com/company/${address.slug}`, column);
}

function companyPage(draft: Draft, text: string, column: Column): void {
  const address = readLinkedin(text);
  draft.put(
    'company_linkedin',
    address.kind === 'company' ? `linkedin.com/company/${address.slug}` : text,
    column,
  );
}

/** A column called `url` may hold profiles. */
function website(draft: Draft, text: string, column: Column): void {
  const site = readWebsite(text);
  if (readLinkedin(text).kind === 'profile') linkedin(draft, text, column);
  else if (site === null) draft.keep(column.key, text);
  else draft.put('website', site, column);
}

function siren(draft: Draft, text: string, column: Column): void {
  const found = readSiren(text);
  const office = readSiret(text);
  if (found !== null) draft.put('siren', found, column);
  else if (office !== null) {
    draft.put('siren', office.slice(0, 9), column);
    draft.put('siret', office, column);
  } else draft.warn(isMangledNumber(text) ? 'mangled_number' : 'invalid_siren');
}

function siret(draft: Draft, text: string, column: Column): void {
  const found = readSiret(text);
  if (found !== null) draft.put('siret', found, column);
  else draft.warn(isMangledNumber(text) ? 'mangled_number' : 'invalid_siret');
}

function isTimezone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
