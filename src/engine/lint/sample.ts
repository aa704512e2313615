import type { Channel, Language, Prospect } from '../model.ts';
import type { SenderFacts, WriteRequest } from '../ports/writer.ts';
import { type TemplateFacts, templateFacts } from '../texts/template-facts.ts';

export type SampleSize = 'usual' | 'long';

const PERSON: Omit<Prospect, 'language'> = {
  id: 1,
  email: 'christophe.lambert@meca-forez.example',
  first_name: 'Christophe',
  last_name: 'Lambert',
  civility: 'M.',
  company: 'Mécanique du Forez',
  title: 'Directeur général',
  phone: '+33412345678',
  mobile: '+33612345678',
  linkedin: 'christophe-lambert',
  company_linkedin: null,
  website: 'meca-forez.example',
  siren: '732829320',
  siret: '73282932000074',
  naf: '2562B',
  city: 'Montbrison',
  zip: '42600',
  country: 'FR',
  region: 'Auvergne-Rhône-Alpes',
  timezone: 'Europe/Paris',
  industry: 'mécanique',
  headcount: '120',
  revenue: '18 000 000',
  disc: 'C',
  consent: null,
  notes: null,
  tags: null,
  source: null,
  custom: {},
  companyKey: null,
};

/** A text that still fits with these fits nearly everybody. */
const LONG_PERSON: Omit<Prospect, 'language'> = {
  ...PERSON,
  first_name: 'Anne-Charlotte',
  last_name: 'de La Rochebrochard',
  company: 'Ateliers mécaniques du Haut-Forez',
  title: 'Directrice administrative et financière',
  city: 'Saint-Germain-en-Laye',
  industry: 'mécanique industrielle',
};

const SENDER: SenderFacts = {
  name: 'Claire Martin',
  title: 'Associée',
  company: 'Atelier Martin',
  email: 'claire@martin.example',
  phone: '06 12 34 56 78',
  website: 'martin.example',
};

const LONG_SENDER: SenderFacts = {
  ...SENDER,
  name: 'Jean-Baptiste Fontanelle',
  title: 'Directeur du développement',
  company: 'Fontanelle & Associés Conseil',
  phone: '+33 6 12 34 56 78',
};

const OPT_OUT: Record<Channel, string> = {
  email: 'Si vous préférez ne plus recevoir de message de ma part, répondez simplement « stop ».',
  sms: 'STOP: https://stop.example/ab12',
  linkedin: '',
};

type SampleRequest = Omit<WriteRequest, 'step' | 'templates'>;

function request(
  channel: Channel,
  language: Language,
  size: SampleSize,
  custom: readonly string[],
): SampleRequest {
  const person = size === 'long' ? LONG_PERSON : PERSON;
  return {
    channel,
    language,
    prospect: { ...person, language, custom: Object.fromEntries(custom.map((name) => [name, 'exemple'])) },
    sender: size === 'long' ? LONG_SENDER : SENDER,
    optOut: OPT_OUT[channel],
    campaign: {
      id: null,
      name: 'Rentrée',
      objective: 'présenter notre offre de services',
      voice: null,
      sender: null,
    },
    dataSource: 'votre profil professionnel public',
    history: [
      { step: 'first', channel: 'email', subject: 'Une question sur vos ateliers', body: '', sentAt: 0 },
    ],
    exchanges: [],
  };
}

/** A person of whom everything is known, with the custom fields a template names. */
export const sampleFacts = (
  use: { channel: Channel; language: Language },
  size: SampleSize,
  custom: readonly string[],
): TemplateFacts => templateFacts(request(use.channel, use.language, size, custom));

/** Somebody to look at texts with, before there is anybody: nobody's number, so that nothing is noted with a real one. */
export const SAMPLE_PERSON: Prospect = { ...PERSON, id: 0, language: null };

/** Where no configuration says who writes. */
export const SAMPLE_WORDS = {
  sender: SENDER,
  optOut: OPT_OUT,
  dataSource: 'votre profil professionnel public',
};

/** There for nearly everybody, so that a template may use them as they are. */
export const USUAL_VARIABLES: ReadonlySet<string> = new Set([
  'first_name',
  'company',
  'sender.name',
  'campaign.name',
  'opt_out',
]);

/** The same facts without one of them, such as `sender.phone`. */
export function without(facts: TemplateFacts, name: string): TemplateFacts {
  const [head = '', ...rest] = name.split('.');
  const { [head]: value, ...others } = facts;
  if (rest.length === 0 || typeof value !== 'object') return others;
  return { ...others, [head]: without(value, rest.join('.')) };
}
