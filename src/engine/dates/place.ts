import type { ProspectFacts } from '../model.ts';

/** Where a person is: an IANA zone for clock times, and a holiday region (`FR`, `FR-67`, `RE`, `BE` ...). */
export interface Place {
  zone: string;
  region: string;
}

/** Overseas departments and territories: own zone and holidays, and a phone prefix that gives them away. */
const OVERSEAS: readonly { region: string; zone: string; zip: string; phone: string }[] = [
  { region: 'GP', zone: 'America/Guadeloupe', zip: '971', phone: '+590' },
  { region: 'MQ', zone: 'America/Martinique', zip: '972', phone: '+596' },
  { region: 'GF', zone: 'America/Cayenne', zip: '973', phone: '+594' },
  // +262 is shared with Mayotte; only the postal code or the country tells them apart.
  { region: 'PM', zone: 'America/Miquelon', zip: '975', phone: '+508' },
  { region: 'BL', zone: 'America/St_Barthelemy', zip: '977', phone: '+590' },
  { region: 'MF', zone: 'America/Marigot', zip: '978', phone: '+590' },
  { region: 'WF', zone: 'Pacific/Wallis', zip: '986', phone: '+681' },
  { region: 'PF', zone: 'Pacific/Tahiti', zip: '987', phone: '+689' },
  { region: 'NC', zone: 'Pacific/Noumea', zip: '988', phone: '+687' },
  { region: 'RE', zone: 'Indian/Reunion', zip: '974', phone: '+262' },
  { region: 'YT', zone: 'Indian/Mayotte', zip: '976', phone: '+262' },
];

/** Neighbours whose working day differs by holidays or zone; elsewhere the campaign's zone is used. */
const COUNTRY_ZONES: Readonly<Record<string, string>> = {
  FR: 'Europe/Paris',
  BE: 'Europe/Brussels',
  CH: 'Europe/Zurich',
  LU: 'Europe/Luxembourg',
  MC: 'Europe/Monaco',
  DE: 'Europe/Berlin',
  ES: 'Europe/Madrid',
  IT: 'Europe/Rome',
  NL: 'Europe/Amsterdam',
  PT: 'Europe/Lisbon',
  GB: 'Europe/London',
  IE: 'Europe/Dublin',
  MA: 'Africa/Casablanca',
  TN: 'Africa/Tunis',
};

/** Alsace-Moselle has Good Friday and 26 December (local law, articles L3134-13 and following). */
const LOCAL_LAW_ZIP = /^(57|67|68)\d{3}$/;

type PlaceFacts = Pick<ProspectFacts, 'timezone' | 'country' | 'zip' | 'phone' | 'mobile'>;

/** The person's own time zone, else overseas postal code or phone prefix, else country, else the campaign's. */
export function placeOf(prospect: PlaceFacts, campaign: Place): Place {
  const found = overseas(prospect) ?? byCountry(prospect) ?? campaign;
  const region = regionOf(prospect, found.region);
  return { zone: prospect.timezone ?? found.zone, region };
}

function overseas(prospect: PlaceFacts): Place | undefined {
  const { zip, country } = prospect;
  const phone = prospect.mobile ?? prospect.phone;
  return (
    OVERSEAS.find((place) => place.region === country) ??
    (zip && (country === null || country === 'FR')
      ? OVERSEAS.find((place) => zip.startsWith(place.zip))
      : undefined) ??
    (phone && !zip ? OVERSEAS.find((place) => phone.startsWith(place.phone)) : undefined)
  );
}

function byCountry(prospect: PlaceFacts): Place | undefined {
  const zone = prospect.country ? COUNTRY_ZONES[prospect.country] : undefined;
  return zone && prospect.country ? { zone, region: prospect.country } : undefined;
}

const regionOf = (prospect: PlaceFacts, region: string): string =>
  region === 'FR' && prospect.zip && LOCAL_LAW_ZIP.test(prospect.zip)
    ? `FR-${prospect.zip.slice(0, 2)}`
    : region;
