import { existsSync } from 'node:fs';
import type { Context } from '../../context.ts';
import { isOneAddress } from '../../engine/texts/email.ts';
import type { Answers } from './files.ts';

const QUESTIONS = [
  ['name', 'Who writes, such as Claire Durand'],
  ['company', 'For which firm'],
  ['email', 'From which e-mail address'],
  ['phone', 'By which phone number, as texts give it'],
] as const;

/**
 * Who writes is asked for on a terminal, where a new hector.yaml is made and nothing was said of it: without a name,
 * e-mails and SMS wait. Each may be left empty.
 */
export async function askSender(context: Context, configFile: string, given: Answers): Promise<Answers> {
  const said = [given.name, given.company, given.email, given.phone].some((value) => value !== undefined);
  if (!context.io.interactive || context.json || said || existsSync(configFile)) return given;
  context.io.note('Four questions, each of which Enter leaves for later.');
  const answers = { ...given };
  for (const [key, message] of QUESTIONS) {
    const typed = await context.prompter().input(message, {
      standing: '',
      check: (answer) =>
        key === 'email' && answer.trim() !== '' && !isOneAddress(answer.trim())
          ? `"${answer.trim()}" is no address`
          : null,
    });
    if (typed.trim() !== '') answers[key] = typed.trim();
  }
  return answers;
}
