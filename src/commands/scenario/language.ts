import { LANGUAGES, type Language } from '../../engine/model.ts';
import { usageError } from '../../errors.ts';

/** The language named by --language; undefined when there was none. */
export function languageOption(typed: string | undefined): Language | undefined {
  const language = LANGUAGES.find((candidate) => candidate === typed?.toLowerCase());
  if (typed !== undefined && !language)
    throw usageError(`unknown language "${typed}", allowed: ${LANGUAGES.join(', ')}`);
  return language;
}
