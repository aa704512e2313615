import { Option } from '@commander-js/extra-typings';
import { CHANNELS } from '../../engine/model.ts';
import { EVERYBODY, PEOPLE_SORTS, PERSON_STATUSES, type PeopleFilter } from '../../engine/ports/people.ts';
import { parseWhere } from '../../engine/where.ts';
import { usageError } from '../../errors.ts';
import { printable } from '../../io.ts';
import type { hectorCommand } from '../command.ts';

/** What prospect list and prospect export take; `filterOf` reads it. */
export const addFilters = (command: ReturnType<typeof hectorCommand>) =>
  command
    .option('--campaign <name>', 'only people of this campaign')
    .addOption(
      new Option('--status <status>', 'only people with this status (none: in no campaign)').choices(
        PERSON_STATUSES,
      ),
    )
    .option('--step <id>', 'only people for whom this step comes next')
    .addOption(new Option('--channel <channel>', 'only people whose next step goes by it').choices(CHANNELS))
    .addOption(
      new Option('--replied [yes or no]', 'only people who have answered, or have not').choices([
        'yes',
        'no',
      ]),
    )
    .option(
      '--stuck',
      'only people whom nothing moves on: held by a fault, due for an hour with no tick, or a task of three days',
    )
    .option('--company <text>', 'part of the company name')
    .option('--q <text>', 'part of a name, company, title or e-mail address')
    .option(
      '--where <filters>',
      'several at once, such as \'status=active company="Durand SA" tag=vip\'; also source, import, has, lacks',
    );
export const manyWhereOption = () =>
  new Option('--where <filters>', "everybody like that, such as 'campaign=Printemps status=active'");
export const sortOption = () =>
  new Option('--sort <by>', 'what comes first (default: id)').choices(PEOPLE_SORTS);

interface FilterOptions {
  campaign?: string | undefined;
  status?: PeopleFilter['status'] | undefined;
  step?: string | undefined;
  channel?: PeopleFilter['channel'] | undefined;
  replied?: 'yes' | 'no' | true | undefined;
  stuck?: boolean | undefined;
  company?: string | undefined;
  q?: string | undefined;
  where?: string | undefined;
}

/** All of it must hold. @throws UserError for what --where does not know, and for what is asked twice */
export function filterOf(options: FilterOptions): PeopleFilter {
  const filter = options.where === undefined ? EVERYBODY : whereFilter(options.where);
  const given: Partial<PeopleFilter> = {
    ...(options.campaign === undefined ? {} : { campaign: options.campaign }),
    ...(options.status ? { status: options.status } : {}),
    ...(options.step === undefined ? {} : { step: options.step }),
    ...(options.channel ? { channel: options.channel } : {}),
    ...(options.replied === undefined ? {} : { replied: options.replied !== 'no' }),
    ...(options.stuck ? { stuck: true } : {}),
    ...(options.company === undefined ? {} : { company: options.company }),
    ...(options.q === undefined ? {} : { text: options.q }),
  };
  const standing: Record<string, unknown> = { ...filter };
  const twice = Object.entries(given).find(
    ([key, value]) => standing[key] !== null && standing[key] !== false && standing[key] !== value,
  );
  if (twice) throw usageError(`${twice[0]} is asked twice, in --where and beside it`, 'hector prospect list');
  return { ...filter, ...given };
}

/** @throws UserError in one line, with what was meant */
export function whereFilter(text: string): PeopleFilter {
  const where = parseWhere(text);
  if (where.ok) return where.filter;
  throw usageError(`--where: ${printable(where.problem)}`, 'hector prospect list --help');
}
