import { describe, expect, it } from 'vitest';
import { type DiscFacts, proposeByRules } from '../../../src/ai/disc/rules.ts';

const ofTitle = (title: string | null) => proposeByRules({ title, notes: null });
const ofNotes = (notes: string | null, title: string | null = null) => proposeByRules({ title, notes });

describe('a title', () => {
  it.each([
    ['Directrice générale', 'D', 'Directrice générale'],
    ['DIRECTEUR GENERAL', 'D', 'DIRECTEUR GENERAL'],
    ['PDG', 'D', 'PDG'],
    ['P.D.G.', 'D', 'P.D.G.'],
    ['Président', 'D', 'Président'],
    ['Présidente', 'D', 'Présidente'],
    ['Gérante', 'D', 'Gérante'],
    ['CEO', 'D', 'CEO'],
    ['Cofondatrice', 'D', 'Cofondatrice'],
    ["Chef d'entreprise", 'D', "Chef d'entreprise"],
    ['Directeur commercial', 'I', 'commercial'],
    ['Ingénieure d’affaires', 'I', 'Ingénieure d’affaires'],
    ['Technico-commerciale', 'I', 'commerciale'],
    ['Head of Sales', 'I', 'Sales'],
    ['Sales engineer', 'I', 'Sales'],
    ['Responsable marketing', 'I', 'marketing'],
    ['Account Manager', 'I', 'Account Manager'],
    ['DRH', 'S', 'DRH'],
    ['Responsable RH', 'S', 'RH'],
    ['Office manager', 'S', 'Office manager'],
    ['Responsable qualité de vie au travail', 'S', 'qualité de vie au travail'],
    ['Customer Success Manager', 'S', 'Customer Success'],
    ['DAF', 'C', 'DAF'],
    ['Responsable qualité', 'C', 'qualité'],
    ['Responsable informatique', 'C', 'informatique'],
    ['Contrôleuse de gestion', 'C', 'Contrôleuse de gestion'],
    ['Ingénieur', 'C', 'Ingénieur'],
    ['Chief accountant', 'C', 'accountant'],
    ['General Counsel', 'C', 'General Counsel'],
  ])('%s is %s, for it says so', (title, profile, word) => {
    expect(ofTitle(title)).toEqual({ profile, confidence: 0.45, reason: `the title says "${word}"` });
  });

  it.each([
    ['Chargée de mission'],
    ['Chef de projet'],
    ['Responsable des achats'],
    ['Consultant'],
    ['Product owner'],
    ['Vice-président'],
    ['Vice President'],
    ['X'],
    ['   '],
    [''],
    [null],
  ])('%s says nothing', (title) => expect(ofTitle(title)).toBeNull());

  it.each([['Directeur de la communication financière'], ['PDG et directeur commercial']])(
    '%s says two things, so nothing',
    (title) => expect(ofTitle(title)).toBeNull(),
  );

  it.each([
    ['Assistante du directeur général', 'S', 'Assistante'],
    ['Assistant to the CEO', 'S', 'Assistant'],
    ['Directrice marketing, ex-DAF', 'I', 'marketing'],
    ['Responsable qualité (ancien directeur général)', 'C', 'qualité'],
  ])('%s does not count what somebody else is, or what they were', (title, profile, word) => {
    expect(ofTitle(title)).toMatchObject({ profile, reason: `the title says "${word}"` });
  });

  it.each(['Bras droit du PDG', 'Conseillère du président', 'Former CEO', 'Ancienne présidente'])(
    '%s leaves nothing',
    (title) => expect(ofTitle(title)).toBeNull(),
  );

  it('with two words of a profile is a little surer, and never more than 55 %', () => {
    expect(ofTitle('Présidente fondatrice')).toMatchObject({ profile: 'D', confidence: 0.55 });
    expect(ofTitle('PDG, CEO, président, gérant, fondateur')?.confidence).toBe(0.55);
  });

  it.each([
    ['Directeur général', 'Directrice générale'],
    ['Fondateur', 'Fondatrice'],
    ['Gérant', 'Gérante'],
    ['Directeur commercial', 'Directrice commerciale'],
    ['Chargé d’affaires', 'Chargée d’affaires'],
    ['Assistant', 'Assistante'],
    ['Formateur', 'Formatrice'],
    ['Trésorier', 'Trésorière'],
    ['Directeur financier', 'Directrice financière'],
    ['Auditeur', 'Auditrice'],
    ['Ingénieur', 'Ingénieure'],
  ])('%s and %s are alike: a gender changes nothing', (one, other) => {
    const [first, second] = [ofTitle(one), ofTitle(other)];
    expect(first).not.toBeNull();
    expect([first?.profile, first?.confidence]).toEqual([second?.profile, second?.confidence]);
  });
});

