import { describe, expect, it } from 'vitest';
import type { GuardRule } from '../../../src/ai/guard/finding.ts';
import { guard } from '../../../src/ai/guard/guard.ts';
import { inputOf, inWords, judge, type Sample, wrote } from './situation.ts';

const RENAUD = {
  company: 'Ateliers Renaud',
  title: 'DAF',
  city: 'Cholet',
  industry: 'tôlerie',
  headcount: '85',
};
const HARLOW = {
  ...{ first_name: 'Olivia', last_name: 'Kent', civility: null, company: 'Harlow & Byrne' },
  ...{ title: 'COO', city: 'Leeds', industry: 'logistics', headcount: '85' },
};
const french = (text: string, more: Partial<Sample> = {}): Sample => ({
  subject: 'Une question',
  body: `Bonjour Christophe,\n\n${text} Qui s’en occupe ?`,
  facts: RENAUD,
  ...more,
});
const english = (text: string, more: Partial<Sample> = {}): Sample => ({
  subject: 'A question',
  language: 'en',
  body: `Hello Olivia,\n\n${text} Who looks after it?`,
  facts: HARLOW,
  ...more,
});

type Family = readonly [
  name: string,
  rule: GuardRule,
  refused: { fr: readonly string[]; en: readonly string[] },
  passes: { fr: readonly string[]; en: readonly string[] },
];

