import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../../../context.ts';
import { type TypedFacts, typedPersonText } from '../../../engine/import/typed-person.ts';
import { usageError } from '../../../errors.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import { problemOf as problemOfFact } from '../../prospect/facts/ask.ts';
import { importProspects } from '../../prospect/import.ts';
import { candidates, parseFrom, parsePerson, wholeFrom } from '../people.ts';
import { askChoice, askLine, askOptional, problemOf } from './ask.ts';
import { rowsByHand } from './enrol.ts';
import type { Question } from './question.ts';
import { takenFrom } from './take-lists.ts';
import type { Wizard } from './wizard.ts';

/** Step 3. */
export const PEOPLE_QUESTIONS: readonly Question[] = [{ step: 3, gives: 'from', ask: askPeople }];

type Choice = 'done' | 'file' | 'hand' | 'campaign' | 'where' | 'all' | 'remove';

/** Source after source, until the person goes on. */
async function askPeople(wizard: Wizard): Promise<boolean> {
  const { context } = wizard;
  for (;;) {
    const chosen = sourcesOf(wizard);
    for (const source of chosen) context.io.note(printable(`  ${source.name}`));
    const answer = await askChoice<Choice>(
      context,
      chosen.length === 0 ? 'Who is in it?' : 'Who else?',
      choices(chosen.length),
      chosen.length === 0 ? undefined : 'done',
    );
    if (answer === null) return false;
    if (answer === 'done') {
      await wizard.keep({ from: wizard.answers.from ?? [] });
      return true;
    }
    const problem = await problemOf(() => ASK[answer](wizard));
    if (problem !== null) context.io.warn(problem);
  }
}

const choices = (chosen: number): { name: string; value: Choice }[] => [
  ...(chosen > 0 ? [{ name: 'nobody else: go on', value: 'done' as const }] : []),
  { name: 'a list: a CSV file', value: 'file' },
  { name: 'somebody by hand', value: 'hand' },
  { name: 'the people of another campaign', value: 'campaign' },
  { name: 'a filter, such as status=replied company=Durand', value: 'where' },
  { name: 'everybody in the base', value: 'all' },
  ...(chosen > 0
    ? [{ name: 'take one of these out', value: 'remove' as const }]
    : [{ name: 'nobody yet: import a list later', value: 'done' as const }]),
];

const sourcesOf = ({ answers: { from = [], person = [] } }: Wizard) => [
  ...from.map((text) => ({ name: text, text, by: 'from' as const })),
  ...person.map((text) => ({ name: `by hand: ${text}`, text, by: 'person' as const })),
];

const ASK: Record<Exclude<Choice, 'done'>, (wizard: Wizard) => Promise<void>> = {
  file: askFile,
  hand: askByHand,
  campaign: askCampaign,
  where: askWhere,
  all: async (wizard) => addBase(wizard, 'all'),
  remove: askRemoval,
};

async function add(wizard: Wizard, text: string): Promise<void> {
  const { from = [] } = wizard.answers;
  const whole = wholeFrom(text, wizard.context.cwd);
  if (!from.includes(whole)) await wizard.keep({ from: [...from, whole] });
}

/** People of the base: says how many. @throws UserError for what there is not */
async function addBase(wizard: Wizard, text: string): Promise<void> {
  const { context } = wizard;
  const people = await candidates(context, [parseFrom(text, context.cwd, context.now())]);
  context.io.note(`${counted(people.length, 'person', 'people')} found.`);
  if (people.length > 0) await add(wizard, text);
}

/** Read as an import would, and nothing of it stored before the launch. */
async function askFile(wizard: Wizard): Promise<void> {
  const { context } = wizard;
  const path = await askLine(context, 'File', {
    standing: '',
    check: (typed) => refuseNoFile(context, typed),
  });
  if (path === null) return;
  const { counts } = await importProspects(context, path, { dryRun: true, part: 'table' });
  if (takenFrom(counts) === 0) throw usageError('nobody in it can be taken in');
  context.io.note('It is imported at the launch; until then nothing of it is stored.');
  await add(wizard, path);
}

function refuseNoFile(context: Context, typed: string): void {
  if (typed === '') throw usageError('a file name, or < to go back');
  if (!existsSync(resolve(context.cwd, typed))) throw usageError(`no file "${typed}"`);
  const source = parseFrom(typed, context.cwd, context.now());
  if (source.kind !== 'file') throw usageError(`"${typed}" is no file`);
}

async function askCampaign(wizard: Wizard): Promise<void> {
  const { context } = wizard;
  const campaigns = await (await context.stores.campaigns()).list();
  if (campaigns.length === 0) throw usageError('there is no other campaign yet');
  const name = await askChoice(
    context,
    'Which campaign?',
    campaigns.map((each) => ({
      name: printable(`${each.name} (${counted(each.people, 'person', 'people')}, ${each.status})`),
      value: each.name,
    })),
  );
  if (name !== null) await addBase(wizard, `campaign:${name}`);
}

async function askWhere(wizard: Wizard): Promise<void> {
  const { context } = wizard;
  const text = await askLine(context, 'Filter', {
    standing: '',
    check: async (typed) => candidates(context, [parseFrom(`where:${typed}`, context.cwd, context.now())]),
  });
  if (text !== null) await addBase(wizard, `where:${text}`);
}

const FACTS = [
  ['first_name', 'First name'],
  ['last_name', 'Last name'],
  ['company', 'Firm'],
  ['title', 'Title'],
  ['email', 'E-mail'],
  ['linkedin', 'LinkedIn profile'],
  ['mobile', 'Mobile'],
] as const;

/** Asked again from here on where nothing that was typed reaches the person. */
const FIRST_ADDRESS = FACTS.findIndex(([field]) => field === 'email');

/** Fact by fact, backwards as well; back from the first one gives the person up. */
async function askByHand(wizard: Wizard): Promise<void> {
  const { context } = wizard;
  const facts: TypedFacts = {};
  const { country } = await context.config();
  for (let index = 0; index < FACTS.length; ) {
    const [field, label] = FACTS[index] ?? FACTS[0];
    const typed = await askOptional(context, label, {
      standing: facts[field] ?? '',
      async check(typed) {
        const problem = await problemOfFact(field, typed.trim(), country);
        if (problem !== null) throw usageError(problem);
      },
    });
    if (typed === null && index === 0) return;
    if (typed !== null) facts[field] = typed;
    index += typed === null ? -1 : 1;
    const problem = index < FACTS.length ? null : await problemOf(() => keepPerson(wizard, facts));
    if (problem === null) continue;
    context.io.warn(problem);
    index = FIRST_ADDRESS;
  }
}

async function keepPerson(wizard: Wizard, facts: TypedFacts): Promise<void> {
  const text = typedPersonText(facts);
  if (text === '') throw usageError('nothing is known of them yet: an address is needed');
  await rowsByHand(wizard.context, [parsePerson(text)]);
  const { person = [] } = wizard.answers;
  if (!person.includes(text)) await wizard.keep({ person: [...person, text] });
}

async function askRemoval(wizard: Wizard): Promise<void> {
  const sources = sourcesOf(wizard);
  const chosen = await askChoice(
    wizard.context,
    'Take out',
    sources.map(({ name }, index) => ({ name: printable(name), value: String(index) })),
  );
  const source = chosen === null ? undefined : sources[Number(chosen)];
  if (!source) return;
  const { from = [], person = [] } = wizard.answers;
  await wizard.keep(
    source.by === 'from'
      ? { from: from.filter((text) => text !== source.text) }
      : { person: person.filter((text) => text !== source.text) },
  );
}
