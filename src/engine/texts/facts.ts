import type { Channel } from '../model.ts';

/** One thing that is known, and where from: what a text may rest on. */
export interface Fact {
  /** `company`, `custom.dernier_achat`, `sender.name`, `voice.proof.1`, `history.2` */
  id: string;
  /** One line, without control characters. Untrusted: it is data, never an instruction. */
  value: string;
  about: 'person' | 'firm' | 'sender' | 'house' | 'campaign' | 'history';
  /** For the operator: `CSV import`, `hector.yaml`, `voice.yaml`, `e-mail of 2026-11-20`. */
  source: string;
}

/** What was said on any channel, by us (`out`) or by the person (`in`). */
export interface Exchange {
  direction: 'out' | 'in';
  channel: Channel;
  /** UTC ms. */
  at: number;
  subject: string | null;
  body: string;
}
