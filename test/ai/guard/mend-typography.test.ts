import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingNoBreakSpaces } from '../../../src/engine/lint/typography.ts';
import type { Channel, Language } from '../../../src/engine/model.ts';
import { mendTypography } from '../../../src/engine/texts/mend-typography.ts';

const N = '\u00a0';

describe('typography is mended', () => {
  it.each<[string, string, string]>([
    ['a missing blank before a question mark', 'Ça va?', `Ça va${N}?`],
    ['a plain blank before a colon', 'Voici : un', `Voici${N}: un`],
    ['a semicolon', 'oui; non ; peut-être', `oui${N}; non${N}; peut-être`],
    ['a no-break space that is there', `Ça va${N}? Oui\u202f!`, `Ça va${N}? Oui\u202f!`],
    ['a double blank around one', `Ça va ${N}?`, `Ça va${N}?`],
    ['marks in a row', 'Quoi?!', `Quoi${N}?!`],
    ['quotes of a keyboard', 'un "non" me va', `un «${N}non${N}» me va`],
    ['English quotes', 'un “non” me va', `un «${N}non${N}» me va`],
    ['French quotes without blanks', 'un «non» me va', `un «${N}non${N}» me va`],
    ['French quotes with blanks', 'un « non » me va', `un «${N}non${N}» me va`],
    ['a question in quotes', 'il dit "quoi?" et part', `il dit «${N}quoi${N}?${N}» et part`],
    ['apostrophes', "l'atelier d'à côté, aujourd'hui", 'l’atelier d’à côté, aujourd’hui'],
    ['single quotes', "le mot 'oui' suffit", 'le mot ‘oui’ suffit'],
    ['dots', 'Et puis... rien', 'Et puis… rien'],
    ['double blanks', 'un  mot   de trop', 'un mot de trop'],
    ['a blank before a comma', 'un , deux .', 'un, deux.'],
    ['brackets', 'un ( deux ) trois', 'un (deux) trois'],
    ['a time', 'à 10:30 ou 9:05', 'à 10:30 ou 9:05'],
    ['a link', 'voir https://a.example/b?c=d:e;f!g ici', 'voir https://a.example/b?c=d:e;f!g ici'],
    ['a link that ends a question', 'vu https://a.example/b?', `vu https://a.example/b${N}?`],
    ['a link in quotes', 'voir "https://a.example"', `voir «${N}https://a.example${N}»`],
    ['a bare path', "voir a.example/l'or:1", "voir a.example/l'or:1"],
    ['an address', "écrire à o'neill:x@a.example", "écrire à o'neill:x@a.example"],
    ['a long time', 'à 10:30:15', 'à 10:30:15'],
    ['a ratio', 'un écran 16:9', 'un écran 16:9'],
    ['a port', 'Tessandre.example:443 répond', 'Tessandre.example:443 répond'],
    ['a path of Windows', 'dans C:\\dir', 'dans C:\\dir'],
    ['a colon before a number with its blank', 'Étape : 3', `Étape${N}: 3`],
    ['quotes in quotes', 'il « dit "oui" » ici', `il «${N}dit "oui"${N}» ici`],
    ['a lone quote', 'un écran de 24" ici', 'un écran de 24" ici'],
    ['two inches', '24" ou 27" ici', '24" ou 27" ici'],
    ['quotes behind an apostrophe', 'l\'"atelier" ici', `l’«${N}atelier${N}» ici`],
    ['lines', 'Bonjour !\n\nUn mot : oui', `Bonjour${N}!\n\nUn mot${N}: oui`],
  ])('in French: %s', (_, text, mended) => {
    expect(mendTypography(text, 'fr', 'email')).toBe(mended);
  });

  it.each<[string, string, string]>([
    ['a decade', "in the '90s and the '80s", 'in the ’90s and the ’80s'],
    ['blanks before marks', 'What ? Yes ! So : this ; that', 'What? Yes! So: this; that'],
    ['apostrophes and dots', "don't... stop", 'don’t… stop'],
    ['quotes, which stay', 'say "no" or “yes”', 'say "no" or “yes”'],
    ['a time and a ratio', 'at 10:30', 'at 10:30'],
  ])('in English: %s', (_, text, mended) => {
    expect(mendTypography(text, 'en', 'linkedin')).toBe(mended);
  });

  it.each<[string, string, string]>([
    ['typographic signs become plain', 'L’offre « A » – 10 min…', 'L\'offre "A" - 10 min...'],
    ['no-break spaces become blanks', `Un appel${N}? Oui\u202f!`, 'Un appel ? Oui !'],
    ['accents stay', 'À bientôt, Éloïse', 'À bientôt, Éloïse'],
    ['nothing is added', "L'appel: oui?", "L'appel: oui?"],
  ])('in an SMS: %s', (_, text, mended) => {
    expect(mendTypography(text, 'fr', 'sms')).toBe(mended);
  });

  const piece = fc.constantFrom(
    ...[
      'mot',
      'l',
      "'",
      '"',
      '«',
      '»',
      '“',
      '”',
      ' ',
      '  ',
      N,
      '\u202f',
      ':',
      ';',
      '!',
      '?',
      '…',
      '...',
      ',',
      '.',
      '\n',
      '(',
      ')',
    ],
    ...[
      '10:30',
      ' https://a.example/x?y ',
      ' a@b.example ',
      ' www.a.example ',
      '12',
      'é',
      '’',
      '-',
      '–',
      '%',
      '\ue000',
      '\ue0010',
      '🙂',
    ],
  );
  const anyText = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));
  const anywhere = fc.constantFrom<[Language, Channel]>(
    ['fr', 'email'],
    ['fr', 'linkedin'],
    ['fr', 'sms'],
    ['en', 'email'],
    ['en', 'sms'],
  );

  it('once: a second time changes nothing', () => {
    fc.assert(
      fc.property(anyText, anywhere, (text, [language, channel]) => {
        const once = mendTypography(text, language, channel);
        expect(mendTypography(once, language, channel)).toBe(once);
      }),
      { numRuns: 1500 },
    );
  });

  it('and no word, number or address is lost', () => {
    const kept = (text: string) =>
      text
        .replace(/[\ue000\ue001]/g, '')
        .match(/[\p{L}\p{N}]+/gu)
        ?.join(' ') ?? '';
    fc.assert(
      fc.property(anyText, anywhere, (text, [language, channel]) => {
        expect(kept(mendTypography(text, language, channel))).toBe(kept(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('so that the lint of French texts has nothing to say', () => {
    const words = fc
      .array(
        fc.constantFrom(
          'mot',
          ' mot',
          ' « mot »',
          ' "mot"',
          ' :',
          ':',
          ' ?',
          '!',
          ' ;',
          '…',
          ' à 10:30',
          ' https://a.example/x',
        ),
        { maxLength: 15 },
      )
      .map((pieces) => `Mot${pieces.join('')}`);
    fc.assert(
      fc.property(words, (text) => {
        expect(missingNoBreakSpaces(mendTypography(text, 'fr', 'email'))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
