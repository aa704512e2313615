/** A model as Claude lists it. */
interface ListedModel {
  id: string;
  lifecycle: 'active' | 'deprecated' | 'retired' | null;
  /** UTC ms; null: nothing is said. */
  retiresAt: number | null;
}

/** `bad_key` and the like (engine/reasons.ts), and what the other side said, without secrets. */
export type ModelListing =
  | { status: 'listed'; models: readonly ListedModel[] }
  | { status: 'failed'; reason: string; detail: string };

/** What is known of models: by the table that comes with hector, by hector.yaml, and by those who run them. */
export interface ModelDesk {
  /** The one that writes. */
  readonly model: string;
  /** The date of the table of prices, `2026-11-22`. */
  readonly pricesAsOf: string;
  /** Whether a price is known for the model that writes; `settings`: it stands in hector.yaml. */
  readonly price: 'table' | 'settings' | null;
  /** What the table says of its end. */
  readonly note: string | null;
  inTable(model: string): boolean;
  /** Asks Claude, with the key of the workspace. Never throws for what it answers. */
  list(): Promise<ModelListing>;
}

/** A sending domain as Resend lists it. */
export interface SendingDomain {
  name: string;
  /** `verified`, `pending`, `failed`, `not_started`, `partially_verified`, `partially_failed` */
  status: string;
}

/** What a provider said of a key, asked for something that changes nothing. */
export interface ProviderAnswer {
  provider: 'resend' | 'twilio';
  /**
   * `accepted`; `sending_only`: a key of Resend that may send and nothing else; `refused`: the key; `suspended`: the
   * account; `failed`: no usable answer.
   */
  status: 'accepted' | 'sending_only' | 'refused' | 'suspended' | 'failed';
  /** What the other side said, in one line, without secrets. */
  detail: string;
  /** Of Resend, where the key may see them; else null. */
  domains: readonly SendingDomain[] | null;
  /** By how many ms this machine's clock is ahead of the provider's; null: it did not say the time. */
  clockAheadMs: number | null;
}

/** `absent`: there surely is none; `failed`: nobody answered, which says nothing. */
export type NameAnswer =
  | { status: 'found'; texts: readonly string[] }
  | { status: 'absent' }
  | { status: 'failed'; reason: string };

/** The Domain Name System. Nothing is thrown for what it answers; each question ends within seconds. */
export interface NameDesk {
  texts(name: string): Promise<NameAnswer>;
}
