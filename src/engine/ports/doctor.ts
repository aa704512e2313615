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
