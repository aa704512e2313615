import { expect, it } from 'vitest';
import { buildProgram } from '../../src/cli.ts';
import { meantChoice } from '../../src/commands/meant-choice.ts';
import { testContext } from '../context.ts';

/** What commander says of these words. */
async function refusalOf(words: readonly string[]): Promise<string> {
  const program = await buildProgram(() => testContext().context, '0', [...words]);
  for (const verb of [...program.commands, ...program.commands.flatMap(({ commands }) => commands)])
    verb.exitOverride().configureOutput({ writeErr: () => undefined });
  const error: unknown = await program.parseAsync([...words], { from: 'user' }).catch((thrown) => thrown);
  return error instanceof Error ? error.message : 'nothing';
}

it.each([
  ['prospect list --sort nam', 'name'],
  ['message list --state sentt', 'sent'],
  ['blacklist list --kind emial', 'email'],
  ['completion bsh', 'bash'],
])('hector %s is asked whether %s was meant', async (words, meant) => {
  expect(meantChoice(await refusalOf(words.split(' ')))).toBe(`, did you mean "${meant}"?`);
});

it('guesses nothing that is not near, and nothing of other errors', async () => {
  expect(meantChoice(await refusalOf(['message', 'list', '--state', 'xyzzy']))).toBe('');
  expect(meantChoice("unknown option '--sorted'")).toBe('');
});
