import type { Context } from '../../../context.ts';
import type { Draft } from '../../../engine/ports/review.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import type { Checked } from '../../../engine/texts/edited-text.ts';
import { printable } from '../../../io.ts';

/** Puts what a person has typed and could not be kept into a file of the workspace; gives the command that takes it. */
export async function keepTyped(context: Context, draft: Draft, text: string): Promise<string> {
  const { keepText } = await import('../../../io/editor.ts');
  const file = await keepText(context.workspace().root, `message-${draft.messageId}`, text);
  return `hector message edit ${draft.messageId} --file ${shellWord(file)}`;
}

/** What an edit was given, and what it has taken away. */
export function sayChecked({ io }: Context, { added, gone }: Extract<Checked, { ok: true }>): void {
  if (added) io.warn('The way out was missing, and has been added.');
  if (gone.length > 0) io.warn(signatureGone(gone));
}

export const signatureGone = (gone: readonly string[]): string =>
  printable(`The signature is gone: ${gone.join(' / ')}`);
