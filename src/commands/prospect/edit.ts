import type { Context } from '../../context.ts';
import { LEGAL_BASES } from '../../engine/gdpr/legal-basis.ts';
import { factsForm, readForm } from '../../engine/import/form.ts';
import type { TypedFacts } from '../../engine/import/typed.ts';
import { PROSPECT_FIELDS, type Prospect, prospectName } from '../../engine/model.ts';
import type { EditedPerson } from '../../engine/ports/people-changes.ts';
import { usageError } from '../../errors.ts';
import { type Column, printJson, printTable } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { readBasis } from './facts/basis.ts';
import { collect, FACT_FLAGS, typedFacts, unsetNames } from './facts/options.ts';
import type { WantedFacts } from './facts/wanted.ts';
import { manyWhereOption } from './filter.ts';
import { isMany } from './many/select.ts';
import { personNamed } from './view.ts';

export const command = (open: OpenContext) => {
  const edit = hectorCommand('edit', {
    summary: 'change what is known of a person',
    description:
      'Changes facts of a person, or of several, brought to the same form as by an import. Texts that were not sent yet are written anew, and dates are looked at again. On a terminal without any fact, all of them open in $EDITOR.',
    examples: [
      "hector prospect edit 12 --title 'Directrice financière' --mobile '06 12 34 56 78'",
      'hector prospect edit claire@ads.example --set secteur=Conseil --unset phone,notes',
      "hector prospect edit --where 'company=durand' --legal-basis contract --yes",
      '# all facts, in $EDITOR',
      'hector prospect edit 12',
    ],
  }).argument(
    '[prospects...]',
    'id, e-mail address, LinkedIn address or slug, phone number, or name; several; - for a list on stdin',
  );
  for (const { flags, help } of FACT_FLAGS) edit.option(flags, help);
  return edit
    .option('--set <name=value>', 'a custom field (repeatable)', collect, [])
    .option('--unset <names>', 'forget these facts, with commas between (repeatable)', collect, [])
    .option('--legal-basis <basis>', `what allows their data to be held: ${LEGAL_BASES.join(', ')}`)
    .addOption(manyWhereOption())
    .option('-y, --yes', 'do not ask, where there are several')
    .action(async (prospects, options) => {
      const { set, unset, where, yes } = options;
      const wanted = {
        facts: typedFacts(options, set),
        unset: unset.length === 0 ? null : unset.join(','),
        legalBasis: options.legalBasis ?? null,
      };
      const [prospect] = prospects;
      if (prospect !== undefined && !isMany({ prospects, where }))
        return editPersonFacts(open(options), { prospect, ...wanted });
      const { editPeople } = await import('./many/edit.ts');
      await editPeople(open(options), { prospects, where, yes, ...wanted });
    });
};

export interface EditOptions extends WantedFacts {
  prospect: string;
}

export async function editPersonFacts(context: Context, options: EditOptions): Promise<void> {
  const person = await personNamed(context, options.prospect);
  const wanted =
    Object.keys(options.facts).length === 0 && options.unset === null && options.legalBasis === null
      ? await inEditor(context, person)
      : {
          facts: options.facts,
          unset: options.unset === null ? [] : unsetNames(options.unset, person.custom),
        };
  const { country } = await context.config();
  const { typedValues } = await import('../../engine/import/edit.ts');
  const typed = typedValues(person, wanted.facts, wanted.unset, country);
  if (!typed.ok) throw usageError(printable(typed.problem), 'hector prospect edit --help');
  const basis = options.legalBasis === null ? {} : { legal_basis: readBasis(options.legalBasis) };
  const changes = await context.stores.peopleChanges();
  const edited = await changes.edit(person.id, { ...typed.values, ...basis }, context.now());
  await print(context, person, edited);
}

/** What has been changed in the form, and nothing else: the rest may have changed meanwhile. */
async function inEditor(context: Context, person: Prospect): Promise<{ facts: TypedFacts; unset: string[] }> {
  if (!context.io.interactive)
    throw usageError(
      'what is to change?',
      `hector prospect edit ${person.id} --title 'Directrice financière'`,
    );
  const form = readForm(await context.prompter().edit(prospectName(person), factsForm(person)));
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

interface Line {
  name: string;
  before: string | null;
  after: string | null;
}

const COLUMNS: Column<Line>[] = [
  { header: 'Fact', whole: true, value: ({ name }) => name },
  { header: 'Before', value: ({ before }) => before, wrap: true },
  { header: 'Now', value: ({ after }) => after, wrap: true },
];

async function print(context: Context, person: Prospect, edited: EditedPerson): Promise<void> {
  const { io } = context;
  const lines = Object.keys(edited.after).map((name) => ({
    name,
    before: edited.before[name] ?? null,
    after: edited.after[name] ?? null,
  }));
  const { id } = person;
  if (context.json)
    return printJson(io, {
      ...{ id, name: prospectName(person), texts_anew: edited.textsAnew },
      changed: lines,
      blacklisted_by: edited.suppressedBy,
    });
  if (lines.length === 0)
    return io.note(printable(`Nothing of ${prospectName(person)} (#${id}) is other than it was.`));
  await printTable(io, COLUMNS, lines);
  if (edited.textsAnew > 0)
    io.note(`Texts not sent yet, to be written anew with the new facts: ${edited.textsAnew}.`);
  if (edited.suppressedBy)
    io.warn(
      printable(
        `On the blacklist by ${edited.suppressedBy.kind} ${edited.suppressedBy.value}: stopped, and never contacted.`,
      ),
    );
}
