import { prospectName } from '../../../engine/model.ts';
import type { EnrolmentView, PersonCard } from '../../../engine/ports/people.ts';
import { reasonWords } from '../../../engine/reason-words.ts';
import { type Column, printTable } from '../../../io/table.ts';
import { dateTimeIn, isoOrNull, untilTouch } from '../../../io/time.ts';
import { type Io, printable } from '../../../io.ts';
import { nextTouch, statusCodes, statusWords } from '../view.ts';
import { FACTS, factsOf } from './facts.ts';
import { printHistory } from './history.ts';
import type { CardZone, Known } from './known.ts';

/** All that is known of a person: on a terminal in one time zone, which is named; else in ISO times. */
export async function printCard(io: Io, card: PersonCard, known: Known, now: number): Promise<void> {
  const { id } = card.prospect;
  const heading = (text: string) => io.terminal && io.out(`\n${io.color.bold(text)}`);
  const when = (at: number): string =>
    io.terminal ? dateTimeIn(at, known.zone.name) : (isoOrNull(at) ?? '');
  if (io.terminal) {
    io.out(io.color.bold(printable(`#${id} ${prospectName(card.prospect)}`)));
    io.out(printable(zoneLine(known.zone)));
  }
  await printTable(io, FACTS, factsOf(card, known, when));
  if (card.enrolments.length > 0) {
    heading('Campaigns');
    await printTable(io, enrolmentColumns(io.terminal, when, now), card.enrolments);
    if (io.terminal) io.note(`Why, and what comes next: hector explain ${id}`);
  } else io.note('In no campaign.');
  if (card.blacklist.length > 0) {
    heading('Blacklisted: never contacted');
    await printTable(io, BLACKLIST, card.blacklist);
  }
  if (card.colleagues.all > 0) {
    heading('Colleagues in campaigns');
    await printTable(io, COLLEAGUES, card.colleagues.people);
    const more = card.colleagues.all - card.colleagues.people.length;
    if (more > 0) io.note(`and ${more} more of the same firm`);
  }
  if (card.history.length > 0) {
    heading('History');
    await printHistory(io, card.history, when);
  }
}

const zoneLine = ({ name, campaign }: CardZone): string =>
  `Times are in ${name}, the zone of ${campaign === null ? 'the workspace' : `the campaign ${campaign}`}.`;

const enrolmentColumns = (
  terminal: boolean,
  when: (at: number) => string,
  now: number,
): Column<EnrolmentView>[] => [
  {
    header: 'Campaign',
    wrap: true,
    value: ({ campaign, mode }) => (mode === 'rehearsal' ? `${campaign} (rehearsal)` : campaign),
  },
  { header: 'Status', whole: true, wrap: true, value: terminal ? statusWords : statusCodes },
  { header: 'Step', whole: true, wrap: true, value: ({ step }) => step },
  {
    header: 'Next',
    wrap: true,
    value: (enrolment) =>
      terminal
        ? nextTouch(enrolment, (at) => (at <= now ? '' : `${when(at)}, `) + untilTouch(at, now))
        : enrolment.nextAt && when(enrolment.nextAt),
  },
  {
    header: 'Because',
    whole: true,
    wrap: true,
    value: ({ hold, status }) =>
      status !== 'active' || hold === null ? null : terminal ? reasonWords(hold) : hold,
  },
];

const BLACKLIST: Column<PersonCard['blacklist'][number]>[] = [
  { header: 'Kind', whole: true, value: ({ kind }) => kind },
  { header: 'Value', wrap: true, value: ({ value }) => value },
  { header: 'Reason', wrap: true, value: ({ reason }) => reason },
  { header: 'By', wrap: true, value: ({ source }) => source },
];

const COLLEAGUES: Column<PersonCard['colleagues']['people'][number]>[] = [
  { header: 'Id', align: 'right', value: ({ id }) => id },
  { header: 'Name', whole: true, wrap: true, value: ({ name }) => name },
  { header: 'Title', wrap: true, value: ({ title }) => title },
  { header: 'Campaign', wrap: true, value: ({ campaign }) => campaign },
  { header: 'Status', whole: true, wrap: true, value: ({ status }) => status },
];
