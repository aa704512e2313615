/**
 * Why a row was refused, and what a person should look at in a row that was taken. Closed lists: the codes are
 * stable in JSON, the sentences are for people.
 */
export const REFUSALS = {
  no_way_to_reach: 'no valid e-mail address, phone number or LinkedIn profile',
  too_many_cells: 'more cells than columns: a delimiter inside a cell that is not quoted?',
  erased: 'erased at their request: nothing of them is kept, not even in the file of refused rows',
} as const;
export type Refusal = keyof typeof REFUSALS;

export const WARNINGS = {
  invalid_email: 'not an e-mail address: left out',
  several_emails: 'several e-mail addresses in a cell: the first valid one was taken',
  free_mail_address: 'a personal (free-mail) address: counts as a consumer',
  role_address: 'an address of a service (contact@, info@), not of a person',
  invalid_phone: 'not a phone number: left out',
  mangled_number: 'a number broken by a spreadsheet (6,12E+08): left out, not guessed',
  invalid_linkedin: 'no LinkedIn profile address: kept as custom.linkedin_url',
  invalid_siren: 'a SIREN that fails its check digit: left out',
  invalid_siret: 'a SIRET that fails its check digit: left out',
  siren_mismatch: 'SIREN and SIRET of different firms: the SIRET was left out',
  unknown_country: 'not a country name: kept as custom.country',
  unknown_language: 'neither French nor English: kept as custom.language',
  unknown_timezone: 'not a time zone: left out',
  unclear_date: 'not a date as JJ/MM/AAAA: kept as it is',
  no_name: 'a person without a name',
  too_few_cells: 'fewer cells than columns: the missing ones count as empty',
  control_characters: 'control characters were taken out of a cell',
  undecodable_characters: 'characters the encoding could not read',
  formula_cell:
    'a spreadsheet formula: no fact, left out; in other columns kept as text, disarmed in exports',
  matches_two_people: 'e-mail, LinkedIn or phone of two different people: neither was changed',
  same_address_other_name: 'an address already known under another name: merged all the same',
  kept_other_value: 'other values than those known: the known ones were kept (--update overwrites)',
  kept_blacklisted_address:
    'on the blacklist: the addresses they are there by were kept, or the no would be lost',
} as const;
export type Warning = keyof typeof WARNINGS;