const FAMILIES: readonly Family[] = [
  [
    'the firm, and what is theirs',
    'claim',
    {
      fr: [
        'Ateliers Renaud vient d’être rachetée.',
        'Ateliers Renaud recrute et grandit vite.',
        'Ateliers Renaud fournit l’aéronautique depuis trois générations.',
        'L’entreprise vient de lever des fonds.',
        'Votre parc de machines arrive en fin de vie.',
        'Votre parc de machines arrive en fin de vie : une question se pose.',
        'Votre prédécesseur avait confié ce sujet à un prestataire.',
        'Vos marges reculent.',
        'Votre logiciel de paie est vieillissant.',
        'Aujourd’hui, vos équipes perdent du temps.',
        'Dans ce contexte, vous peinez à recruter.',
        'Vous changez d’ERP cette année.',
        'Vous vous apprêtez à déménager.',
        'Votre site internet indique une équipe technique.',
      ],
      en: [
        'Harlow & Byrne has just been acquired.',
        'Harlow & Byrne is hiring fast.',
        'Your current supplier is letting you down.',
        'Your website says you care for quality.',
        'Your margins are shrinking.',
        'You are planning to move.',
      ],
    },
    {
      fr: [
        'Votre réponse m’aidera beaucoup.',
        'Votre façon de faire m’intéresse.',
        'Votre avis compte.',
        'Votre logiciel de paie vieillit un peu, ou convient-il encore ?',
        'Quand le mois finit, votre équipe perd du temps.',
        'Si votre organisation change, dites-le-moi.',
        'Votre équipe ou un prestataire ?',
        'Je souhaite suivre votre actualité.',
        'Votre actualité professionnelle m’intéresse.',
        'Si vous venez de changer de prestataire, dites-le-moi.',
        'Vous gérez peut-être cela en interne.',
        'Votre équipe garde la main.',
        'Vos bulletins sont établis par nos gestionnaires.',
        'Ateliers Renaud garde la décision.',
        'Quand votre logiciel de paie vieillit, tout ralentit.',
      ],
      en: [
        'Your answer will help.',
        'Your team keeps the sign-off.',
        'If your current supplier is letting you down, tell me.',
        'Perhaps your team is busy with it.',
      ],
    },
  ],
  [
    'quantities in words',
    'figure',
    {
      fr: [
        'Avec quatre-vingt-dix salariés, la paie pèse.',
        'Pour votre équipe de quatre personnes, c’est beaucoup.',
        'Relier vos trois sites prend du temps.',
      ],
      en: [
        'With ninety employees, payroll is heavy.',
        'For your team of four people, it is a lot.',
        'Linking your three sites takes time.',
      ],
    },
    {
      fr: ['Avec quatre-vingt-cinq salariés, la paie pèse.', 'Deux personnes suffisent.'],
      en: ['With eighty-five employees, payroll is heavy.', 'Two people are enough.'],
    },
  ],
  [
    'what we promise',
    'claim',
    {
      fr: [
        '212 tôliers nous confient leur informatique.',
        '94 % de nos clients ont réduit leurs coûts en 2025.',
        'Chez nos clients, les coûts sont réduits d’un tiers.',
        'Nous sommes le premier prestataire de la région.',
        'Nos techniciens répondent jour et nuit.',
        'Un technicien intervient en moins d’une heure partout en France.',
        'Le premier audit est offert.',
        'Un premier mois gratuit permet de juger.',
        'Nous garantissons la tenue des délais.',
        'C’est l’offre la plus simple du marché.',
        'Des ateliers nous font confiance.',
        'Votre concurrent direct travaille avec nous.',
        'Selon une étude récente, la paie pèse.',
      ],
      en: [
        'Your first month is free.',
        'Manufacturers trust us.',
        'We are the simplest on the market.',
        '94% of our clients cut their costs in 2025.',
        'Recent studies show that payroll is heavy.',
      ],
    },
    {
      fr: [
        '94 % de nos clients ont renouvelé leur contrat en 2025.',
        '212 clients nous confient leur informatique ou leur paie.',
        'Un technicien rappelle en 18 minutes en moyenne.',
        'Vos 85 salariés ont des questions de paie ?',
      ],
      en: ['94% of our clients renewed their contract in 2025.', 'Feel free to say no.'],
    },
  ],
  [
    'a contact that never was',
    'invented_contact',
    {
      fr: [
        'Comme nous l’avions évoqué au salon, voici une question.',
        'Je vous ai laissé un message vocal hier.',
        'J’ai essayé de vous joindre.',
        'Vous aviez téléchargé notre livre blanc.',
        'Vous avez visité notre site.',
        'On m’a parlé de vous.',
        'Un de vos collègues m’a recommandé de vous écrire.',
        'Nous nous étions parlé au téléphone.',
      ],
      en: [
        'I tried to call you.',
        'A mutual friend gave me your name.',
        'You downloaded our guide.',
        'A colleague of yours suggested I write.',
      ],
    },
    {
      fr: ['Merci pour votre temps.', 'J’essaierai de vous joindre une seule fois.'],
      en: ['Thank you for your time.', 'You get this page because you asked for it.'],
    },
  ],
  [
    'what the program adds, or nobody',
    'markup',
    {
      fr: [
        'Pour ne plus recevoir mes messages, répondez « stop ».',
        'Origine de vos coordonnées : un annuaire.',
        'Ci-joint une page.',
        'Vous trouverez la page en pièce jointe.',
        'Le lien ci-dessous dit tout.',
      ],
      en: ['Please find attached one page.', 'To unsubscribe, reply stop.', 'The link below says it all.'],
    },
    {
      fr: ['Si vous préférez que je n’écrive plus, dites-le-moi.', 'Je ne joins ni plaquette ni tarif.'],
      en: ['If you would rather not hear from me, tell me.', 'I send no brochure.'],
    },
  ],
  [
    'how we work',
    'markup',
    {
      fr: [
        'Votre profil C apprécie les faits.',
        'Un profil dominant va droit au but.',
        'Ce message est rédigé automatiquement par un assistant.',
        'Je n’ai pas d’information sur votre activité.',
        'Je vous écris comme à un prospect chaud.',
      ],
      en: [
        'As a warm lead, this is for you.',
        'A dominant profile goes straight to the point.',
        'This was written by an assistant.',
      ],
    },
    {
      fr: ['Votre profil m’intéresse.', 'Je vous écris moi-même.'],
      en: ['Your profile made me curious.', 'I write this myself.'],
    },
  ],
  [
    'a time nobody gave',
    'figure',
    {
      fr: [
        'Je passe à Cholet en début de semaine prochaine.',
        'Je suis libre toute la matinée de demain.',
        'Je passe le mardi.',
        'Je vous appelle demain.',
      ],
      en: [
        'I will be in Leeds next week.',
        'I am available all morning on Tuesday.',
        'I’m visiting Leeds this week.',
      ],
    },
    {
      fr: ['Préférez-vous le début ou la fin de semaine ?', 'La semaine prochaine vous irait-elle ?'],
      en: ['Would next week suit you?', 'Any day suits me.'],
    },
  ],
  [
    'a gender',
    'civility',
    {
      fr: [
        'Pour une professionnelle aussi engagée que vous, c’est un sujet.',
        'Cela parle à toutes les femmes dirigeantes.',
        'Vous êtes sans doute sollicitée, mais vous êtes intéressée.',
      ],
      en: ['As a woman in business, you know.', 'Female leaders ask this.', 'Women like you ask this.'],
    },
    {
      fr: ['Pour un dirigeant, c’est un sujet.', 'Êtes-vous déjà équipé ?'],
      en: ['As a manager of people, one asks this.', 'Leaders ask this.'].slice(1),
    },
  ],
  [
    'too much of a manner',
    'tone',
    {
      fr: [
        'Il faut un savoir-faire hors du commun.',
        'Bravo, quel beau parcours.',
        'J’ai beaucoup d’admiration pour les ateliers.',
        'Sans réponse, je considérerai que vous êtes d’accord.',
        'Il serait dommage de passer à côté.',
        'Je regrette votre silence.',
        'Toujours sans réponse de votre part, je conclus.',
      ],
      en: ['You must be proud.', 'What a great career.', 'It would be a shame to wait.'],
    },
    {
      fr: [
        'Sans réponse de votre part, je ne retiens aucune date.',
        'Sans retour de votre part, je ne retiens aucune date.',
        'Votre silence me suffira.',
        'Votre silence n’appelle aucune justification.',
      ],
      en: ['Your silence will do as well.', 'Without an answer I keep no date.'],
    },
  ],
  [
    'a blank',
    'placeholder',
    {
      fr: [
        'Chez ‹entreprise›, la paie pèse.',
        'La «société» a une paie.',
        'Dans l’entreprise X, la paie pèse.',
        'Dans la ville de ... tout va bien.',
      ],
      en: [
        'At ‹company›, payroll is heavy.',
        'The "company" has a payroll.',
        'At company X, payroll is heavy.',
      ],
    },
    {
      fr: ['Un « oui » suffit.', 'La paie... et le reste.'],
      en: ['A "yes" will do.', 'Payroll... and the rest.'],
    },
  ],
  [
    'a sentence twice',
    'repetition',
    {
      fr: ['La question est simple à poser. La question est simple à poser.'],
      en: ['The question is simple. The question is simple.'],
    },
    { fr: ['La question est simple. La réponse aussi.'], en: ['The question is simple. So is the answer.'] },
  ],
];

