import { constants, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { errorCode, failure } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';

const TARGET = 'voice.yaml';

export const command = (open: OpenContext) =>
  hectorCommand('copy', {
    summary: 'begin a voice of your own with a copy of another',
    description:
      'Copies a voice to voice.yaml of the workspace, to be made yours: from then on it writes wherever no other is named. A file that is there is left as it is.',
    examples: ['hector voice copy', 'hector voice copy neutral'],
  })
    .argument('[voice]', 'its name, or a YAML file', 'groupe-services')
    .action(async (voice, options) => copyVoice(open(options), voice));

export async function copyVoice(context: Context, reference: string): Promise<void> {
  const { root } = context.workspace();
  const { file } = await (await context.voices()).load(reference);
  const target = join(root, TARGET);
  try {
    copyFileSync(file, target, constants.COPYFILE_EXCL);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    throw failure(`${target} is there already, and is left as it is`, 'hector voice show');
  }
  if (context.json) return printJson(context.io, { voice: reference, file: target });
  context.io.out(printable(`${target} is made of ${reference}.`));
  context.io.note('Make it yours: who you are, offers, proofs, signature. Next: hector voice lint');
}
