import type { Context } from '../../context.ts';
import { LEGAL_BASES } from '../../engine/gdpr/legal-basis.ts';
import type { TypedFacts } from '../../engine/import/typed.ts';
import { type Prospect, prospectName } from '../../engine/model.ts';
import type { EditedPerson } from '../../engine/ports/people-changes.ts';
import { usageError } from '../../errors.ts';
import { type Column, printJson, printTable } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { readBasis } from './facts/basis.ts';
import { saveFromEditor } from './facts/in-editor.ts';
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
  const edited = isNothing(options)
    ? await saveFromEditor(onTerminal(context, person), person, (wanted) => save(context, person, wanted))
    : await save(context, person, {
        facts: options.facts,
        unset: options.unset === null ? [] : unsetNames(options.unset, person.custom),
        legalBasis: options.legalBasis,
      });
  await print(context, person, edited);
}

const isNothing = ({ facts, unset, legalBasis }: WantedFacts): boolean =>
  Object.keys(facts).length === 0 && unset === null && legalBasis === null;

/** @throws UserError where there is nobody to type anything */
function onTerminal(context: Context, { id }: Prospect): Context {
  if (context.io.interactive) return context;
  throw usageError('what is to change?', `hector prospect edit ${id} --title 'Directrice financière'`);
}

interface Wanted {
  facts: TypedFacts;
  unset: readonly string[];
  /** As typed. */
  legalBasis?: string | null;
}

async function save(
  context: Context,
  person: Prospect,
  { facts, unset, legalBasis = null }: Wanted,
): Promise<EditedPerson> {
  const { country } = await context.config();
  const { typedValues } = await import('../../engine/import/edit.ts');
  const typed = typedValues(person, facts, unset, country);
  if (!typed.ok) throw usageError(printable(typed.problem), 'hector prospect edit --help');
  const basis = legalBasis === null ? {} : { legal_basis: readBasis(legalBasis) };
  const changes = await context.stores.peopleChanges();
  return changes.edit(person.id, { ...typed.values, ...basis }, context.now());
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
