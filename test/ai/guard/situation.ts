import type { ModelAnswer } from '../../../src/ai/guard/answer.ts';
import { type Guarded, guard } from '../../../src/ai/guard/guard.ts';
import type { GuardInput } from '../../../src/ai/guard/input.ts';
import type { Channel, Language, MessageKind } from '../../../src/engine/model.ts';
import type { Exchange, Fact } from '../../../src/engine/texts/facts.ts';

interface Situation {
  kind?: MessageKind;
  language?: Language;
  /** Facts by id; null takes one of the usual ones away. */
  facts?: Readonly<Record<string, string | null>>;
  sender?: Partial<GuardInput['sender']>;
  voice?: Partial<GuardInput['voice']>;
  step?: Partial<GuardInput['step']>;
  exchanges?: readonly Exchange[];
  wantsSubject?: boolean;
}

/** What a model answered, and where. */
export interface Sample extends Situation {
  subject?: string | null;
  body: string;
  /** Statement and fact. */
  claims?: readonly (readonly [string, string])[];
}

const USUAL: Readonly<Record<string, string>> = {
  first_name: 'Christophe',
  last_name: 'Lambert',
  civility: 'M.',
  company: 'Mécanique du Forez',
  title: 'Directeur général',
  city: 'Montbrison',
  industry: 'mécanique de précision',
  headcount: '120',
};

const SENDER: GuardInput['sender'] = {
  name: 'Claire Vasseur',
  title: 'Responsable du développement',
  company: 'Groupe Tessandre',
  email: 'claire.vasseur@tessandre.example',
  phone: '06 12 34 56 78',
  website: 'https://www.tessandre.example/',
};

export const VOICE: GuardInput['voice'] = {
  address: 'vous',
  emoji: false,
  links: ['https://www.tessandre.example/', 'https://www.tessandre.example/engagements'],
  words: {
    use: ['interlocuteur attitré', 'sur place'],
    avoid: ['solution clé en main', 'synergie', 'disruptif', 'booster', 'gagnant-gagnant', 'circle back'],
  },
  whoWeAre:
    'Le groupe Tessandre réunit à Nantes trois métiers de services pour les PME et ETI de l’Ouest : l’infogérance, la paie externalisée et le renfort de projets informatiques.',
  offers: [
    {
      name: 'Infogérance de proximité',
      what: 'Nous prenons en charge les postes, les serveurs, les sauvegardes et le support, avec un technicien attitré qui se déplace.',
      forWhom: 'PME sans équipe informatique',
    },
    {
      name: 'Paie externalisée',
      what: 'Nous établissons les bulletins et les déclarations sociales.',
      forWhom: 'Dirigeants, DAF et RRH',
    },
    {
      name: 'Renfort de projet',
      what: 'Un chef de projet rejoint l’équipe du client : migration, changement d’ERP.',
      forWhom: 'DSI',
    },
  ],
  proofs: [
    {
      claim: '212 clients nous confient leur informatique ou leur paie.',
      source: 'Rapport d’activité 2025, page 6',
    },
    {
      claim: 'Un technicien rappelle en 18 minutes en moyenne, aux heures ouvrées.',
      source: 'Relevé de notre outil de tickets, année 2025',
    },
    {
      claim: '94 % de nos clients ont renouvelé leur contrat en 2025.',
      source: 'Enquête annuelle auprès de 212 clients',
    },
    { claim: 'Notre centre de services est certifié ISO 27001.', source: 'Certificat consultable en ligne' },
    {
      claim: 'Mercier Frères a confié sa paie à Tessandre en 2023.',
      source: 'Avec l’accord de Mercier Frères',
    },
  ],
};

const CHANNELS: Readonly<Record<MessageKind, Channel>> = {
  invitation: 'linkedin',
  message: 'linkedin',
  follow_up: 'email',
  email: 'email',
  sms: 'sms',
};

const ABOUT: Readonly<Record<string, Fact['about']>> = {
  company: 'firm',
  city: 'firm',
  industry: 'firm',
  headcount: 'firm',
  revenue: 'firm',
};

export function judge(sample: Sample): Guarded {
  return guard(inputOf(sample));
}

export function inputOf(sample: Sample): GuardInput {
  const { kind = 'email', language = 'fr', exchanges = [] } = sample;
  const channel = CHANNELS[kind];
  const known = { ...USUAL, ...sample.facts };
  const sender = { ...SENDER, ...sample.sender };
  const voice = { ...VOICE, ...sample.voice };
  const wantsSubject = sample.wantsSubject ?? kind === 'email';
  return {
    answer: answerOf(sample, wantsSubject),
    ...{ kind, channel, language, sender, voice, exchanges, wantsSubject },
    facts: [...factsOf(known), ...ownFacts(sender, voice)],
    prospect: {
      firstName: known.first_name ?? null,
      lastName: known.last_name ?? null,
      civility: known.civility ?? null,
      company: known.company ?? null,
    },
    step: {
      objective: 'Ouvrir la conversation',
      prompt: 'Pose une question.',
      cta: null,
      length: null,
      ...sample.step,
    },
    complete: (body) => completed(body, channel),
    limits: { invitationLimit: 200, messageLimit: 3000 },
  };
}

const answerOf = ({ subject, body, claims = [] }: Sample, wantsSubject: boolean): ModelAnswer => ({
  subject:
    subject === undefined
      ? wantsSubject
        ? body.includes('Bonjour')
          ? 'Une question pour vous'
          : 'A question for you'
        : null
      : subject,
  body,
  claims: claims.map(([statement, fact]) => ({ statement, fact })),
});

const factsOf = (known: Readonly<Record<string, string | null>>): Fact[] =>
  Object.entries(known).flatMap(([id, value]) =>
    value === null ? [] : [{ id, value, about: ABOUT[id] ?? 'person', source: 'CSV import' }],
  );

const ownFacts = (sender: GuardInput['sender'], voice: GuardInput['voice']): Fact[] => [
  ...Object.entries(sender).flatMap(([id, value]): Fact[] =>
    value === null ? [] : [{ id: `sender.${id}`, value, about: 'sender', source: 'hector.yaml' }],
  ),
  ...voice.offers.map(
    ({ name, what }, index): Fact => ({
      id: `voice.offer.${index + 1}`,
      value: `${name}: ${what}`,
      about: 'house',
      source: 'voice',
    }),
  ),
  ...voice.proofs.map(
    ({ claim, source }, index): Fact => ({
      id: `voice.proof.${index + 1}`,
      value: claim,
      about: 'house',
      source,
    }),
  ),
];

/** As the program ends a text. */
function completed(body: string, channel: Channel): string {
  if (channel === 'linkedin') return body;
  if (channel === 'sms') return `${body} STOP au 36180`;
  return `${body}\n\nClaire Vasseur\nGroupe Tessandre\n\nPour ne plus recevoir de message de ma part, répondez « stop ».`;
}

/** What we wrote, or they. */
export const wrote = (
  direction: Exchange['direction'],
  channel: Channel,
  body: string,
  subject: string | null = null,
): Exchange => ({ direction, channel, at: Date.UTC(2026, 10, 16, 9), subject, body });

export const inWords = (guarded: Guarded): string[] =>
  guarded.ok ? [] : guarded.findings.map(({ rule, detail }) => `${rule}: ${detail}`);
