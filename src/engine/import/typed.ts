import { PROSPECT_FIELDS, type ProspectField } from '../model.ts';
import type { NormalisedRow } from '../ports/imports.ts';
import { REFUSALS, WARNINGS, type Warning } from './codes.ts';
import { planColumns } from './columns.ts';
import { rowReader } from './row.ts';

/** Facts as a person types them, by field; `full_name` and `custom.key` too. */
export type TypedFacts = Readonly<Record<string, string>>;

type Typed = { ok: true; row: NormalisedRow; warnings: readonly Warning[] } | { ok: false; problem: string };

/** What an import leaves out with a warning is refused here: whoever types it can mend it at once. */
const BROKEN: Partial<Record<Warning, string>> = {
  invalid_email: 'email',
  several_emails: 'email',
  invalid_phone: 'phone, mobile',
  mangled_number: 'phone or number',
  invalid_linkedin: 'linkedin',
  invalid_siren: 'siren',
  invalid_siret: 'siret',
  siren_mismatch: 'siren, siret',
  unknown_country: 'country',
  unknown_language: 'language',
  unknown_timezone: 'timezone',
};

/**
 * Brings typed facts to the form in which an import stores them.
 * @param home ISO 3166 alpha-2: the country of phones where no country is given
 */
export function readTyped(facts: TypedFacts, home: string): Typed {
  const found = read(facts, home);
  // An address that is there shows what is wrong with the rest, where nothing else would reach the person.
  const probe =
    facts.linkedin === undefined ? { linkedin: 'nobody-at-all' } : { email: 'nobody@nowhere.example' };
  const probed = found.kind === 'person' ? found : read({ ...probe, ...facts }, home);
  const warnings = probed.kind === 'person' ? probed.warnings : [];
  const broken = warnings.find((warning) => BROKEN[warning] !== undefined);
  if (broken) return { ok: false, problem: `${BROKEN[broken]}: ${WARNINGS[broken].split(':')[0]}` };
  if (found.kind !== 'person') return { ok: false, problem: REFUSALS.no_way_to_reach };
  const empty = Object.keys(facts).find((name) => facts[name]?.trim() && isLost(name, found.row));
  if (empty !== undefined)
    return { ok: false, problem: `${empty}: "${facts[empty]}" says nothing that could be kept` };
  return { ok: true, row: found.row, warnings };
}

function read(facts: TypedFacts, home: string): ReturnType<ReturnType<typeof rowReader>> {
  const names = Object.keys(facts);
  return rowReader(planColumns(names, []), home)({ line: 1, cells: names.map((name) => facts[name] ?? '') });
}

/** `n/a`, or a consent that says no. A phone may have become the mobile, a website a profile. */
function isLost(name: string, { facts, custom }: NormalisedRow): boolean {
  const field = PROSPECT_FIELDS.find((each) => each === name);
  if (field === undefined || MOVES.includes(field)) return false;
  return facts[field] === null && !Object.hasOwn(custom ?? {}, name);
}

const MOVES: readonly ProspectField[] = ['phone', 'mobile', 'website'];
