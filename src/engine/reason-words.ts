import { HOLD_REASONS, SKIP_REASONS, STANDSTILL_REASONS, STOP_REASONS, WAIT_REASONS } from './reasons.ts';

const WORDS: Readonly<Record<string, string>> = {
  ...WAIT_REASONS,
  ...SKIP_REASONS,
  ...HOLD_REASONS,
  ...STANDSTILL_REASONS,
  ...STOP_REASONS,
};

/** What a code of the closed lists says, for a person to read; anything else was said by somebody, and stays. */
export const reasonWords = (text: string): string =>
  Object.hasOwn(WORDS, text) ? (WORDS[text] ?? text) : text;

/** Events whose detail is a code of ours, not the words of a person or of a provider. */
const OURS: readonly string[] = ['held', 'skipped', 'stopped'];
/** As db/task/undo.ts leaves it in the history. */
const TAKEN_BACK = /^(\w+), taken back later(?:: (.*))?$/s;

/** An event and what belongs to it, for a person to read. */
export function eventWords(what: string, detail: string | null): { what: string; detail: string | null } {
  const [, was, more] = (what === 'undone' && TAKEN_BACK.exec(detail ?? '')) || [];
  if (was) return { what: `recorded as ${plain(was)}, then taken back`, detail: more ?? null };
  return { what: plain(what), detail: detail !== null && OURS.includes(what) ? reasonWords(detail) : detail };
}

const plain = (type: string): string => type.replaceAll('_', ' ');
