import { fold } from './fold.ts';

const CIVILITIES: Record<string, string> = Object.fromEntries([
  ...['m', 'mr', 'monsieur', 'mister', 'h', 'homme', 'male', 'masculin', 'man'].map((word) => [word, 'M.']),
  ...[
    'mme',
    'madame',
    'mlle',
    'mademoiselle',
    'mrs',
    'ms',
    'miss',
    'f',
    'femme',
    'female',
    'feminin',
    'woman',
  ].map((word) => [word, 'Mme']),
]);

/** `M.` or `Mme`; a title of another kind (`Dr`, `Me`) is kept as it is. */
export const readCivility = (text: string): string => CIVILITIES[fold(text)] ?? text;
