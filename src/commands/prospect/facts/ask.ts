import type { Context } from '../../../context.ts';
import type { TypedFacts } from '../../../engine/import/typed.ts';
import { printable } from '../../../io.ts';

/** What is asked for, in this order; the rest by flags, or later with `prospect edit`. */
const QUESTIONS: readonly (readonly [field: string, question: string])[] = [
  ['full_name', 'Name'],
  ['email', 'E-mail address'],
  ['linkedin', 'LinkedIn profile'],
  ['mobile', 'Mobile phone'],
  ['company', 'Firm'],
  ['title', 'What they do there'],
  ['source', 'Where their data come from'],
];
const NAMES = ['full_name', 'first_name', 'last_name'];

/** Asks for what was not given; an empty answer leaves a fact out. Each answer is checked as an import would. */
export async function askFacts(context: Context, given: TypedFacts, home: string): Promise<TypedFacts> {
  const facts: Record<string, string> = { ...given };
  context.io.note('Enter passes a question over.');
  for (const [field, question] of QUESTIONS) {
    const known = NAMES.includes(field) ? NAMES : [field];
    if (known.some((each) => facts[each] !== undefined)) continue;
    const answer = await context.prompter().input(question, {
      standing: '',
      check: (typed) => problemOf(field, typed, home),
    });
    if (answer !== '') facts[field] = answer;
  }
  return facts;
}

/** Alone with an address that is there: whether anything else reaches the person is seen in the end. */
export async function problemOf(field: string, typed: string, home: string): Promise<string | null> {
  if (typed === '') return null;
  const beside = field === 'email' ? { linkedin: 'nobody-at-all' } : { email: 'nobody@nowhere.example' };
  const { readTyped } = await import('../../../engine/import/typed.ts');
  const read = readTyped({ ...beside, [field]: typed }, home);
  return read.ok ? null : printable(read.problem);
}
