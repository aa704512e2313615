import { describe, expect, it } from 'vitest';
import { splitFullName } from '../../src/engine/import/full-name.ts';
import { recaseFirstName, recaseName } from '../../src/engine/import/names.ts';

describe('a name in capitals or small letters only is written as its owner does', () => {
  it.each([
    ['DURAND', 'Durand'],
    ['lacroix', 'Lacroix'],
    ['LE GOFF', 'Le Goff'],
    ['DE LA TOUR', 'de La Tour'],
    ['DU PONT', 'du Pont'],
    ['DES FORÊTS', 'des Forêts'],
    ["D'ORMESSON", "d'Ormesson"],
    ['D’ORMESSON', 'd’Ormesson'],
    ["L'HERMITE", "L'Hermite"],
    ["O'BRIEN", "O'Brien"],
    ['ŒUVRARD', 'Œuvrard'],
    ['FAŸ', 'Faÿ'],
    ['ÉMILE-ZOLA', 'Émile-Zola'],
    ['MCDONALD', 'McDonald'],
    ['MACRON', 'Macron'],
    ['PETIT-JEAN', 'Petit-Jean'],
    ['BEN AMAR', 'Ben Amar'],
    ['NG', 'Ng'],
  ])('%s becomes %s', (given, wanted) => expect(recaseName(given)).toBe(wanted));

  it.each(["D'Ormesson", 'DuPont', 'van der Berg', 'McX', 'LeGoff', 'de La Tour'])('%s stays', (name) =>
    expect(recaseName(name)).toBe(name),
  );

  it.each([
    ['JEAN-PIERRE', 'Jean-Pierre'],
    ['jean pierre', 'Jean Pierre'],
    ['JP', 'JP'],
    ['J.-B.', 'J.-B.'],
    ['LÉA', 'Léa'],
    ['AL', 'Al'],
  ])('first name %s becomes %s', (given, wanted) => expect(recaseFirstName(given)).toBe(wanted));
});

describe('a full name is split', () => {
  it.each([
    ['Claire Durand', null, 'Claire', 'Durand'],
    ['Claire DURAND', null, 'Claire', 'DURAND'],
    ['DURAND Claire', null, 'Claire', 'DURAND'],
    ['LE GOFF Anne Marie', null, 'Anne Marie', 'LE GOFF'],
    ['Jean Marie DE LA TOUR', null, 'Jean Marie', 'DE LA TOUR'],
    ['Durand, Claire', null, 'Claire', 'Durand'],
    ['Jean-Pierre de La Tour', null, 'Jean-Pierre', 'de La Tour'],
    ['Mme Claire Durand', 'Mme', 'Claire', 'Durand'],
    ['M. DURAND', 'M.', null, 'DURAND'],
    ['Durand', null, null, 'Durand'],
    ['JEAN DUPONT', null, 'JEAN', 'DUPONT'],
    ['Mehdi Ben Amar', null, 'Mehdi', 'Ben Amar'],
  ])('%s', (text, civility, first, last) => expect(splitFullName(text)).toEqual({ civility, first, last }));
});
