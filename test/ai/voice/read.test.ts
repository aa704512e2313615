import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DISC_GUIDES } from '../../../src/ai/voice/disc-guides.ts';
import { readVoice } from '../../../src/ai/voice/read.ts';
import type { Voice } from '../../../src/ai/voice/voice.ts';
import { voiceYaml } from './files.ts';

function voiceOf(yaml: string): Voice {
  const reading = readVoice('voice.yaml', yaml);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.voice;
}

function problemsOf(yaml: string): string[] {
  const reading = readVoice('voice.yaml', yaml);
  return reading.ok
    ? []
    : reading.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a voice file', () => {
  it('needs a name and nothing else', () => {
    expect(voiceOf('name: Maison')).toEqual({
      name: 'Maison',
      language: 'fr',
      version: expect.stringMatching(/^[0-9a-f]{16}$/),
      whoWeAre: '',
      offers: [],
      proofs: [],
      words: { use: [], avoid: [] },
      tone: [],
      address: 'vous',
      emoji: false,
      signature: null,
      legalIdentity: null,
      links: [],
      disc: DISC_GUIDES.fr,
    });
  });

  it('may leave every other key empty', () => {
    const keys = ['who_we_are', 'offers', 'proofs', 'words', 'tone', 'signature', 'legal_identity', 'links'];
    expect(voiceOf(`name: Maison\n${[...keys, 'disc'].map((key) => `${key}:\n`).join('')}`)).toEqual({
      ...voiceOf('name: Maison'),
      version: expect.any(String),
    });
    expect(voiceOf('name: M\nwords:\n  use:\n  avoid:\ndisc:\n  D:\n')).toMatchObject({
      words: { use: [], avoid: [] },
      disc: DISC_GUIDES.fr,
    });
  });

  it('reads every key', () => {
    const yaml = `name: Maison
language: en
who_we_are: |
  We repair
  pumps.
offers: [{ name: Repair, what: On site, for: workshops }, { name: Rent, what: By the day }]
proofs: [{ claim: 40 pumps a week, source: Report 2025 }]
words: { use: [on site], avoid: [synergy] }
tone: [Plain.]
address: tu
emoji: true
signature: |
  Paul${'  '}

  Maison
legal_identity: Maison SARL
links: [https://maison.example/]
disc:
  D: { opening: Short., rhythm: Fast., evidence: One., cta: Yes or no. }
`;
    expect(voiceOf(yaml)).toMatchObject({
      language: 'en',
      whoWeAre: 'We repair pumps.',
      offers: [
        { name: 'Repair', what: 'On site', forWhom: 'workshops' },
        { name: 'Rent', what: 'By the day', forWhom: null },
      ],
      proofs: [{ claim: '40 pumps a week', source: 'Report 2025' }],
      words: { use: ['on site'], avoid: ['synergy'] },
      tone: ['Plain.'],
      address: 'tu',
      emoji: true,
      signature: 'Paul\n\nMaison',
      legalIdentity: 'Maison SARL',
      links: ['https://maison.example/'],
      disc: {
        ...DISC_GUIDES.en,
        D: { opening: 'Short.', rhythm: 'Fast.', evidence: 'One.', cta: 'Yes or no.' },
      },
    });
  });

  it('takes from the built-in guide what a profile leaves out', () => {
    const { disc } = voiceOf('name: M\ndisc: { C: { opening: Exact. } }');
    expect(disc.C).toEqual({ ...DISC_GUIDES.fr.C, opening: 'Exact.' });
    expect(disc.S).toEqual(DISC_GUIDES.fr.S);
  });

  it('has a version of its own, which changes with any change', () => {
    expect(voiceOf('name: M').version).toBe(voiceOf('name: M').version);
    expect(voiceOf('name: M').version).not.toBe(voiceOf('name: M\n').version);
  });

  it('keeps no-break spaces and composes accents', () => {
    expect(voiceOf('name: "Cafe\u0301\u00a0: ici"').name).toBe('Café\u00a0: ici');
  });
});

