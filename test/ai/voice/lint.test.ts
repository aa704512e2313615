import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintVoice } from '../../../src/ai/voice/lint.ts';
import { readVoice } from '../../../src/ai/voice/read.ts';
import { voiceYaml } from './files.ts';

const lint = (yaml: string): string[] =>
  lintVoice('voice.yaml', yaml).map(
    ({ line, column, severity, rule, message }) => `${line}:${column} ${severity} ${rule} | ${message}`,
  );
const lintKeys = (changes: Record<string, string | null>): string[] => lint(voiceYaml(changes));

it('says nothing of a voice of which nothing can be said', () => expect(lintKeys({})).toEqual([]));
it('says nothing of the full example', () =>
  expect(lint(readFileSync('examples/voices/groupe-services.yaml', 'utf8'))).toEqual([]));

it.each(['neutral', 'neutral-en'])('warns that %s knows nothing of us, and no more', (name) => {
  const rules = lintVoice(name, readFileSync(`examples/voices/${name}.yaml`, 'utf8')).map(
    ({ severity, rule }) => `${severity} ${rule}`,
  );
  expect(rules).toEqual([
    'warning no-identity',
    'warning no-offers',
    'warning no-legal-identity',
    'warning disc-built-in',
  ]);
});

describe('errors: the voice is not used', () => {
  it.each<[string, Record<string, string | null>, string]>([
    [
      'a proof without a source',
      { proofs: '[{ claim: Clients fidèles }]' },
      '6:10 error proof-without-source | a proof without a source: where can it be checked?',
    ],
    [
      'a proof with nothing for a source',
      { proofs: '[{ claim: Clients fidèles, source: "-" }]' },
      '6:10 error proof-without-source | a proof without a source: where can it be checked?',
    ],
    [
      'a figure without a source',
      { proofs: '[{ claim: a, source: Rapport 2025 }, { claim: 1 200 pompes, source: }]' },
      '6:46 error proof-without-source | a figure without a source: where can "1 200" be checked?',
    ],
    [
      'a link without https',
      { links: '[http://maison.example/]' },
      '6:9 error link | "http://maison.example/" does not begin with https://',
    ],
    [
      'a link that is none',
      { links: '[maison.example]' },
      '6:9 error link | "maison.example" is no address such as https://exemple.example/offres',
    ],
    [
      'a link that hides where it leads',
      { links: '["https://maison.example@evil.example/"]' },
      '6:9 error link | "https://maison.example@evil.example/" has a name before the @, which hides where it leads',
    ],
    [
      'a link to no site',
      { links: '["https://localhost/"]' },
      '6:9 error link | "https://localhost/" names no site',
    ],
    [
      'a word both ways',
      { words: '{ use: [Échéance], avoid: [leader, ECHEANCE] }' },
      '6:43 error word-both-ways | "ECHEANCE" is to be used and to be avoided',
    ],
    [
      'Liquid in the signature',
      { signature: '"{{ sender.name }}"' },
      '6:12 error placeholder | "{{" was never filled in: texts stand as they are',
    ],
    [
      'a blank in the signature',
      { signature: '"[Votre nom], Maison"' },
      '6:12 error placeholder | "[Votre nom]" was never filled in: texts stand as they are',
    ],
    [
      'a blank in the legal identity',
      { legal_identity: 'Maison, RCS XXX' },
      '4:17 error placeholder | "XXX" was never filled in: texts stand as they are',
    ],
    [
      'a note to oneself',
      { legal_identity: 'Maison, RCS à compléter' },
      '4:17 error placeholder | "à compléter" was never filled in: texts stand as they are',
    ],
    [
      'a blank in who we are',
      { who_we_are: 'Nous sommes [votre société].' },
      '2:13 error placeholder | "[votre société]" was never filled in: texts stand as they are',
    ],
    [
      'a blank in an offer',
      { offers: '[{ name: A, what: "Pour {{ company }}" }]' },
      '3:27 error placeholder | "{{" was never filled in: texts stand as they are',
    ],
    ['another format', { tone: 'bref' }, '6:7 error invalid | "tone" is "bref": expected a list'],
  ])('%s', (_, changes, expected) => {
    const yaml = voiceYaml(changes);
    expect(lint(yaml)).toEqual([expected]);
    expect(readVoice('voice.yaml', yaml).ok).toBe(false);
  });
});

