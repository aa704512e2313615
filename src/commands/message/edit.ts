import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import type { Draft } from '../../engine/ports/review.ts';
import { editableText, readEditable } from '../../engine/texts/edited-text.ts';
import { errorCode, failure, usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { messageNumber } from './number.ts';
import { draftJson, personOf } from './review/print.ts';
import { Reviewer } from './review/reviewer.ts';
import { keepTyped, sayChecked } from './review/typed.ts';

export const command = (open: OpenContext) =>
  hectorCommand('edit', {
    summary: 'change a text that waits for approval',
    description:
      'Opens a text that waits for approval in $VISUAL or $EDITOR, or takes it from a file. An e-mail begins with its line "Subject: ...". It still waits afterwards.',
    examples: [
      'hector message edit 12',
      'hector message edit 12 --file text.txt',
      'hector message edit 12 --file - < text.txt',
    ],
  })
    .argument('<message>', 'number of hector message list --awaiting')
    .option('--file <file>', 'the text, instead of an editor; - for stdin')
    .action(async (message, options) => editMessage(open(options), message, options.file ?? null));

export async function editMessage(context: Context, number: string, file: string | null): Promise<void> {
  const reviewer = new Reviewer(context, await context.stores.reviews());
  const draft = await reviewer.store.find(messageNumber(number));
  const text = await textFor(context, draft, file);
  const checked = await reviewer.check(draft, readEditable(text, draft));
  if (!checked.ok) {
    const again =
      file === null ? await keepTyped(context, draft, text) : `hector message edit ${draft.messageId}`;
    throw failure(`message ${draft.messageId} stays as it was: ${checked.problem}`, again);
  }
  const edited = await reviewer.edit(draft, checked);
  sayChecked(context, checked);
  if (context.json) return printJson(context.io, draftJson(edited));
  context.io.out(`Changed: message ${edited.messageId}, ${personOf(edited)}`);
  context.io.note(`It still waits. Next: hector message approve ${edited.messageId}`);
}

async function textFor(context: Context, draft: Draft, file: string | null): Promise<string> {
  if (file === '-') return fromStdin(context, draft);
  if (file !== null) return fromFile(context, file);
  if (context.io.interactive) return context.prompter().edit('Text', editableText(draft));
  throw usageError(
    'no terminal for an editor here',
    `hector message edit ${draft.messageId} --file text.txt`,
  );
}

async function fromFile(context: Context, file: string): Promise<string> {
  try {
    return await readFile(resolve(context.cwd, file), 'utf8');
  } catch (error) {
    throw usageError(
      `${file} cannot be read (${errorCode(error) ?? 'no file'})`,
      'hector message edit --help',
    );
  }
}

async function fromStdin({ io }: Context, { messageId }: Draft): Promise<string> {
  if (io.stdin.isTTY)
    throw usageError(
      'stdin is the keyboard: name a file',
      `hector message edit ${messageId} --file text.txt`,
    );
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
