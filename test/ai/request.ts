import type { WriteRequest } from '../../src/engine/ports/writer.ts';
import { aStep, NO_FACTS } from '../builders.ts';

export interface RequestOverrides extends Omit<Partial<WriteRequest>, 'prospect' | 'sender'> {
  prospect?: Partial<WriteRequest['prospect']>;
  sender?: Partial<WriteRequest['sender']>;
}

/** What a writer is asked: an e-mail to Claire of Firme, from Paul. */
export function aRequest({ prospect, sender, ...overrides }: RequestOverrides = {}): WriteRequest {
  return {
    step: aStep({ template: 'essai/texte' }),
    channel: 'email',
    language: 'fr',
    prospect: {
      ...NO_FACTS,
      id: 7,
      custom: {},
      companyKey: null,
      first_name: 'Claire',
      company: 'Firme',
      ...prospect,
    },
    sender: { name: 'Paul', title: null, company: null, email: null, phone: null, website: null, ...sender },
    optOut: 'Pour ne plus rien recevoir : stop.',
    campaign: { id: null, name: 'Rentrée', objective: null, voice: null, sender: null },
    dataSource: null,
    history: [],
    exchanges: [],
    templates: {},
    ...overrides,
  };
}
