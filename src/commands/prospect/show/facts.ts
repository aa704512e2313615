import type { StatedBasis } from '../../../engine/gdpr/legal-basis.ts';
import { PROSPECT_FIELDS } from '../../../engine/model.ts';
import type { KnownDisc } from '../../../engine/ports/disc.ts';
import type { PersonCard } from '../../../engine/ports/people.ts';
import { profileUrl } from '../../../engine/texts/linkedin.ts';
import type { Column } from '../../../io/table.ts';
import { flagsOf, reachable } from '../view.ts';
import type { Known } from './known.ts';

interface Fact {
  name: string;
  value: string;
}

export const FACTS: Column<Fact>[] = [
  { header: 'Fact', whole: true, wrap: true, value: ({ name }) => name },
  { header: 'Value', wrap: true, value: ({ value }) => value },
];

/** @param when how an instant is shown */
export function factsOf(card: PersonCard, { disc, basis }: Known, when: (at: number) => string): Fact[] {
  const { prospect } = card;
  const facts = PROSPECT_FIELDS.flatMap((name) => {
    const value = prospect[name];
    return value === null ? [] : [{ name, value: name === 'linkedin' ? profileUrl(value) : value }];
  });
  const custom = Object.entries(prospect.custom).map(([key, value]) => ({ name: `custom.${key}`, value }));
  const flags = flagsOf(card);
  return [
    ...facts,
    ...custom,
    ...(disc ? [{ name: 'DISC', value: proposalText(disc) }] : []),
    { name: 'reachable by', value: reachable(prospect) || 'nothing' },
    ...(flags.length > 0 ? [{ name: 'flags', value: flags.join(' ') }] : []),
    ...originsOf(card, basis, when),
  ];
}

const BASIS_FROM: Record<StatedBasis['from'], string> = {
  person: 'said for this person',
  list: 'as their list says',
  consent: 'they have consented',
  workspace: 'that of the workspace',
};

/** Where their data come from, what allows them to be held, and since when nothing was sent. */
function originsOf(card: PersonCard, basis: StatedBasis | null, when: (at: number) => string): Fact[] {
  const { importedBy, lastContactAt, createdAt } = card;
  const from = importedBy === null ? '' : `, import ${importedBy.id} ${importedBy.file}`;
  return [
    { name: 'added', value: `${when(createdAt)}${from}` },
    ...(basis === null ? [] : [{ name: 'legal basis', value: `${basis.basis} (${BASIS_FROM[basis.from]})` }]),
    { name: 'last contact', value: lastContactAt === null ? 'never' : when(lastContactAt) },
  ];
}

const proposalText = ({ profile, confidence, reason }: KnownDisc): string =>
  `${profile}, a proposal (${Math.round(confidence * 100)} %): ${reason}`;
