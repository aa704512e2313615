import { describe, expect, it } from 'vitest';
import { readCell } from '../../src/engine/import/cell.ts';
import { readCivility } from '../../src/engine/import/civility.ts';
import { companyKey, phoneKey } from '../../src/engine/import/company-key.ts';
import { readCountry } from '../../src/engine/import/country.ts';
import { isDateColumn, readDate } from '../../src/engine/import/date.ts';
import { readEmail } from '../../src/engine/import/email.ts';
import { customKey, fold } from '../../src/engine/import/fold.ts';
import { isFreeMail, isRoleAddress } from '../../src/engine/import/free-mail.ts';
import { readLanguage } from '../../src/engine/import/language.ts';
import { readLinkedin, readProfile } from '../../src/engine/import/linkedin.ts';
import { isMangledNumber, readSiren, readSiret } from '../../src/engine/import/siren.ts';
import { readWebsite } from '../../src/engine/import/website.ts';

describe('e-mail', () => {
  it.each([
    [' Claire.DURAND@Ateliers.Example ', 'claire.durand@ateliers.example'],
    ['mailto:a@b.fr', 'a@b.fr'],
    ['mailto:a@b.fr?subject=Bonjour', 'a@b.fr'],
    ['<a@b.fr>', 'a@b.fr'],
    ['Claire Durand <a@b.fr>', 'a@b.fr'],
    ['a@b.fr.', 'a@b.fr'],
    ["o'neil+x@b-c.co.uk", "o'neil+x@b-c.co.uk"],
    ['hélène@société.fr', 'hélène@société.fr'],
    ['a@xn--socit-esab.fr', 'a@xn--socit-esab.fr'],
  ])('%s is %s', (text, email) => expect(readEmail(text)).toEqual({ email, problem: null }));

  it.each([
    'pas d’email',
    'a@b',
    'a@b..fr',
    '.a@b.fr',
    'a..b@c.fr',
    'a@-b.fr',
    'a@b.c',
    'a b@c',
    '@b.fr',
    'a@192.168.0.1',
    `${'x'.repeat(65)}@b.fr`,
    `a@${'x'.repeat(64)}.fr`,
    '"a b"@c.fr',
  ])('%s is none', (text) => expect(readEmail(text)).toEqual({ email: null, problem: 'invalid_email' }));

  it('a cell full of what surrounds addresses takes no longer than others', () => {
    for (const filling of [')', ' ', '?', '. '])
      expect(readEmail(`${filling.repeat(200_000)}\nx`).problem).toBe('invalid_email');
  });

  it('of several the first valid one is taken, and said', () => {
    expect(readEmail('nope ; a@b.fr ; c@d.fr')).toEqual({ email: 'a@b.fr', problem: 'several_emails' });
  });

  it('knows personal domains and addresses of services', () => {
    expect(['gmail.com', 'orange.fr', 'laposte.net'].every(isFreeMail)).toBe(true);
    expect(isFreeMail('ateliersdurand.example')).toBe(false);
    expect(
      ['contact@a.fr', 'info@a.fr', 'rh@a.fr', 'commercial@a.fr', 'contact.lyon@a.fr'].every(isRoleAddress),
    ).toBe(true);
    expect(['claire@a.fr', 'info.durand@a.fr', 'marie.contact@a.fr'].some(isRoleAddress)).toBe(false);
  });
});

describe('LinkedIn', () => {
  it.each([
    ['https://www.linkedin.com/in/Claire-Durand-000/', 'claire-durand-000'],
    ['linkedin.com/in/claire-durand-000', 'claire-durand-000'],
    ['http://fr.linkedin.com/in/claire-durand-000?trk=x#y', 'claire-durand-000'],
    ['https://www.linkedin.com/in/h%C3%A9l%C3%A8ne-durand/fr', 'hélène-durand'],
    ['/in/claire-durand-000', 'claire-durand-000'],
    ['claire-durand-000', 'claire-durand-000'],
  ])('%s is the profile %s', (text, slug) => expect(readProfile(text)).toEqual({ kind: 'profile', slug }));

  it.each([
    'https://www.linkedin.com/sales/lead/ACwAAB,NAME_SEARCH',
    'https://lnkd.in/abc',
    'https://evil.example/linkedin.com/in/x',
    'https://notlinkedin.com/in/x',
    'voir plus tard',
    'https://www.linkedin.com/in/%E0%A4%A',
  ])('%s is no profile', (text) => expect(readProfile(text)).toEqual({ kind: 'other' }));

  it('a company page is one', () => {
    expect(readLinkedin('https://www.linkedin.com/company/Ateliers-Durand/about')).toEqual({
      kind: 'company',
      slug: 'ateliers-durand',
    });
  });
});

