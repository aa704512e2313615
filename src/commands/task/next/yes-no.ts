import type { Key } from '../../../io/press-key.ts';
import { wrapped } from '../../../io/wrap.ts';
import { question } from './keys.ts';
import type { Session } from './state.ts';

const WIDEST = 72;

/**
 * A question that one key answers, as everything else here: `y`, or `b`, which leaves (`n` does, too).
 * @param yes what `y` means, in a word or two
 */
export async function saysYes(
  { context }: Pick<Session, 'context'>,
  asked: string,
  yes: string,
): Promise<boolean> {
  const shown: readonly Key<'yes' | 'no'>[] = [
    { key: 'y', name: yes, value: 'yes' },
    { key: 'b', name: 'back', value: 'no' },
  ];
  const { width } = context.io;
  const lines = [...wrapped(asked, Math.min(width, WIDEST)), question(shown, width)];
  const keys = [...shown, { key: 'n', name: 'no', value: 'no' } as const];
  return (await context.prompter().key(lines.join('\n'), keys)) === 'yes';
}
