import type { TypedFacts } from '../../../engine/import/typed.ts';
import { shellWord } from '../../../engine/shell-word.ts';

/** What a person has said is to change. */
export interface WantedFacts {
  /** By field, as typed. */
  facts: TypedFacts;
  /** With commas between; null: none. */
  unset: string | null;
  /** As typed; null: as it is. */
  legalBasis: string | null;
}

/** As flags, for the command to be typed again. */
export function wantedFlags({ facts, unset, legalBasis }: WantedFacts): string {
  const flags = Object.entries(facts).map(([name, value]) =>
    name.startsWith('custom.')
      ? `--set ${shellWord(`${name.slice(7)}=${value}`)}`
      : `--${name.replaceAll('_', '-')} ${shellWord(value)}`,
  );
  if (unset !== null) flags.push(`--unset ${shellWord(unset)}`);
  if (legalBasis !== null) flags.push(`--legal-basis ${shellWord(legalBasis)}`);
  return flags.map((flag) => ` ${flag}`).join('');
}
