import { describe, expect, it } from 'vitest';
import { placeOf } from '../../src/engine/dates/place.ts';

const CAMPAIGN = { zone: 'Europe/Paris', region: 'FR' };
const NOBODY = { timezone: null, country: null, zip: null, phone: null, mobile: null };

describe('where a person is', () => {
  it.each([
    ['nothing known: where the campaign is', {}, 'Europe/Paris', 'FR'],
    ['their own column wins', { timezone: 'Indian/Reunion', country: 'FR' }, 'Indian/Reunion', 'FR'],
    ['an overseas postal code', { zip: '97400' }, 'Indian/Reunion', 'RE'],
    [
      'Mayotte shares its phone prefix, not its postal code',
      { zip: '97600', phone: '+262269000000' },
      'Indian/Mayotte',
      'YT',
    ],
    ['Nouméa, half a world away', { zip: '98800' }, 'Pacific/Noumea', 'NC'],
    ['Tahiti by its phone', { mobile: '+68987123456' }, 'Pacific/Tahiti', 'PF'],
    ['Saint-Pierre-et-Miquelon by its country', { country: 'PM' }, 'America/Miquelon', 'PM'],
    ['an overseas phone', { mobile: '+590690112233' }, 'America/Guadeloupe', 'GP'],
    [
      'a postal code in the metropolis beats an overseas phone',
      { zip: '69003', mobile: '+590690112233' },
      'Europe/Paris',
      'FR',
    ],
    ['Belgium has its own holidays', { country: 'BE' }, 'Europe/Brussels', 'BE'],
    ['a Belgian postal code is no French one', { country: 'BE', zip: '9710' }, 'Europe/Brussels', 'BE'],
    ['Strasbourg has two more holidays', { zip: '67000' }, 'Europe/Paris', 'FR-67'],
    ['a country without a table keeps the campaign’s zone', { country: 'JP' }, 'Europe/Paris', 'FR'],
  ])('%s', (_, facts, zone, region) => {
    expect(placeOf({ ...NOBODY, ...facts }, CAMPAIGN)).toEqual({ zone, region });
  });
});
