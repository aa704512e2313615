import type { ProspectField } from '../model.ts';

/** Facts that say when and by what way a person can be reached (place.ts, reach.ts): a change of one may change the next date. */
export const DECIDING_FACTS: readonly ProspectField[] = [
  'timezone',
  'zip',
  'country',
  'phone',
  'mobile',
  'email',
  'linkedin',
  'consent',
];
