import { suggest } from '../engine/suggest.ts';
import { usageError } from '../errors.ts';

/**
 * `hector help prospect add` and `hector prospect help add` as `hector prospect add --help`; anything else as it is.
 * @param commands by name, the verbs of each
 * @throws UserError (usage) for a command that there is not
 */
export function withoutHelpWord(
  typed: readonly string[],
  commands: Record<string, readonly string[]>,
): readonly string[] {
  const verbsOf = (name: string): readonly string[] =>
    Object.hasOwn(commands, name) ? (commands[name] ?? []) : [];
  const [first = '', second] = typed;
  if (first !== 'help' && !(second === 'help' && verbsOf(first).length > 0)) return typed;
  const [name, verb] = typed.filter((word) => word !== 'help' && !word.startsWith('-'));
  if (name === undefined) return ['--help'];
  if (!Object.hasOwn(commands, name)) throw unknown(name, Object.keys(commands), 'hector --help');
  const verbs = verbsOf(name);
  if (verb === undefined || verbs.length === 0) return [name, '--help'];
  if (!verbs.includes(verb)) throw unknown(verb, verbs, `hector ${name} --help`);
  return [name, verb, '--help'];
}

/** In commander's own words. */
function unknown(word: string, known: readonly string[], next: string) {
  const meant = suggest(word, known);
  return usageError(`unknown command '${word}'${meant === null ? '' : `, did you mean ${meant}?`}`, next);
}