describe('warnings: for a person to judge', () => {
  it.each<[string, Record<string, string | null>, string]>([
    [
      'nobody says who writes',
      { who_we_are: null },
      '1:1 warning no-identity | no who_we_are: texts cannot say who writes',
    ],
    ['no offers', { offers: '[]' }, '3:1 warning no-offers | no offers: texts can offer a conversation only'],
    [
      'no legal identity',
      { legal_identity: '' },
      '4:17 warning no-legal-identity | no legal_identity: French law wants the firm named',
    ],
    [
      'a link that follows the reader',
      { links: '["https://maison.example/?utm_source=x"]' },
      '6:9 warning link-tracking | "utm_source" follows the reader: leave it out',
    ],
    [
      'another click number',
      { links: '["https://maison.example/?a=1&gclid=x"]' },
      '6:9 warning link-tracking | "gclid" follows the reader: leave it out',
    ],
    [
      'tu where vous is set',
      { tone: '[On tutoie tout le monde.]' },
      '6:8 warning tone-address | "On tutoie tout le monde.", but address is vous',
    ],
    [
      'vous where tu is set',
      { address: 'tu', tone: '[Vouvoiement toujours.]' },
      '7:8 warning tone-address | "Vouvoiement toujours.", but address is tu',
    ],
    [
      'a boast',
      { who_we_are: 'Le leader des pompes.' },
      '2:13 warning superlative | "leader" without a proof that says so',
    ],
    [
      'a boast in an offer',
      { offers: '[{ name: A, what: Le n°1 en Bretagne }]' },
      '3:27 warning superlative | "n°1" without a proof that says so',
    ],
    [
      'a figure in an offer',
      { offers: '[{ name: A, what: Réparé en 24 h }]' },
      '3:10 warning offer-figure | "24" stands in no proof',
    ],
    [
      'a profile without a guide',
      { disc: '{ D: { opening: o, rhythm: r, evidence: e, cta: c }, S: { opening: o } }' },
      '5:1 warning disc-built-in | the guide of hector is used for I, S, C',
    ],
    ['no guide', { disc: null }, '1:1 warning disc-built-in | the guide of hector is used for D, I, S, C'],
    [
      'more than is worth paying for with each message',
      {
        tone: `[${Array.from({ length: 20 }, (_, index) => `${index} ${'mot '.repeat(45)}`).join(', ')}]`,
        words: `{ avoid: [${Array.from({ length: 60 }, (_, index) => `${index} ${'x'.repeat(50)}`).join(', ')}] }`,
      },
      expect.stringMatching(/^1:1 warning too-long \| \d{4} characters altogether, more than 6000/),
    ],
  ])('%s', (_, changes, expected) => {
    const yaml = voiceYaml(changes);
    expect(lint(yaml)).toEqual([expected]);
    expect(readVoice('voice.yaml', yaml).ok).toBe(true);
  });

  it.each<[string, Record<string, string | null>]>([
    [
      'a boast that a proof says',
      { who_we_are: 'Le Leader.', proofs: '[{ claim: leader en Bretagne, source: Étude Xerfi }]' },
    ],
    [
      'a figure that a proof says',
      { offers: '[{ name: A, what: Réparé en 24 h }]', proofs: '[{ claim: En 24 h., source: Relevé }]' },
    ],
    [
      'the same figure with a no-break space',
      {
        offers: '[{ name: A, what: "1\u00a0200 pompes" }]',
        proofs: '[{ claim: 1 200 pompes, source: Relevé }]',
      },
    ],
    ['a refusal of tu', { tone: '[Jamais de tutoiement., Ne pas tutoyer.]' }],
    ['tu in English', { language: 'en', tone: '[Say tu and vous.]' }],
    ['a parameter that follows nobody', { links: '["https://maison.example/?page=2"]' }],
    ['an address in the signature', { signature: '"Paul <paul@maison.example>"' }],
    ['a blank among the words to avoid', { words: '{ avoid: ["[Prénom]", leader] }' }],
  ])('nothing about %s', (_, changes) => expect(lintKeys(changes)).toEqual([]));
});

it('tells all of it, in the order of the lines', () => {
  const findings = lintKeys({
    legal_identity: null,
    links: '[http://a.example/]',
    proofs: '[{ claim: 5 pompes }]',
    disc: null,
  });
  expect(findings.map((line) => line.replace(/ \|.*/, ''))).toEqual([
    '1:1 warning no-legal-identity',
    '1:1 warning disc-built-in',
    '4:9 error link',
    '5:10 error proof-without-source',
  ]);
});
