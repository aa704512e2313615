import type { PersonCard } from '../../../engine/ports/people.ts';
import { isoOrNull } from '../../../io/time.ts';
import { personJson } from '../view.ts';
import type { Known } from './known.ts';

/** Stable keys: docs/json.md. */
export const cardJson = (card: PersonCard, { disc, basis }: Known) => ({
  ...personJson(card),
  created_at: isoOrNull(card.createdAt),
  updated_at: isoOrNull(card.updatedAt),
  imported_by: card.importedBy && { ...card.importedBy, at: isoOrNull(card.importedBy.at) },
  legal_basis: basis?.basis ?? null,
  legal_basis_from: basis?.from ?? null,
  last_contact_at: isoOrNull(card.lastContactAt),
  disc_proposal: disc,
  blacklist: card.blacklist.map(({ createdAt, expiresAt, ...entry }) => ({
    ...entry,
    added_at: isoOrNull(createdAt),
    expires_at: isoOrNull(expiresAt),
  })),
  colleagues: card.colleagues.people,
  colleagues_count: card.colleagues.all,
  history: card.history.map(({ at, what, campaign, step, channel, text, message }) => ({
    at: isoOrNull(at),
    what,
    campaign,
    step,
    channel,
    text,
    message_id: message?.id ?? null,
    message_state: message?.state ?? null,
  })),
});
