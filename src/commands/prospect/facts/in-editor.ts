import type { Context } from '../../../context.ts';
import { factsForm, formAgain, readForm, typedForm } from '../../../engine/import/form.ts';
import type { TypedFacts } from '../../../engine/import/typed.ts';
import { PROSPECT_FIELDS, type Prospect, prospectName } from '../../../engine/model.ts';
import { failure, UserError, usageError } from '../../../errors.ts';
import { printable } from '../../../io.ts';

interface Wanted {
  facts: TypedFacts;
  unset: string[];
}

/**
 * All facts of a person in $EDITOR, opened again with what is wrong until they can be saved, or are left as they were.
 * @throws UserError in the end, with the file in which what was typed is kept
 */
export async function saveFromEditor<Saved>(
  context: Context,
  person: Prospect,
  save: (wanted: Wanted) => Promise<Saved>,
): Promise<Saved> {
  let typed = await context.prompter().edit(prospectName(person), factsForm(person));
  for (;;) {
    try {
      return await save(changedIn(typed, person));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      typed = await mended(context, person, typed, error.message);
    }
  }
}

/** @throws UserError where nothing was mended, or the editor failed: neither must lose what was typed */
async function mended(context: Context, person: Prospect, typed: string, problem: string): Promise<string> {
  let again: string;
  try {
    const form = formAgain(typed, printable(problem));
    again = typedForm(await context.prompter().edit(prospectName(person), form));
  } catch (error) {
    throw error instanceof UserError ? await kept(context, person, typed, error.message) : error;
  }
  if (again.trim() === typed.trim()) throw await kept(context, person, typed, problem);
  return again;
}

async function kept(context: Context, { id }: Prospect, typed: string, problem: string): Promise<UserError> {
  const { keepText } = await import('../../../io/editor.ts');
  const file = await keepText(context.workspace().root, `prospect-${id}`, typed);
  return failure(`${printable(problem)}; what was typed is in ${file}`, `hector prospect edit ${id}`);
}

/** What has been changed in the form, and nothing else: the rest may have changed meanwhile. */
function changedIn(text: string, person: Prospect): Wanted {
  const form = readForm(text);
  if (!form.ok) throw usageError(printable(form.problem), `hector prospect edit ${person.id}`);
  const known: Record<string, string | null> = {
    ...Object.fromEntries(PROSPECT_FIELDS.map((field) => [field, person[field]])),
    ...Object.fromEntries(Object.entries(person.custom).map(([key, value]) => [`custom.${key}`, value])),
  };
  const changed = Object.entries(form.values).filter(([name, value]) => value !== (known[name] ?? ''));
  return {
    facts: Object.fromEntries(changed.filter(([, value]) => value !== '')),
    unset: changed.filter(([, value]) => value === '').map(([name]) => name),
  };
}