describe.each(FAMILIES)('%s', (_, rule, refused, passes) => {
  it.each([
    ...refused.fr.map((text) => [text, french(text)] as const),
    ...refused.en.map((text) => [text, english(text)] as const),
  ])('is refused: %s', (__, sample) => {
    expect(inWords(judge(sample)).map((line) => line.split(':')[0])).toContain(rule);
  });

  it.each([
    ...passes.fr.map((text) => [text, french(text)] as const),
    ...passes.en.map((text) => [text, english(text)] as const),
  ])('is not seen in: %s', (__, sample) => {
    expect(inWords(judge(sample))).toEqual([]);
  });
});

describe('a claim', () => {
  it.each<[string, string, boolean]>([
    ['vos 85 collaborateurs répartis sur plusieurs sites', 'headcount', false],
    ['En tant que DAF, vous avez lancé un plan de réduction des coûts', 'title', false],
    ['Ateliers Renaud est une entreprise de charpente', 'company', false],
    ['vos 85 collaborateurs', 'headcount', true],
    ['Ateliers Renaud est une entreprise de tôlerie', 'industry', true],
    ['un DAF', 'title', true],
  ])('is known by half of its words: %s', (statement, fact, known) => {
    const sample = french(`${statement}, c’est un sujet.`, { claims: [[statement, fact]] });
    expect(inWords(judge(sample)).some((line) => line.startsWith('claim'))).toBe(!known);
  });
});

describe('the remark of the operator', () => {
  const text =
    'Félicitations pour votre rachat de Tôlerie Morin le 3 mars. Suite à notre appel, une question.';

  it('is trusted with names, figures, news and contact', () => {
    const input = inputOf(french(text));
    expect(guard(input).ok).toBe(false);
    const remark = 'Félicite pour le rachat de Tôlerie Morin le 3 mars ; nous avons eu un appel.';
    expect(inWords(guard({ ...input, remark }))).toEqual([]);
  });
});

describe('years', () => {
  it.each<[string, number | null, boolean]>([
    ['Est-ce un sujet pour 2027 ?', null, true],
    ['Est-ce un sujet pour 2030 ?', null, false],
    ['C’est un sujet pour 2027.', null, false],
    ['C’est un sujet pour 2031.', 2030, true],
    ['Est-ce un sujet pour 2027 ?', 2030, false],
  ])('may be the running one and the next: %s in %s', (text, year, fine) => {
    expect(guard({ ...inputOf(french(text)), year }).ok).toBe(fine);
  });
});

