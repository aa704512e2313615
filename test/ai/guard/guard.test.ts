import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guard } from '../../../src/ai/guard/guard.ts';
import { inputOf, inWords, judge, type Sample, VOICE, wrote } from './situation.ts';

const BODY =
  'Bonjour Christophe,\n\nQui s’occupe du support informatique chez Mécanique du Forez ? Un nom me suffit.\n\nBonne journée,';
const rulesOf = (sample: Sample): string[] => {
  const guarded = judge(sample);
  return guarded.ok ? [] : [...new Set(guarded.findings.map(({ rule }) => rule))];
};
/** One sentence within a text that is otherwise good. */
const saying = (sentence: string, more: Partial<Sample> = {}): Sample => ({
  body: `Bonjour Christophe,\n\n${sentence} Qui s’en occupe chez vous ?`,
  subject: 'Une question',
  ...more,
});
const sayingInEnglish = (sentence: string, more: Partial<Sample> = {}): Sample => ({
  body: `Hello Christophe,\n\n${sentence} Who looks after it on your side?`,
  subject: 'A question',
  language: 'en',
  ...more,
});

describe('the guard', () => {
  it('gives back subject and body, mended', () => {
    const guarded = judge({
      subject: 'Un "non" vous va ?',
      body: "Bonjour Christophe,\r\n\r\n\r\nL'atelier a-t-il  un prestataire : oui ou non ?  \n",
    });
    expect(guarded).toEqual({
      ok: true,
      subject: 'Un «\u00a0non\u00a0» vous va\u00a0?',
      body: 'Bonjour Christophe,\n\nL’atelier a-t-il un prestataire\u00a0: oui ou non\u00a0?',
    });
  });

  it('drops a subject where none is wanted', () => {
    expect(judge({ kind: 'message', subject: 'RE: {{ x }}', body: BODY })).toMatchObject({
      ok: true,
      subject: null,
    });
  });

  it('names everything that is wrong, each once', () => {
    const sample = {
      subject: 'Re: URGENT',
      body: 'Bonjour Julien !!\n\nJ’ai vu que vous recrutez 12 personnes. Tu veux en parler sur http://x.example ?',
    };
    const rules = rulesOf(sample);
    for (const rule of ['subject', 'name', 'tone', 'claim', 'figure', 'address_form', 'link'])
      expect(rules).toContain(rule);
    const lines = inWords(judge(sample));
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('names a blank that two patterns know once', () => {
    const lines = inWords(
      judge({ body: 'Bonjour Christophe, votre [Prénom] attend une réponse.', kind: 'message' }),
    );
    expect(lines.filter((line) => line.startsWith('placeholder'))).toEqual([
      'placeholder: "[Prénom]" was never filled in',
    ]);
  });

  it('takes a reply mark over the subject of a mail that there was', () => {
    const exchanges = [wrote('out', 'email', 'Qui fait la paie ?', 'Votre paie')];
    expect(rulesOf({ subject: 'Re: Votre paie', body: BODY, exchanges })).toEqual([]);
    expect(rulesOf({ subject: 'Re: Vos serveurs', body: BODY, exchanges })).toEqual(['subject']);
  });

  it('reads the language of short texts and of each paragraph', () => {
    expect(
      rulesOf({ kind: 'message', body: 'Hello Christophe, who looks after your IT support?' }),
    ).toContain('language');
    expect(rulesOf({ kind: 'message', body: 'Ok Christophe, thanks.' })).not.toContain('language');
    const french =
      'Qui s’occupe du support dans votre entreprise, et comment le faites-vous savoir à vos équipes ? '.repeat(
        4,
      );
    const slip = 'We would be happy to tell you more about what we do for firms like yours.';
    expect(rulesOf({ kind: 'message', body: `${french}\n\n${french}\n\n${slip}` })).toContain('language');
  });

  it('knows what a reply said', () => {
    const sentence =
      'Sandrine Morel suit ce projet de 40 postes, et je lui écrirai avec Sandrine Morel en copie.';
    expect(rulesOf(saying(sentence))).toEqual(expect.arrayContaining(['claim', 'figure']));
    expect(
      rulesOf(
        saying(sentence, { exchanges: [wrote('in', 'email', 'Voyez Sandrine Morel, pour 40 postes.')] }),
      ),
    ).toEqual([]);
  });

  it('does not see the invisible signs of a cell', () => {
    expect(rulesOf({ body: BODY, facts: { first_name: 'Chris\u202eto\u200bphe' } })).toEqual([]);
  });

  it('needs the whole number of the sender', () => {
    const fits = (text: string, phone: string) =>
      !rulesOf(saying(`Mon numéro : ${text}.`, { sender: { phone } })).includes('link');
    expect(fits('+33 6 12 34 56 78', '06 12 34 56 78')).toBe(true);
    expect(fits('+12 345 6 12 34 56 78', '06 12 34 56 78')).toBe(false);
    expect(fits('08 99 99 36 15', '3615')).toBe(false);
  });

  it('lets the sender sign a message on LinkedIn', () => {
    expect(
      rulesOf({
        kind: 'message',
        body: 'Bonjour Christophe, qui s’occupe du support ?\n\nBien à vous, Claire',
      }),
    ).toEqual([]);
  });

  it('does not judge the form of address in English', () => {
    expect(rulesOf(sayingInEnglish('Ta for reading so far.'))).toEqual([]);
  });

  it('knows the sender of an SMS by the family name, and asks for none where none is set', () => {
    expect(
      rulesOf({ kind: 'sms', body: 'Bonjour Christophe, ici Mme Vasseur. Un court appel ? 06 12 34 56 78.' }),
    ).not.toContain('sms_sender');
    const sender = { name: null, company: null };
    expect(
      rulesOf({ kind: 'sms', body: 'Bonjour Christophe, un court appel ? 06 12 34 56 78.', sender }),
    ).toEqual([]);
  });

  it('judges what a channel takes on the finished text', () => {
    const input = inputOf({
      kind: 'invitation',
      body: 'Bonjour Christophe, échangeons ici à l’occasion, si vous le voulez bien.',
    });
    expect(guard(input).ok).toBe(true);
    expect(guard({ ...input, complete: (body) => body + 'x'.repeat(150) })).toMatchObject({
      ok: false,
      findings: [{ rule: 'length', detail: '222 characters, at most 200' }],
    });
  });

  it.each<[string, number, boolean]>([
    ['150 signes, 200 au plus', 249, true],
    ['150 signes, 200 au plus', 260, false],
    ['300 à 500 signes', 625, true],
    ['300 à 500 signes', 640, false],
    ['300 à 500 signes', 180, true],
    ['300 à 500 signes', 170, false],
    ['< 200 signes', 251, false],
    ['moins de 200 caractères', 251, false],
    ['110 signes au plus, mention d’opposition non comprise', 137, true],
    ['110 signes au plus, mention d’opposition non comprise', 140, false],
    ['100 to 200 characters', 260, false],
    ['between 100 and 200 characters', 50, false],
    ['at most 200 characters', 251, false],
    ['au moins 300 signes', 100, false],
    ['200 signes', 251, false],
    ['environ une page', 900, true],
    ['court', 900, true],
    ['objet de 50 signes au plus', 900, true],
    ['', 900, true],
  ])('reads a length of characters: %s, with %i', (length, size, fits) => {
    const body = `Bonjour Christophe, ${'oui et non '.repeat(100)}`
      .slice(0, size - 3)
      .trimEnd()
      .padEnd(size, 'n');
    expect(rulesOf({ kind: 'message', body, step: { length } }).includes('length')).toBe(!fits);
  });

  it.each<[string, number, boolean]>([
    ['60 à 110 mots, objet de 50 signes au plus', 137, true],
    ['60 à 110 mots, objet de 50 signes au plus', 140, false],
    ['60 à 110 mots, objet de 50 signes au plus', 36, true],
    ['60 à 110 mots, objet de 50 signes au plus', 34, false],
    ['60 to 110 words', 140, false],
    ['60-110 words, subject up to 50 characters', 140, false],
    ['objet de 50 signes au plus, 60 à 110 mots', 140, false],
    ['entre 60 et 110 mots', 30, false],
    ['110 mots au plus', 140, false],
    ['up to 110 words', 140, false],
  ])('reads a length of words: %s, with %i', (length, words, fits) => {
    const body = `Bonjour Christophe, ${'oui '.repeat(words - 2)}`;
    expect(rulesOf({ kind: 'message', body, step: { length } }).includes('length')).toBe(!fits);
  });

  it.each<[string, Sample, string | null]>([
    [
      'the first name in capitals',
      {
        body: 'Bonjour CHRISTOPHE, qui s’occupe du support informatique ?',
        facts: { first_name: 'CHRISTOPHE' },
      },
      null,
    ],
    [
      'the first name without its accent',
      { body: 'Bonjour Helene, qui s’occupe du support informatique ?', facts: { first_name: 'Hélène' } },
      null,
    ],
    [
      'a compound name without its dash',
      {
        body: 'Bonjour Jean Pierre, qui s’occupe du support informatique ?',
        facts: { first_name: 'Jean-Pierre' },
      },
      null,
    ],
    ['the full name', { body: 'Bonjour Christophe Lambert, qui s’occupe du support informatique ?' }, null],
    [
      'the names the other way round',
      { body: 'Bonjour Lambert Christophe, qui s’occupe du support informatique ?' },
      null,
    ],
    [
      'the family name with its title',
      { body: 'Bonjour Monsieur Lambert, qui s’occupe du support informatique ?' },
      null,
    ],
    ['the title in short', { body: 'Bonjour M. Lambert, qui s’occupe du support informatique ?' }, null],
    ['the title alone', { body: 'Bonjour Monsieur, qui s’occupe du support informatique ?' }, null],
    [
      'a particle',
      {
        body: 'Bonjour Monsieur de La Tour, qui s’occupe du support informatique ?',
        facts: { last_name: 'de La Tour' },
      },
      null,
    ],
    ['a greeting to all', { body: 'Bonjour à tous, qui s’occupe du support informatique ?' }, null],
    [
      'a greeting and a sentence',
      { body: 'Bonjour, je cherche qui s’occupe du support informatique.' },
      null,
    ],
    [
      'a greeting to nobody in English',
      { language: 'en', body: 'Hi there, who looks after your IT support today?' },
      null,
    ],
    [
      'Sir or Madam',
      {
        language: 'en',
        body: 'Dear Sir or Madam, who looks after your IT support today?',
        facts: { civility: null },
      },
      null,
    ],
    [
      'a title of courtesy',
      { body: 'Bonjour Madame la Présidente, qui s’occupe du support ?', facts: { civility: 'Mme' } },
      null,
    ],
    ['a small wrong name', { body: 'bonjour julien, qui s’occupe du support informatique ?' }, 'name'],
    ['a wrong particle', { body: 'Bonjour Monsieur de Villiers, qui s’occupe du support ?' }, 'name'],
    [
      'the firm for a name',
      { body: 'Bonjour Mécanique du Forez, qui s’occupe du support informatique ?' },
      'name',
    ],
    ['two names', { body: 'Bonjour Christophe et Julien, qui s’occupe du support informatique ?' }, 'claim'],
    [
      'a short title without need',
      { body: 'Bonjour Mme Lambert, qui s’occupe du support informatique ?' },
      'civility',
    ],
    ['the other Dear', { body: 'Chère Christophe, qui s’occupe du support informatique ?' }, 'civility'],
    [
      'somebody a fact speaks of',
      {
        body: 'Bonjour Christophe, Mme Leroy suit-elle le support informatique ?',
        facts: { notes: 'Le support est suivi par Mme Leroy' },
      },
      null,
    ],
  ])('knows who is greeted: %s', (_, sample, rule) => {
    expect(rulesOf({ kind: 'message', ...sample })).toEqual(
      rule === null ? [] : expect.arrayContaining([rule]),
    );
  });

  it.each<[string, string | null]>([
    ['https://www.tessandre.example/engagements', null],
    ['https://tessandre.example/engagements/paie', null],
    ['https://www.tessandre.example', null],
    ['www.tessandre.example/engagements', null],
    ['tessandre.example', null],
    ['HTTPS://WWW.TESSANDRE.EXAMPLE/engagements', null],
    ['claire.vasseur@tessandre.example', null],
    ['0612345678', null],
    ['+33612345678', null],
    ['0033 6 12 34 56 78', null],
    ['https://tessandre.example.evil.tld/', 'link'],
    ['https://evil-tessandre.example/', 'link'],
    ['https://sub.tessandre.example/', 'link'],
    ['https://www.tessandre.example:8443/', 'link'],
    ['https://user:pass@www.tessandre.example/', 'link'],
    ['https://www.tessandre.example/engagements#x', 'link'],
    ['https://www.tessandre.example/?utm_source=a', 'link'],
    ['https://www.tessandre.example/%2e%2e/x', 'link'],
    ['https:\\\\evil.tld\\x', 'link'],
    ['//evil.tld/x', 'link'],
    ['ftp://www.tessandre.example/', 'link'],
    ['mailto:claire.vasseur@tessandre.example', 'link'],
    ['jean@tessandre.example', 'link'],
    ['claire.vasseur@tessandre.example.evil.tld', 'link'],
    ['hxxps://evil.tld', 'link'],
    ['evil(.)com', 'link'],
    ['evil dot com', 'link'],
    ['contact (at) evil.com', 'link'],
    ['evil.com/x', 'link'],
    ['1.evil.ru', 'link'],
    ['06 12 34 56 79', 'link'],
    ['+44 20 7946 0958', 'link'],
    ['(555) 123-4567', 'link'],
    ['08.99.00.11.22', 'link'],
  ])('knows its links: %s', (link, rule) => {
    expect(rulesOf(saying(`Tout est ici, ${link} pour la suite.`)).includes('link')).toBe(rule !== null);
  });

  it('allows only what lies below a path of the voice', () => {
    const voice = { links: ['https://www.exemple.example/livre/'] };
    const sender = { website: null };
    const fits = (link: string) =>
      !rulesOf(saying(`Tout est ici : ${link}`, { voice, sender })).includes('link');
    expect(fits('https://www.exemple.example/livre')).toBe(true);
    expect(fits('https://www.exemple.example/livre/un')).toBe(true);
    expect(fits('https://www.exemple.example/livres')).toBe(false);
    expect(fits('https://www.exemple.example/')).toBe(false);
    expect(fits('https://www.exemple.example/livre/../secret')).toBe(false);
  });

  it.each<[string, boolean]>([
    ['Avec 120 salariés, c’est un sujet.', true],
    ['Avec 94 % de contrats renouvelés, c’est un sujet.', true],
    ['En 18 minutes, on rappelle.', true],
    ['Un appel de 10 minutes suffit.', true],
    ['Un appel de 30 min suffit.', true],
    ['Voici 2 questions.', true],
    ['Le 1er échange est libre.', true],
    ['C’est du B2B.', true],
    ['La norme ISO 27001 le demande.', true],
    ['Le lundi, tout le monde appelle.', true],
    ['Du lundi au vendredi, tout le monde appelle.', true],
    ['Avec 94 salariés, c’est un sujet.', false],
    ['Avec 120 % de hausse, c’est un sujet.', false],
    ['Un appel de 90 minutes suffit.', false],
    ['En 24 h, on répond.', false],
    ['Depuis 1998, nous le faisons.', false],
    ['Pour 49 € par mois, c’est fait.', false],
    ['Pour 1 200 euros, c’est fait.', false],
    ['Une trentaine de clients le font.', false],
    ['Parlons-en lundi.', false],
    ['Je suis disponible demain.', false],
    ['La moitié de nos clients le font.', false],
    ['Nous avons doublé leurs ventes.', false],
  ])('knows its figures: %s', (sentence, known) => {
    expect(rulesOf(saying(sentence)).includes('figure')).toBe(!known);
  });

  it.each<[string, Sample, boolean]>([
    ['a question states nothing', saying('Vous recrutez en ce moment ?'), true],
    ['a condition states nothing', saying('Si vous recrutez, un accès se prépare.'), true],
    ['a wish states nothing', saying('J’aimerais savoir comment vous gérez la paie.'), true],
    ['a condition in English', sayingInEnglish('If you are hiring, accounts must be created.'), true],
    ['a profile may be seen', saying('J’ai vu votre profil.'), true],
    ['news in a question is news', saying('J’ai vu que vous recrutez, est-ce exact ?'), false],
    [
      'a claim that holds carries it',
      saying('Vous dirigez un atelier de mécanique.', {
        claims: [['Vous dirigez un atelier de mécanique', 'industry']],
      }),
      true,
    ],
    [
      'a claim on something else does not',
      saying('Vous exportez beaucoup.', { claims: [['Qui s’en occupe', 'title']] }),
      false,
    ],
    [
      'a claim with the words of its fact in another language',
      sayingInEnglish('You run a precision engineering firm.', {
        claims: [['You run a precision engineering firm', 'industry']],
      }),
      true,
    ],
    ['a known function', saying('En tant que directeur général, on voit tout.'), true],
    ['an unknown function', saying('En tant que directeur des achats, on voit tout.'), false],
    ['an unknown function in English', sayingInEnglish('As a purchasing manager, you see it all.'), false],
    ['a false statement by a name', saying('Danone nous fait confiance.'), false],
    ['an initial of somebody unknown', saying('Notre ami Marc-Antoine le dit.'), false],
    ['an abbreviation that begins its sentence', saying('ACMX répond à cela.'), false],
    ['a product that begins its sentence', saying('NovaDesk répond à cela.'), false],
    ['an elided name', saying('C’est aussi le cas d’Airbus.'), false],
    ['a possessive name', sayingInEnglish('We saw it in Google’s report.'), false],
  ])('knows what is said of the reader: %s', (_, sample, known) => {
    expect(rulesOf(sample).includes('claim')).toBe(!known);
  });

  it.each<[string, boolean]>([
    ['Nos synergies sont là.', false],
    ['Une solution clé en main existe.', false],
    ['Cela va booster la paie.', false],
    ['Boostée, la paie va mieux.', true],
    ['La synergologie est un autre sujet.', true],
    ['Un booster de signal suffit.', false],
    ['C’est gagnant - gagnant.', false],
  ])('knows the words to avoid: %s', (sentence, free) => {
    expect(rulesOf(saying(sentence)).includes('forbidden_word')).toBe(!free);
  });

  it('lets a name hold a word to avoid', () => {
    const sample = {
      body: BODY.replace('Mécanique du Forez', 'Synergie Conseil'),
      facts: { company: 'Synergie Conseil' },
    };
    expect(inWords(judge(sample))).toEqual([]);
  });

  it('lets the words of the voice pass for no advertising', () => {
    const sentence = 'Nous sommes une maison de state of the art.';
    expect(rulesOf(saying(sentence))).toContain('forbidden_word');
    const voice = { words: { use: ['state of the art'], avoid: [] } };
    expect(rulesOf(saying(sentence, { voice })).includes('forbidden_word')).toBe(false);
  });

  it.each<[string, Sample['exchanges'], boolean]>([
    ['Suite à notre échange, voici la suite.', [wrote('in', 'email', 'Oui, parlons-en.')], true],
    ['Suite à notre échange, voici la suite.', [wrote('out', 'email', 'Parlons-en ?')], false],
    ['Suite à mon e-mail, voici la suite.', [wrote('out', 'email', 'Parlons-en ?')], true],
    ['Suite à mon e-mail, voici la suite.', [wrote('out', 'sms', 'Parlons-en ?')], false],
    ['Je vous ai écrit la semaine passée.', [wrote('out', 'sms', 'Parlons-en ?')], true],
    ['Je vous ai écrit la semaine passée.', [], false],
    ['Merci de votre retour.', [wrote('in', 'linkedin', 'Oui.')], true],
    ['Merci de votre retour.', [], false],
    ['Merci de votre retour par avance.', [], true],
    ['C’est mon dernier message.', [], true],
    ['Dans mon dernier message, tout y était.', [], false],
    ['Lors de notre rendez-vous, tout a été dit.', [wrote('in', 'email', 'Oui.')], false],
  ])('knows what was said before: %s, after %j', (sentence, exchanges, true_) => {
    expect(rulesOf(saying(sentence, { exchanges: exchanges ?? [] })).includes('invented_contact')).toBe(
      !true_,
    );
  });

  it('takes emoji and tu where the voice says so', () => {
    expect(rulesOf(saying('Un mot suffit 🙂.', { voice: { emoji: true } }))).toEqual([]);
    expect(
      rulesOf({
        kind: 'message',
        body: 'Bonjour Christophe, tu as un prestataire ?',
        voice: { address: 'tu' },
      }),
    ).toEqual([]);
  });

  it('gives the same answer twice, and changes nothing that it was given', () => {
    const input = inputOf(saying('J’ai vu que vous recrutez 12 personnes chez Dupont.'));
    const before = structuredClone({ ...input, complete: null });
    expect(guard(input)).toEqual(guard(input));
    expect(structuredClone({ ...input, complete: null })).toEqual(before);
  });

  it('holds for any text, and what passes is not refused when it is judged again', () => {
    const piece = fc.constantFrom(
      ...[
        'Bonjour Christophe,',
        '\n\n',
        'vous',
        'Claire Vasseur',
        'votre',
        'atelier',
        'question',
        '?',
        '!',
        '120',
        '%',
        'https://a.example',
        '06 12',
        '"',
        '«',
        '(',
        '[',
        '<',
        '{',
        'chez',
        'Forez',
      ],
      ...[
        'J’ai vu que',
        'suite à',
        'notre',
        'appel',
        '…',
        '\u200b',
        '🙂',
        'M.',
        'Mme',
        'tu',
        'é',
        '-',
        '*',
        '1.',
        'X',
      ],
    );
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 25 });
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('email', 'message', 'sms', 'invitation', 'follow_up'),
        (pieces, kind) => {
          const sample: Sample = { kind, body: pieces.join(' '), subject: pieces.slice(0, 3).join(' ') };
          const guarded = judge(sample);
          if (guarded.ok) expect(judge({ ...sample, ...guarded })).toEqual(guarded);
          else for (const line of inWords(guarded)) expect(line).toMatch(/^[a-z_]+: [^\p{Cc}\p{Cf}]+$/u);
        },
      ),
      { numRuns: 600 },
    );
  });

  it.each([
    'a ',
    'A ',
    '1 111',
    '[',
    'www.',
    'chez A et ',
    "j'ai vu que vous ",
    '06 12 ',
    '\n',
    'Mme ',
    '*a',
    '"a" ',
    '. ',
    'a.',
    'a:b',
    'a@',
    'a-',
    '"',
    'vos a b ',
    'deux cent ',
  ])('is not held up by %j without end', (unit) => {
    const body = `${unit.repeat(Math.floor(9_900 / unit.length))}@`;
    const start = process.cpuUsage();
    judge({ body, subject: 'Une question', exchanges: [wrote('out', 'email', body)], voice: VOICE });
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(600);
  });
});
