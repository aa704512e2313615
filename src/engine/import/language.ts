import type { Language } from '../model.ts';
import { fold } from './fold.ts';

/** `fr-FR`, `Français`, `anglais`: the language messages are written in, or null for any other. */
export function readLanguage(text: string): Language | null {
  const [word = ''] = fold(text).split(' ');
  if (['fr', 'fra', 'fre', 'francais', 'francaise', 'french'].includes(word)) return 'fr';
  if (['en', 'eng', 'anglais', 'anglaise', 'english', 'us', 'gb', 'uk'].includes(word)) return 'en';
  return null;
}