describe('choices', () => {
  it.each([
    'Répondez « 1 », « 2 » ou « 3 ».',
    'Choisissez 1, 2 ou 3.',
    '1) en interne\n2) un prestataire\n3) les deux\n\nUn chiffre suffit.',
    'A) en interne\nB) un prestataire\nC) personne\n\nUne lettre suffit.',
    '1. en interne\n2. un prestataire\n3. personne\n\nUn chiffre suffit.',
  ])('pass: %s', (text) => {
    expect(inWords(judge(french(text)))).toEqual([]);
  });
});

describe('the end of a text', () => {
  const ending = (last: string, kind: Sample['kind'] = 'message') =>
    inWords(judge({ kind, body: `Bonjour Christophe, qui s’occupe du support ?\n\n${last}` }));

  it.each([
    'Bonne journée,',
    'Bien à vous, Claire',
    'Un mot suffit.',
    'Écrivez « oui »',
    'Mon numéro : 06 12 34 56 78',
  ])('is one: %s', (last) => expect(ending(last)).toEqual([]));

  it.each([
    'Nous prenons en charge les postes et',
    'Un technicien attitré,',
    'Si vous le souhaitez, je peux vous',
  ])('is none: %s', (last) => expect(ending(last).some((line) => line.startsWith('unfinished'))).toBe(true));

  it.each([
    'Claire Vasseur',
    'Bien à vous,\nClaire',
    'Cordialement, Claire Vasseur',
    'Claire Vasseur, Groupe Tessandre',
  ])('is no signature in an e-mail: %s', (last) =>
    expect(ending(last, 'email').some((line) => line.includes('signature'))).toBe(true),
  );
});

describe('length without a wish', () => {
  it('ends an e-mail at 320 words', () => {
    const of = (words: number) =>
      inWords(
        judge({
          body: `Bonjour Christophe, ${Array.from({ length: words - 2 }, (_, i) => `oui${'abcdefghij'[i % 10]}`).join(' ')}.`,
        }),
      );
    expect(of(320).join()).not.toContain('length');
    expect(of(321).join()).toContain('length: 321 words, at most 320');
  });

  it('keeps an SMS in one segment, or in two where much is added', () => {
    const body = `Bonjour Christophe, Claire Vasseur. ${'Un appel vous irait. Le support est notre affaire. '.repeat(2)}Mon 06 12 34 56 78.`;
    const input = inputOf({ kind: 'sms', body: `${body.replace('affaire. Un', 'affaire ; un')}` });
    expect(inWords(guard(input)).join()).toContain('2 SMS segments with what is added, at most 1');
    const long = guard({ ...input, complete: (text) => text + 'x'.repeat(80) });
    expect(inWords(long).join()).not.toContain('segments');
  });

  it('does not read what is far too long', () => {
    expect(judge({ body: 'a.'.repeat(5_001) })).toEqual({
      ok: false,
      findings: [{ rule: 'length', detail: '10020 characters, at most 10000' }],
    });
  });
});

describe('findings', () => {
  it('quote the words as they stand, with their accents', () => {
    expect(inWords(judge(french('Suite à votre levée de fonds, une question.')))).toEqual([
      'claim: "Suite à votre levée de fonds" is said of the reader and rests on no claim that holds',
    ]);
  });

  it('quote a figure with what it counts, and no small word', () => {
    expect(inWords(judge(french('La norme 9002 que tous citent.'))).join()).toContain('"9002" stands');
    expect(inWords(judge(french('Pour 49 sociétés.'))).join()).toContain('"49 sociétés" stands');
  });
});

describe('long messages of before', () => {
  it('are known by their beginning', () => {
    const told = (body: string) =>
      judge(french('Sandrine Morel le sait.', { exchanges: [wrote('in', 'email', body)] })).ok;
    expect(told('Voyez Sandrine Morel.')).toBe(true);
    expect(told(`${'Oui. '.repeat(400)}Voyez Sandrine Morel.`)).toBe(false);
  });
});

describe('an SMS', () => {
  it.each(['Un appel ? Oui ou non par SMS me convient.', 'Un mot par SMS suffit. Un appel ?'])(
    'asks for no answer to itself: %s',
    (text) => {
      const body = `Bonjour Christophe, Claire Vasseur. ${text}`;
      expect(inWords(judge({ kind: 'sms', body })).join()).toContain('sms_reply');
    },
  );
});
