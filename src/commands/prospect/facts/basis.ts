import { LEGAL_BASES, type LegalBasis, readLegalBasis } from '../../../engine/gdpr/legal-basis.ts';
import { didYouMean } from '../../../engine/suggest.ts';
import { usageError } from '../../../errors.ts';
import { printable } from '../../../io.ts';

/** Of `--legal-basis`. @throws UserError with the nearest, or all of them */
export function readBasis(typed: string): LegalBasis {
  const basis = readLegalBasis(typed);
  if (basis) return basis;
  const meant = didYouMean(typed, LEGAL_BASES) || ` (${LEGAL_BASES.join(', ')})`;
  throw usageError(`--legal-basis: no basis "${printable(typed)}"${meant}`, 'hector prospect edit --help');
}
