import { fold } from '../import/fold.ts';
import type { ProspectFacts } from '../model.ts';

/** What allows somebody's data to be held (GDPR article 6), as far as prospecting goes. */
export const LEGAL_BASES = ['legitimate_interest', 'consent', 'contract', 'legal_obligation'] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

export interface StatedBasis {
  basis: LegalBasis;
  /** Said for this person, in their list, seen from their consent, or that of the workspace. */
  from: 'person' | 'list' | 'consent' | 'workspace';
}

const WORDS: Readonly<Record<string, LegalBasis>> = {
  'legitimate interest': 'legitimate_interest',
  'interet legitime': 'legitimate_interest',
  consent: 'consent',
  consentement: 'consent',
  'opt in': 'consent',
  contract: 'contract',
  contrat: 'contract',
  client: 'contract',
  'legal obligation': 'legal_obligation',
  'obligation legale': 'legal_obligation',
};

/** `Intérêt légitime`, `legitimate_interest`; null for no basis. */
export const readLegalBasis = (text: string): LegalBasis | null => WORDS[fold(text)] ?? null;

/** Columns of a list that say it; hector has no field for them, so that they are kept as custom ones. */
const COLUMNS = ['base_legale', 'legal_basis', 'fondement', 'fondement_juridique'];

/**
 * @param person `legalBasis`: of the column of the database, which `prospect edit` sets
 * @param usual `gdpr.legal_basis` of hector.yaml
 */
export function legalBasisOf(
  person: Pick<ProspectFacts, 'consent'> & {
    legalBasis: string | null;
    custom: Readonly<Record<string, string>>;
  },
  usual: LegalBasis,
): StatedBasis {
  const own = readLegalBasis(person.legalBasis ?? '');
  if (own) return { basis: own, from: 'person' };
  for (const column of COLUMNS) {
    const listed = readLegalBasis(person.custom[column] ?? '');
    if (listed) return { basis: listed, from: 'list' };
  }
  if (person.consent !== null) return { basis: 'consent', from: 'consent' };
  return { basis: usual, from: 'workspace' };
}