describe('SIREN and SIRET', () => {
  it.each(['726018153', '726 018 153', '726.018.153', 'SIREN 726 018 153', 'RCS Lyon 726018153'])(
    '%s',
    (text) => expect(readSiren(text)).toBe('726018153'),
  );
  it.each(['726018154', '72601815', '7260181531', 'néant', '000000000'])('%s fails', (text) =>
    expect(readSiren(text)).toBeNull(),
  );

  it.each([
    ['732 829 320 00074', '73282932000074'],
    ['35600000000048', '35600000000048'],
    // La Poste: Luhn fails, the sum of digits is a multiple of five.
    ['35600000049837', '35600000049837'],
  ])('SIRET %s', (text, siret) => expect(readSiret(text)).toBe(siret));
  it.each(['73282932000075', '35600000049838', '726018153'])('SIRET %s fails', (text) =>
    expect(readSiret(text)).toBeNull(),
  );

  it('knows what a spreadsheet has broken', () => {
    expect(['7,26018E+08', '4.83017E+13'].every(isMangledNumber)).toBe(true);
    expect(isMangledNumber('726018153')).toBe(false);
  });
});

describe('dates', () => {
  it.each([
    ['05/02/2026', '2026-02-05'],
    ['5/2/26', '2026-02-05'],
    ['05.02.2026', '2026-02-05'],
    ['29/02/2028', '2028-02-29'],
    ['07 Nov 2026', '2026-11-07'],
    ['2026-10-01 10:00', '2026-10-01 10:00'],
    ['05/02/2026 9:30', '2026-02-05T09:30'],
    ['29/02/2026', null],
    ['12/25/2026', null],
    ['31/04/2026', null],
    ['05/02/2026 25:00', null],
    ['bientôt', null],
  ])('%s is %s', (text, date) => expect(readDate(text)).toBe(date));

  it('are read in columns that say so', () => {
    expect(['date_de_contact', 'create_date', 'connected_on', 'dates'].every(isDateColumn)).toBe(true);
    expect(['candidate', 'mandat', 'update'].some(isDateColumn)).toBe(false);
  });
});

describe('small lists', () => {
  it.each([
    ['France', 'FR'],
    ['FR', 'FR'],
    ['fr', 'FR'],
    ['Belgique', 'BE'],
    ['SUISSE', 'CH'],
    ['La Réunion', 'RE'],
    ['États-Unis', 'US'],
    ['Royaume-Uni', 'GB'],
    ['Syldavie', null],
  ])('country %s is %s', (text, code) => expect(readCountry(text)).toBe(code));

  it.each([
    ['fr-FR', 'fr'],
    ['Français', 'fr'],
    ['EN', 'en'],
    ['anglais (UK)', 'en'],
    ['Deutsch', null],
  ])('language %s is %s', (text, language) => expect(readLanguage(text)).toBe(language));

  it.each([
    ['Mme', 'Mme'],
    ['Madame', 'Mme'],
    ['MR', 'M.'],
    ['male', 'M.'],
    ['Dr', 'Dr'],
  ])('civility %s is %s', (text, civility) => expect(readCivility(text)).toBe(civility));

  it.each([
    ['https://www.Ateliers.example/', 'ateliers.example'],
    ['ateliers.example/lyon', 'ateliers.example/lyon'],
    ['néant', null],
  ])('website %s is %s', (text, site) => expect(readWebsite(text)).toBe(site));
});

describe('keys', () => {
  it('fold case, accents and marks', () => {
    expect(fold('  N° de TÉL_mobile/pro ')).toBe('n de tel mobile pro');
    expect(fold('Œuvrard, Łukasz ẞtraße')).toBe('oeuvrard lukasz sstrasse');
    expect(customKey('CA (M€)')).toBe('ca_m');
  });

  it('a firm is its SIREN, else its domain, else its name', () => {
    const firm = { siren: '726018153', email: 'a@durand.example', company: 'Ateliers Durand SAS' };
    expect(companyKey(firm)).toBe('siren:726018153');
    expect(companyKey({ ...firm, siren: null })).toBe('domain:durand.example');
    expect(companyKey({ ...firm, siren: null, email: 'a@gmail.com' })).toBe('name:ateliers durand');
    expect(companyKey({ siren: null, email: null, company: null })).toBeNull();
  });

  it('a phone is nobody without a name', () => {
    expect(phoneKey('+33612345678', 'Élodie', 'FAŸ')).toBe('+33612345678 elodie fay');
    expect(phoneKey('+33612345678', null, null)).toBeNull();
  });
});

describe('cells', () => {
  it.each([
    ['  Durand ', 'Durand', null],
    ['n/a', '', null],
    ['-', '', null],
    ['#REF!', '', null],
    ['Null', 'Null', null],
    ['Du\u0000ra\u001bnd', 'Durand', 'control_characters'],
    ['Du\u202erand', 'Durand', 'control_characters'],
    ['N\ufffdmes', 'N\ufffdmes', 'undecodable_characters'],
    ['=HYPERLINK("x")', '=HYPERLINK("x")', 'formula_cell'],
    ['@SUM(A1)', '@SUM(A1)', 'formula_cell'],
    ["'=1+1", '=1+1', 'formula_cell'],
    ["'+33612345678", '+33612345678', null],
    ['+33 6 12 34 56 78', '+33 6 12 34 56 78', null],
    ['-5,2', '-5,2', null],
  ])('%j is %j', (raw, text, warning) => expect(readCell(raw)).toEqual({ text, warning }));
});
