import type { Context } from '../../context.ts';
import { LEGAL_BASES, type LegalBasis } from '../../engine/gdpr/legal-basis.ts';
import { WARNINGS } from '../../engine/import/codes.ts';
import type { TypedFacts } from '../../engine/import/typed.ts';
import { prospectName } from '../../engine/model.ts';
import { LEFT_OUT, type LeftOut } from '../../engine/ports/campaigns.ts';
import type { PersonCard } from '../../engine/ports/people.ts';
import { EXIT, failure, usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { askFacts } from './facts/ask.ts';
import { readBasis } from './facts/basis.ts';
import { collect, FACT_FLAGS, typedFacts } from './facts/options.ts';
import { type AddedPerson, addProspect, enrolAdded } from './facts/take.ts';
import { personJson } from './view.ts';

export const command = (open: OpenContext) => {
  const add = hectorCommand('add', {
    summary: 'add a person by hand',
    description:
      'Adds one person, as an import of one row would: values are brought to one form, and whoever is known already is completed. On a terminal it asks for what is missing.',
    examples: [
      "hector prospect add --name 'Claire Durand' --email claire@ads.example --company 'Ateliers Durand'",
      "hector prospect add --linkedin linkedin.com/in/claire-durand-000 --campaign 'PME Ouest'",
      '# asks',
      'hector prospect add',
    ],
  }).option('--name <text>', 'first and last name, which are told apart');
  for (const { flags, help } of FACT_FLAGS) add.option(flags, help);
  return add
    .option('--set <name=value>', 'a custom field (repeatable)', collect, [])
    .option('--legal-basis <basis>', `what allows their data to be held: ${LEGAL_BASES.join(', ')}`)
    .option('--campaign <name>', 'enrol the person into this campaign')
    .option('--again', 'with --campaign: even if they have had its scenario before')
    .option('--update', 'let it overwrite what is known; else it only fills what is empty')
    .option('-y, --yes', 'do not ask whether to complete a person who is known already')
    .action(async (options) => {
      const { set, campaign, update, yes, name } = options;
      const facts = { ...typedFacts(options, set), ...(name === undefined ? {} : { full_name: name }) };
      if (options.again && campaign === undefined)
        throw usageError('--again goes with --campaign', 'hector prospect add --help');
      const flags = { update: update === true, yes: yes === true, again: options.again === true };
      const legalBasis = options.legalBasis === undefined ? null : readBasis(options.legalBasis);
      await addPerson(open(options), { facts, campaign: campaign ?? null, legalBasis, ...flags });
    });
};

export interface AddPersonOptions {
  facts: TypedFacts;
  campaign: string | null;
  /** Null or left out: not said. */
  legalBasis?: LegalBasis | null;
  /** Even if they have had the campaign's scenario before. */
  again?: boolean;
  update: boolean;
  yes: boolean;
}

const ADDRESSES = ['email', 'linkedin', 'phone', 'mobile'];

export async function addPerson(context: Context, options: AddPersonOptions): Promise<void> {
  const { campaign, update } = options;
  // Enrolling nobody tells whether the campaign is there, before anybody is added.
  if (campaign !== null) await (await context.stores.enroller()).enrol(campaign, [], context.now());
  const facts = await completed(context, options.facts);
  const known = await addProspect(context, facts, { update, dryRun: true });
  if (known.warnings.includes('matches_two_people'))
    throw failure(
      'these addresses are of two different people: neither was changed',
      `hector prospect show ${known.prospectId}`,
    );
  if (known.result !== 'new' && !(await mayComplete(context, known, options))) {
    context.io.note('Nothing was added.');
    return;
  }
  const added = await addProspect(context, facts, { update, dryRun: false });
  await giveBasis(context, added.prospectId, options);
  const too = { answered: false, again: options.again === true };
  const leftOut = campaign === null ? null : await enrolAdded(context, added.prospectId, campaign, too);
  if (leftOut !== null && leftOut !== 'already_enrolled') context.exitCode = EXIT.failed;
  await report(context, added, { campaign, leftOut });
}

async function completed(context: Context, facts: TypedFacts): Promise<TypedFacts> {
  if (ADDRESSES.some((field) => facts[field] !== undefined)) return facts;
  if (context.io.interactive) return askFacts(context, facts, (await context.config()).country);
  throw usageError(
    'an e-mail address, a LinkedIn profile or a phone number is needed',
    'hector prospect add --email claire@ads.example',
  );
}

/** As with other facts: one that is known is overwritten only with `update`. */
async function giveBasis(
  context: Context,
  prospectId: number,
  { legalBasis = null, update }: AddPersonOptions,
): Promise<void> {
  if (legalBasis === null) return;
  const known = (await (await context.stores.people()).card(prospectId)).legalBasis;
  if (known !== null && !update) return;
  await (await context.stores.peopleChanges()).edit(prospectId, { legal_basis: legalBasis }, context.now());
}

/** On a terminal a person says whether it is the same one; scripts complete people as an import does. */
async function mayComplete(
  context: Context,
  known: AddedPerson,
  { yes, update }: AddPersonOptions,
): Promise<boolean> {
  if (yes || known.result === 'unchanged' || !context.io.interactive) return true;
  const { prospect } = await (await context.stores.people()).card(known.prospectId);
  const who = [prospectName(prospect), prospect.title, prospect.company].filter(Boolean).join(', ');
  const what = update ? 'Overwrite what is known with this?' : 'Complete what is empty with this?';
  return context.prompter().confirm(printable(`Known already: #${prospect.id} ${who}. ${what}`));
}

const DONE = { new: 'added', updated: 'known already, and completed', unchanged: 'known already' } as const;

interface Enrolled {
  campaign: string | null;
  leftOut: LeftOut | null;
}

async function report(context: Context, added: AddedPerson, enrolled: Enrolled): Promise<void> {
  const card = await (await context.stores.people()).card(added.prospectId);
  if (context.json) return printJson(context.io, addedJson(added, card, enrolled));
  const { io } = context;
  const { campaign, leftOut } = enrolled;
  const name = prospectName(card.prospect) || card.prospect.email || '';
  io.out(printable(`${name} (#${card.prospect.id}) is ${DONE[added.result]}.`));
  for (const warning of added.warnings) io.warn(sentence(warning));
  if (card.suppressedBy)
    io.warn(
      printable(`On the blacklist by ${card.suppressedBy.kind} ${card.suppressedBy.value}: never contacted.`),
    );
  if (added.textsAnew > 0) io.note(`Texts not sent yet, to be written anew: ${added.textsAnew}.`);
  if (leftOut) io.warn(printable(`Not enrolled in ${campaign}: ${LEFT_OUT[leftOut]}.`));
  else if (campaign !== null) io.note(printable(`Enrolled in ${campaign}. Next: hector tick --dry-run`));
  if (added.result !== 'unchanged')
    io.note(`To take it back: hector prospect import --undo ${added.importId}`);
}

function sentence(warning: string): string {
  return Object.entries(WARNINGS).find(([code]) => code === warning)?.[1] ?? warning;
}

/** Stable keys: docs/json.md. */
const addedJson = (added: AddedPerson, card: PersonCard, { campaign, leftOut }: Enrolled) => ({
  result: added.result,
  import_id: added.importId,
  warnings: added.warnings,
  texts_anew: added.textsAnew,
  enrolled: campaign === null ? null : leftOut === null,
  left_out: leftOut,
  prospect: personJson(card),
});
