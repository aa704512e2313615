import type { ProspectFacts, ProspectField } from '../model.ts';
import type { Warning } from './codes.ts';
import type { Column } from './columns.ts';
import type { Phone } from './french-phone.ts';

/** One row while its cells are read. */
export class Draft {
  readonly facts: ProspectFacts = emptyFacts();
  custom: Record<string, string> | null = null;
  warnings: Warning[] = [];
  fullName: string | null = null;
  /** Null until a cell held a number; few rows have more than one. */
  phones: (Phone & { column: Column })[] | null = null;

  warn(warning: Warning): void {
    if (!this.warnings.includes(warning)) this.warnings.push(warning);
  }

  /** The first column for a fact fills it; what another says beside it is kept as a custom field. */
  put(field: ProspectField, value: string, column: Column): void {
    if (this.facts[field] === null) this.facts[field] = value;
    else if (this.facts[field] !== value) this.keep(column.key, value);
  }

  keep(key: string, value: string): void {
    this.custom ??= {};
    this.custom[key] = value;
  }
}

/** Written out, so that all rows have one shape and the engine of the language keeps them fast. */
export const emptyFacts = (): ProspectFacts => ({
  email: null,
  first_name: null,
  last_name: null,
  civility: null,
  company: null,
  title: null,
  phone: null,
  mobile: null,
  linkedin: null,
  company_linkedin: null,
  website: null,
  siren: null,
  siret: null,
  naf: null,
  city: null,
  zip: null,
  country: null,
  region: null,
  language: null,
  timezone: null,
  industry: null,
  headcount: null,
  revenue: null,
  disc: null,
  consent: null,
  notes: null,
  tags: null,
  source: null,
});
