import { parseTypedPerson } from '../import/typed-person.ts';
import { type Traces, withoutTraces } from './traces.ts';

/** The lists of people in the answers of a draft (engine/ports/campaign-drafts.ts). */
const LISTS = ['from', 'person'];

/** Whether a person of theirs is in this draft: by a whole address, in its people or its objective. */
export const isInDraft = (answers: unknown, traces: Traces): boolean =>
  JSON.stringify(draftWithout(answers, traces)) !== JSON.stringify(answers);

/** The draft without these people. Its name, sender and settings are not about them, and stay. */
export function draftWithout(answers: unknown, traces: Traces): unknown {
  if (typeof answers !== 'object' || answers === null) return answers;
  return Object.fromEntries(
    Object.entries(answers).map(([key, value]): [string, unknown] => {
      if (LISTS.includes(key) && Array.isArray(value))
        return [key, value.filter((each) => !isAbout(each, traces))];
      if (key === 'objective' && typeof value === 'string') return [key, withoutTraces(value, traces)];
      return [key, value];
    }),
  );
}

function isAbout(text: unknown, traces: Traces): boolean {
  if (typeof text !== 'string') return false;
  if (withoutTraces(text, traces) !== text) return true;
  const typed = parseTypedPerson(text);
  if (!typed.ok) return false;
  const { linkedin, phone, mobile } = typed.value;
  return (
    (linkedin !== undefined && traces.slugs.has(linkedin.toLowerCase())) ||
    [phone, mobile].some((number) => number !== undefined && isSameNumber(number, traces))
  );
}

/** As it was typed, `06 12 34 56 78`: the digits behind the zero are those of the whole number. */
function isSameNumber(typed: string, { addresses }: Traces): boolean {
  const digits = typed.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= 8 && [...addresses].some((each) => /^\+/.test(each) && each.endsWith(digits));
}