describe('everything that is wrong is told at once, with its place', () => {
  it.each<[string, string, string[]]>([
    ['no name', 'language: fr', ['1:1 missing key "name"']],
    ['an empty name', 'name: ""', ['1:7 "name" is "": expected a text']],
    [
      'unknown keys',
      'name: M\nlanguages: fr\noffres: []\ndisc: { D: { openning: x } }',
      [
        '2:1 unknown key "languages", did you mean "language"?',
        expect.stringMatching(/^3:1 unknown key "offres"/),
        '4:14 unknown key "openning", did you mean "opening"?',
      ],
    ],
    [
      'unknown words',
      'name: M\nlanguage: de\naddress: vouz\nemoji: maybe',
      [
        '2:11 "language" is "de", allowed: fr, en',
        '3:10 "address" is "vouz", allowed: vous, tu, did you mean "vous"?',
        '4:8 "emoji" is "maybe": expected true or false',
      ],
    ],
    ['a number', 'name: 2026', ['1:7 "name" is 2026: expected a text']],
    ['an offer without words', 'name: M\noffers: [{ name: A }]', ['2:10 missing key "what"']],
    ['an escape sequence', 'name: "a\\e[2J"', ['1:7 "name" is "a?[2J": it holds an invisible character']],
    [
      'a direction mark',
      'name: M\ntone: ["a\u202eb"]',
      [expect.stringMatching(/^2:8 .*it holds an invisible character$/)],
    ],
    [
      'a text that is too long',
      `name: M\nwho_we_are: ${'x'.repeat(1501)}`,
      [expect.stringMatching(/^2:13 "who_we_are" is "x+…": at most 1500 characters$/)],
    ],
    [
      'a signature like a letter',
      `name: M\nsignature: |\n${'  ligne\n'.repeat(13)}`,
      [expect.stringMatching(/^3:|2:.*at most 12 lines/)],
    ],
    [
      'too many offers',
      `name: M\noffers:\n${'  - { name: A, what: B }\n'.repeat(21)}`,
      ['2:1 "offers" is a list: at most 20 entries'],
    ],
    ['an empty file', '', ['1:1 the file is empty']],
    ['no map', '- a', [expect.stringMatching(/^1:1 /)]],
    ['no YAML', 'name: [', [expect.stringMatching(/^1:8 no valid YAML/)]],
  ])('%s', (_, yaml, expected) => expect(problemsOf(yaml)).toEqual(expected));

  it('a file of more than 64 kB', () => {
    expect(problemsOf(`name: M\n#${'x'.repeat(64 * 1024)}`)).toEqual([
      '1:1 the file is too big: 65545 bytes, at most 65536',
    ]);
  });

  it('what lint calls an error keeps it from being used', () => {
    const yaml = voiceYaml({
      proofs: '[{ claim: 94 % de clients contents }]',
      links: '[http://maison.example/]',
    });
    expect(problemsOf(yaml)).toEqual([
      '6:10 a figure without a source: where can "94 %" be checked?',
      expect.stringMatching(/^7:9 .*https/),
    ]);
  });
});

describe('the voices that come with hector', () => {
  const shipped = (name: string) => {
    const file = `examples/voices/${name}.yaml`;
    return voiceOf(readFileSync(file, 'utf8'));
  };

  it('the full example uses every key', () => {
    const voice = shipped('groupe-services');
    for (const value of Object.values(voice).filter((each) => typeof each === 'object'))
      expect(Array.isArray(value) ? value.length : Object.keys(value ?? {}).length).toBeGreaterThan(0);
    expect(voice.whoWeAre.length).toBeGreaterThan(100);
    expect(voice.signature).toContain('\n');
    expect(voice.legalIdentity).toMatch(/SAS.*RCS/);
    for (const profile of ['D', 'I', 'S', 'C'] as const)
      for (const key of ['opening', 'rhythm', 'evidence', 'cta'] as const)
        expect(voice.disc[profile][key]).not.toBe(DISC_GUIDES.fr[profile][key]);
  });

  it('its register number is nobody’s: it breaks the rule that SIRENs follow', () => {
    const siren = /RCS \D+([\d ]{11})/.exec(shipped('groupe-services').legalIdentity ?? '')?.[1] ?? '';
    const digits = [...siren.replaceAll(' ', '')].map(Number).reverse();
    const luhn = digits.reduce((sum, digit, index) => {
      const weighed = index % 2 === 1 ? digit * 2 : digit;
      return sum + (weighed > 9 ? weighed - 9 : weighed);
    }, 0);
    expect(digits).toHaveLength(9);
    expect(luhn % 10).not.toBe(0);
  });

  it.each([
    ['neutral', 'fr'],
    ['neutral-en', 'en'],
  ] as const)('%s claims nothing, so that anybody can write in it', (name, language) => {
    expect(shipped(name)).toMatchObject({
      language,
      whoWeAre: '',
      offers: [],
      proofs: [],
      links: [],
      signature: null,
      legalIdentity: null,
      disc: DISC_GUIDES[language],
    });
    expect(shipped(name).tone.length).toBeGreaterThan(2);
  });
});
