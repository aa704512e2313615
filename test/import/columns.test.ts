import { describe, expect, it } from 'vitest';
import { parseColumnMap } from '../../src/engine/import/column-map.ts';
import { canReach, describePlan, isMessageExport, planColumns } from '../../src/engine/import/columns.ts';
import { emptyFacts } from '../../src/engine/import/draft.ts';
import { rowReader } from '../../src/engine/import/row.ts';
import { PROSPECT_FIELDS } from '../../src/engine/model.ts';

const plan = (header: readonly string[], maps: readonly string[] = []) =>
  planColumns(
    header,
    maps.map((text) => {
      const map = parseColumnMap(text, header);
      if ('fault' in map) throw new Error(map.fault);
      return map;
    }),
  );
const targets = (...header: string[]): string[] => Object.values(describePlan(plan(header)));

describe('what a column means', () => {
  it.each([
    ['E-mail pro', 'email'],
    ['ADRESSE_E-MAIL', 'email'],
    ['Person - Email', 'email'],
    ['Prénom', 'first_name'],
    ['Person - First name', 'first_name'],
    ['Nom de famille', 'last_name'],
    ['Nom complet', 'full_name'],
    ['Société', 'company'],
    ["Nom de l'entreprise", 'company'],
    ['Organization - Name', 'company'],
    ['Intitulé du poste', 'title'],
    ['Tél. mobile', 'mobile'],
    ['Mobile Phone Number', 'mobile'],
    ['Tél', 'phone'],
    ['Work Direct Phone', 'phone'],
    ['Person Linkedin Url', 'linkedin'],
    ['Company Linkedin Url', 'company_linkedin'],
    ['N° SIREN', 'siren'],
    ['naf5_code', 'naf'],
    ['Code postal', 'zip'],
    ['Country/Region', 'country'],
    ['Preferred language', 'language'],
    ['# Employees', 'headcount'],
    ["Chiffre d'affaires", 'revenue'],
    ['Étiquettes', 'tags'],
    ['CA (M€)', 'custom.ca_m'],
    ['Record ID', 'custom.record_id'],
    ['hector_line', 'skip'],
  ])('%s is %s', (header, target) => expect(targets(header)).toEqual([target]));

  it('every fact can be imported by its own name', () => {
    for (const field of PROSPECT_FIELDS) expect(targets(field)).toEqual([field]);
  });

  it('nom alone is a full name, beside prénom a family name', () => {
    expect(targets('Nom', 'Email')).toEqual(['full_name', 'email']);
    expect(targets('Nom', 'Prénom')).toEqual(['last_name', 'first_name']);
    expect(targets('First name', 'Name')).toEqual(['first_name', 'last_name']);
    expect(targets('First name', 'Last name', 'Contact')).toEqual([
      'first_name',
      'last_name',
      'custom.contact',
    ]);
  });

  it('URL is the profile in a LinkedIn export, else a website', () => {
    expect(targets('First Name', 'URL', 'Connected On')).toEqual([
      'first_name',
      'linkedin',
      'custom.connected_on',
    ]);
    expect(targets('First Name', 'URL')).toEqual(['first_name', 'website']);
  });

  it('two columns of one custom name do not overwrite each other', () => {
    expect(describePlan(plan(['CA (M€)', 'ca m', '']))).toEqual({
      'CA (M€)': 'custom.ca_m',
      'ca m': 'custom.ca_m_2',
      column_3: 'custom.column_3',
    });
  });

  it('says whether anybody could be reached, and knows the message export', () => {
    expect(canReach(plan(['Nom', 'Ville']))).toBe(false);
    expect(canReach(plan(['Nom', 'URL']))).toBe(true);
    expect(isMessageExport(['CONVERSATION ID', 'FROM', 'SENDER PROFILE URL'])).toBe(true);
  });
});

describe('--map', () => {
  const header = ['Interlocuteur', 'Sect=eur', 'Mail 2'];
  it('names the column as it is or folded, a field, a custom name, or skip', () => {
    expect(
      Object.values(
        describePlan(plan(header, ['INTERLOCUTEUR=full_name', 'Sect=eur=custom.Mon Secteur', 'Mail 2=skip'])),
      ),
    ).toEqual(['full_name', 'custom.mon_secteur', 'skip']);
  });

  it.each([
    ['Interlocuteurs=full_name', 'no column "Interlocuteurs", did you mean "Interlocuteur"?'],
    ['Interlocuteur=ful_name', 'no field "ful_name", did you mean "full_name"?'],
    ['Interlocuteur', 'not of the form'],
    ['Interlocuteur=custom.', 'no field "custom."'],
  ])('%s is refused', (text, fault) =>
    expect(parseColumnMap(text, header)).toEqual({ fault: expect.stringContaining(fault) }),
  );
});

