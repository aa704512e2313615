import { customKey } from '../../../engine/import/fold.ts';
import { TARGETS } from '../../../engine/import/headers.ts';
import type { TypedFacts } from '../../../engine/import/typed.ts';
import { PROSPECT_FIELDS, type ProspectField } from '../../../engine/model.ts';
import { didYouMean } from '../../../engine/suggest.ts';
import { usageError } from '../../../errors.ts';
import { printable } from '../../../io.ts';

/** What each fact is, for the help. */
const HELP: Record<ProspectField, string> = {
  email: 'e-mail address',
  first_name: 'first name',
  last_name: 'last name',
  civility: 'M. or Mme',
  company: 'the firm',
  title: 'what they do there',
  phone: 'land line',
  mobile: 'mobile phone',
  linkedin: 'profile address or slug',
  company_linkedin: 'page of the firm on LinkedIn',
  website: 'of the firm',
  siren: 'nine digits',
  siret: 'fourteen digits',
  naf: 'code NAF/APE',
  city: 'city',
  zip: 'postal code: it decides holidays and overseas time zones',
  country: 'country, such as FR or Belgique',
  region: 'region',
  language: 'fr or en',
  timezone: 'such as Indian/Reunion',
  industry: 'sector',
  headcount: 'people in the firm',
  revenue: 'of the firm',
  disc: 'D, I, S or C',
  consent: 'when and how it was given',
  notes: 'anything else',
  tags: 'with commas between',
  source: 'where their data come from',
};

export interface FactFlag {
  flags: string;
  help: string;
}

/** `--first-name <text>` and so on, one for each fact. */
export const FACT_FLAGS: readonly FactFlag[] = PROSPECT_FIELDS.map((field) => ({
  flags: `--${field.replaceAll('_', '-')} <text>`,
  help: HELP[field],
}));

/** `--set ca=3M`: repeatable. */
export const collect = (value: string, before: string[]): string[] => [...before, value];

const camel = (field: string): string =>
  field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The facts that were typed as flags, by field; `--set key=value` are custom fields. */
export function typedFacts(options: Readonly<Record<string, unknown>>, sets: readonly string[]): TypedFacts {
  const facts: Record<string, string> = {};
  for (const field of PROSPECT_FIELDS) {
    const value = options[camel(field)];
    if (typeof value === 'string') facts[field] = value;
  }
  for (const text of sets) {
    const cut = text.indexOf('=');
    const key = customKey(text.slice(0, Math.max(0, cut)).replace(/^custom\./, ''));
    if (key === '')
      throw usageError(
        `--set "${printable(text)}" is not of the form name=value`,
        'hector prospect edit --help',
      );
    facts[`custom.${key}`] = text.slice(cut + 1);
  }
  return facts;
}

/** Fields and `custom.key` of an `--unset`. @throws UserError for what is no fact */
export function unsetNames(text: string, custom: Readonly<Record<string, string>>): string[] {
  const names = text.split(',').map((name) => name.trim().replaceAll('-', '_'));
  return names.map((name) => {
    if (name === 'legal_basis' || PROSPECT_FIELDS.some((field) => field === name)) return name;
    const key = name.replace(/^custom\./, '');
    if (Object.hasOwn(custom, key)) return `custom.${key}`;
    const known = [...TARGETS, ...Object.keys(custom)];
    throw usageError(
      `--unset: no fact "${printable(name)}"${didYouMean(name, known)}`,
      'hector prospect edit --help',
    );
  });
}
