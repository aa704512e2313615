import { Option } from '@commander-js/extra-typings';
import { PERSON_STATUSES, type PeopleFilter } from '../../engine/ports/people.ts';

export const campaignOption = () => new Option('--campaign <name>', 'only people of this campaign');

export const statusOption = () =>
  new Option('--status <status>', 'only people with this status (none: in no campaign)').choices(
    PERSON_STATUSES,
  );

export const filterOf = (options: {
  campaign?: string | undefined;
  status?: PeopleFilter['status'] | undefined;
  q?: string | undefined;
  company?: string | undefined;
}): PeopleFilter => ({
  campaign: options.campaign ?? null,
  status: options.status ?? null,
  text: options.q ?? null,
  company: options.company ?? null,
});