describe('a row', () => {
  const read = (row: Record<string, string>, home = 'FR') =>
    rowReader(plan(Object.keys(row)), home)({ line: 2, cells: Object.values(row) });
  const facts = (row: Record<string, string>) => {
    const result = read(row);
    if (result.kind !== 'person') throw new Error(result.kind);
    return result.row.facts;
  };

  it('is brought to one form', () => {
    const row = {
      Civilité: 'Madame',
      Nom: 'LE GOFF',
      Prénom: 'INÈS',
      Email: ' Ines@A.Example',
      'N° SIRET': '732 829 320 00074',
      Pays: 'France',
    };
    expect(facts(row)).toEqual({
      ...emptyFacts(),
      civility: 'Mme',
      first_name: 'Inès',
      last_name: 'Le Goff',
      email: 'ines@a.example',
      siren: '732829320',
      siret: '73282932000074',
      country: 'FR',
    });
  });

  it('a mobile in the phone column goes to mobile, and the other way round', () => {
    expect(facts({ Téléphone: '06 12 34 56 78' })).toMatchObject({ mobile: '+33612345678', phone: null });
    expect(facts({ Téléphone: '06 12 34 56 78', Portable: '07 12 34 56 78' })).toMatchObject({
      mobile: '+33712345678',
      phone: '+33612345678',
    });
    expect(facts({ Portable: '01 23 45 67 89', Téléphone: '06 12 34 56 78' })).toMatchObject({
      mobile: '+33612345678',
      phone: '+33123456789',
    });
  });

  it('the country column comes before the phone, wherever it stands', () => {
    expect(facts({ Phone: '0470 12 34 56', 'Company country': 'Belgique' })).toMatchObject({
      mobile: '+32470123456',
      country: 'BE',
    });
  });

  it('of two columns for one fact the better named wins, and the other fills its gaps or is kept', () => {
    expect(facts({ 'Company City': 'Paris', City: 'Lyon', Email: 'a@b.example' }).city).toBe('Lyon');
    expect(facts({ 'Company City': 'Paris', City: '', Email: 'a@b.example' }).city).toBe('Paris');
    expect(read({ 'Company City': 'Paris', City: 'Lyon', Email: 'a@b.example' })).toMatchObject({
      row: { custom: { company_city: 'Paris' } },
    });
  });

  it('keeps what is no profile as custom.linkedin_url', () => {
    const url = 'https://www.linkedin.com/sales/lead/ACwAAB,NAME_SEARCH';
    expect(read({ Email: 'a@b.example', Nom: 'X Y', LinkedIn: url })).toMatchObject({
      kind: 'person',
      warnings: ['invalid_linkedin'],
      row: { custom: { linkedin_url: url }, facts: { linkedin: null } },
    });
  });

  it('a no in the consent column is no consent', () => {
    expect(facts({ Email: 'a@b.example', Consentement: 'non' }).consent).toBeNull();
    expect(facts({ Email: 'a@b.example', Consentement: 'salon 2026' }).consent).toBe('salon 2026');
  });

  it('is refused without a way to reach the person, or when cells have slipped', () => {
    expect(read({ Nom: 'Durand', Email: 'pas d’email', Tel: '6,12E+08' })).toEqual({
      kind: 'refused',
      reason: 'no_way_to_reach',
    });
    const reader = rowReader(plan(['Email', 'Nom']), 'FR');
    expect(reader({ line: 2, cells: ['a@b.example', 'Durand', 'SA'] })).toEqual({
      kind: 'refused',
      reason: 'too_many_cells',
    });
    expect(reader({ line: 2, cells: ['a@b.example', 'Durand', '', ' '] }).kind).toBe('person');
    // Among exact rows, one with an empty cell too many has slipped at an unquoted delimiter.
    const exact = rowReader(plan(['Email', 'Nom', 'Ville']), 'FR');
    expect(exact({ line: 2, cells: ['a@b.example', 'Durand', 'Lyon'] }).kind).toBe('person');
    expect(exact({ line: 3, cells: ['c@d.example', 'Simon ', ' Associés', ''] })).toEqual({
      kind: 'refused',
      reason: 'too_many_cells',
    });
    expect(reader({ line: 2, cells: ['a@b.example'] })).toMatchObject({
      warnings: ['too_few_cells', 'no_name'],
    });
    expect(reader({ line: 2, cells: ['', ' '] }).kind).toBe('blank');
    expect(reader({ line: 2, cells: [''] }).kind).toBe('blank');
  });
});

describe('a formula of a spreadsheet', () => {
  const HEADER = ['E-mail', 'Prénom', 'Société', 'Fonction', 'Ville', 'Nom complet', 'CA (M€)'];

  it('is no fact that a text could say, and stays in a column of the list’s own', () => {
    const formula = '=HYPERLINK("http://x.example";"Ads")';
    const cells = ['a@b.example', ...new Array(6).fill(formula)];
    const read = rowReader(plan(HEADER), 'FR')({ line: 2, cells });
    if (read.kind !== 'person') throw new Error(read.kind);
    expect(read.row.facts).toEqual({ ...emptyFacts(), email: 'a@b.example' });
    expect(read.row.custom).toEqual({ ca_m: formula });
    expect(read.warnings).toContain('formula_cell');
  });

  it('is not what merely begins like one', () => {
    const cells = ['a@b.example', 'Claire', '@Home', '+Énergie', '- Lyon -', '', ''];
    const read = rowReader(plan(HEADER), 'FR')({ line: 2, cells });
    expect(read).toMatchObject({ row: { facts: { company: '@Home', title: '+Énergie', city: '- Lyon -' } } });
  });
});