describe('notes', () => {
  it.each([
    ['Va droit au but, ne pas tourner autour du pot', 'D', 0.6],
    ['Très directe. Décide vite.', 'D', 0.7],
    ['Results-driven', 'D', 0.6],
    ['Chaleureuse au téléphone', 'I', 0.6],
    ['enthousiaste, aime discuter', 'I', 0.7],
    ['Plutôt patient', 'S', 0.6],
    ['A besoin d’être rassurée, n’aime pas le changement', 'S', 0.7],
    ['Demande des chiffres avant tout', 'C', 0.6],
    ['rigoureux et méthodique', 'C', 0.7],
    ['Detail-oriented', 'C', 0.6],
  ])('%s is %s', (notes, profile, confidence) => {
    expect(ofNotes(notes)).toMatchObject({ profile, confidence });
  });

  it.each([
    ['Profil rouge', 'D'],
    ['DISC : C', 'C'],
    ['profil DISC I/D', 'I'],
    ['DISC = consciencieuse', 'C'],
  ])('%s names a profile, which is as sure as it gets', (notes, profile) => {
    expect(ofNotes(notes)).toMatchObject({ profile, confidence: 0.8 });
  });

  it.each([
    ['Pas très enthousiaste'],
    ['peu bavard'],
    ['not calm at all'],
    ['Suivi des patients, dossier patient'],
    ['Ligne directe : 02 00 00 00 00'],
    ['Rendez-vous le 3, carte bleue'],
    ['Stable depuis 2019'],
    ['Rencontrée au salon'],
    ['chaleureux mais rigoureux'],
    ['Pas de profil rouge'],
    [''],
  ])('%s says nothing', (notes) => expect(ofNotes(notes)).toBeNull());

  it('weigh more than a title, and less when it says otherwise', () => {
    expect(ofNotes('Très direct', 'DAF')).toEqual({
      profile: 'D',
      confidence: 0.5,
      reason: 'the notes say "Très direct", though the title says "DAF"',
    });
    expect(ofNotes('Rigoureux', 'DAF')).toEqual({
      profile: 'C',
      confidence: 0.65,
      reason: 'the notes say "Rigoureux", the title "DAF"',
    });
  });

  it('that say two things leave nothing to the title either', () =>
    expect(ofNotes('chaleureux mais rigoureux', 'DAF')).toBeNull());

  it('never reach beyond 80 %, and quote three words at most', () => {
    const found = ofNotes('calme, posé, bienveillant, conciliant, fidèle, loyal', 'DRH');
    expect(found?.confidence).toBeLessThanOrEqual(0.8);
    expect(found?.reason).toBe('the notes say "calme", "posé", "bienveillant", the title "DRH"');
  });
});

it('looks at title and notes only', () => {
  const person = { title: 'DAF', notes: null, first_name: 'Marie', civility: 'Mme', last_name: 'Rouge' };
  const facts: DiscFacts = person;
  expect(proposeByRules(facts)).toEqual(ofTitle('DAF'));
});

it('is quick on a text made to be slow', () => {
  const slow = `${'pas '.repeat(20_000)}${'n'.repeat(20_000)}`;
  const start = performance.now();
  proposeByRules({ title: slow, notes: slow });
  expect(performance.now() - start).toBeLessThan(500);
});
