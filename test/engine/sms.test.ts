import { describe, expect, it } from 'vitest';
import { composeSms, isAlphanumericSender, smsParts, toGsm7 } from '../../src/engine/texts/sms.ts';

describe('smsParts', () => {
  it.each([
    ['nothing', '', 'GSM-7', 0, 0],
    ['one letter', 'a', 'GSM-7', 1, 1],
    ['the accents that GSM-7 has', 'é è à ù ì ò Ç ä ö ü ñ É', 'GSM-7', 23, 1],
    ['160 characters', 'a'.repeat(160), 'GSM-7', 160, 1],
    ['161 characters', 'a'.repeat(161), 'GSM-7', 161, 2],
    ['306 characters', 'a'.repeat(306), 'GSM-7', 306, 2],
    ['307 characters', 'a'.repeat(307), 'GSM-7', 307, 3],
    ['a euro sign, which is two', '10 €', 'GSM-7', 5, 1],
    ['80 euro signs', '€'.repeat(80), 'GSM-7', 160, 1],
    ['81 euro signs: 76 of them fit in the 153 of a part', '€'.repeat(81), 'GSM-7', 162, 2],
    ['a bracket that would be cut in half at 153', `${'a'.repeat(152)}[${'b'.repeat(152)}`, 'GSM-7', 306, 3],
    ['a circumflex', 'être', 'UCS-2', 4, 1],
    ['a small c with cedilla, which GSM-7 lacks', 'reçu', 'UCS-2', 4, 1],
    ['a typographic apostrophe', 'l’heure', 'UCS-2', 7, 1],
    ['a no-break space', 'oui\u00a0!', 'UCS-2', 5, 1],
    ['70 characters of UCS-2', 'ê'.repeat(70), 'UCS-2', 70, 1],
    ['71 characters of UCS-2', 'ê'.repeat(71), 'UCS-2', 71, 2],
    ['134 characters of UCS-2', 'ê'.repeat(134), 'UCS-2', 134, 2],
    ['135 characters of UCS-2', 'ê'.repeat(135), 'UCS-2', 135, 3],
    ['an emoji, which is two', '👍', 'UCS-2', 2, 1],
    ['an emoji that would be cut in half at 67', `${'ê'.repeat(66)}👍${'ê'.repeat(66)}`, 'UCS-2', 134, 3],
  ])('counts %s', (_, text, encoding, characters, segments) => {
    expect(smsParts(text)).toEqual({ encoding, characters, segments });
  });
});

describe('toGsm7', () => {
  it.each([
    ['circumflexes', 'être hôte âge août', 'etre hote age août'.replace('û', 'u')],
    ['what GSM-7 has stays', 'déjà là, où ? Ça va Ñandú', 'déjà là, où ? Ça va Ñandu'],
    ['decomposed accents', 'e\u0301te\u0302', 'éte'],
    ['capitals without their accent in GSM-7', 'À ÊTRE Ô', 'A ETRE O'],
    ['ligatures', 'œuf ŒUVRE Lætitia', 'oeuf OEUVRE Lætitia'],
    ['quotes and dashes', '« l’été » – “oui” — …', '" l\'été " - "oui" - ...'],
    ['no-break spaces', 'oui\u00a0! non\u202f? fin\u2009.', 'oui ! non ? fin .'],
    ['invisible characters', 'a\u200bb\u00adc\ufeff', 'abc'],
    ['a small c with cedilla', 'reçu', 'recu'],
    ['what has no near form stays', 'oui 👍 北京', 'oui 👍 北京'],
  ])('replaces %s', (_, text, expected) => {
    expect(toGsm7(text)).toBe(expected);
  });

  it('leaves nothing that forces UCS-2 in a French text', () => {
    const text =
      '« Où êtes-vous l’été ? » – à bientôt, Anaïs Lefèvre… À 10 € près, cœur d’œuvre, maïs, Noël, ça';
    expect(smsParts(text).encoding).toBe('UCS-2');
    expect(smsParts(toGsm7(text)).encoding).toBe('GSM-7');
  });
});

describe('isAlphanumericSender', () => {
  it.each([
    ['VENTE', true],
    ['Vente 24', true],
    ['ABCDEFGHIJK', true],
    ['ABCDEFGHIJKL', false],
    ['AB', false],
    ['123456', false],
    ['36123', false],
    ['+33612345678', false],
    ['Société', false],
    [' VENTE', false],
  ])('%j: %s', (from, expected) => {
    expect(isAlphanumericSender(from)).toBe(expected);
  });
});

describe('composeSms', () => {
  const text = { to: '+33612345678', from: 'VENTE', messagingService: null };

  it('keeps the text and says what it costs', () => {
    expect(composeSms({ ...text, body: 'À bientôt', transliterate: false })).toEqual({
      channel: 'sms',
      to: '+33612345678',
      from: 'VENTE',
      messagingService: null,
      body: 'À bientôt',
      encoding: 'UCS-2',
      segments: 1,
    });
  });

  it('replaces what forces UCS-2 when asked', () => {
    expect(composeSms({ ...text, body: 'À bientôt', transliterate: true })).toMatchObject({
      body: 'A bientot',
      encoding: 'GSM-7',
    });
  });

  it('lets no control character through but line breaks', () => {
    expect(composeSms({ ...text, body: 'a\x1b[31m\r\nb\x00 ', transliterate: false }).body).toBe('a [31m\nb');
  });
});
