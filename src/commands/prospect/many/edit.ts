import type { Context } from '../../../context.ts';
import type { NewValues } from '../../../engine/import/edit.ts';
import { EVERYBODY } from '../../../engine/ports/people.ts';
import { usageError } from '../../../errors.ts';
import { printable } from '../../../io.ts';
import { readBasis } from '../facts/basis.ts';
import { unsetNames } from '../facts/options.ts';
import { type WantedFacts, wantedFlags } from '../facts/wanted.ts';
import { applyToMany } from './apply.ts';
import { type SelectOptions, selectPeople } from './select.ts';

export interface EditManyOptions extends SelectOptions, WantedFacts {
  yes?: boolean | undefined;
}

const HELP = 'hector prospect edit';
/** What belongs to one person, and decides how they are recognised. */
const THEIRS = ['email', 'linkedin', 'phone', 'mobile'];

/** The same facts for all of them; an address is one person's, and is refused. */
export async function editPeople(context: Context, options: EditManyOptions): Promise<void> {
  const values = await valuesOf(context, options);
  const selected = await selectPeople(context, options, HELP);
  const changes = await context.stores.peopleChanges();
  const now = context.now();
  await applyToMany(context, selected, {
    ...{ verb: 'edit', done: 'edited', where: ` (${Object.keys(values).join(', ')})` },
    ...{ help: `${HELP}${wantedFlags(options)}`, yes: options.yes === true },
    act: (ids) => changes.editAll(ids, values, now),
  });
}

async function valuesOf(context: Context, { facts, unset, legalBasis }: WantedFacts): Promise<NewValues> {
  const known = unset === null ? [] : await (await context.stores.people()).customFields(EVERYBODY);
  const forgotten =
    unset === null ? [] : unsetNames(unset, Object.fromEntries(known.map((key) => [key, ''])));
  const names = [...Object.keys(facts), ...forgotten];
  const address = names.find((name) => THEIRS.includes(name));
  if (address !== undefined)
    throw usageError(`${address} is one person's: edit them one by one`, `${HELP} --help`);
  if (names.length === 0 && legalBasis === null) throw usageError('what is to change?', `${HELP} --help`);
  const [{ typedValues }, { emptyFacts }, { country }] = await Promise.all([
    import('../../../engine/import/edit.ts'),
    import('../../../engine/import/draft.ts'),
    context.config(),
  ]);
  // Facts are read beside an address; this one is nobody's and goes nowhere.
  const somebody = { ...emptyFacts(), email: 'nobody@nowhere.example' };
  const typed = typedValues(somebody, facts, forgotten, country);
  if (!typed.ok) throw usageError(printable(typed.problem), `${HELP} --help`);
  return {
    ...Object.fromEntries(Object.entries(typed.values).filter(([name]) => names.includes(name))),
    ...(legalBasis === null ? {} : { legal_basis: readBasis(legalBasis) }),
  };
}
