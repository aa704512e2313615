import type { LinkedinStore } from '../engine/ports/linkedin.ts';
import type { Connection } from './connection.ts';
import { byKey, bySlug, knownSince, names, openTexts, sentTexts } from './linkedin/lookup.ts';
import { take } from './linkedin/take.ts';

export const createLinkedinStore = (connection: Connection): LinkedinStore => ({
  bySlug: async (slugs) => bySlug(connection, slugs),
  byKey: async (keys) => byKey(connection, keys),
  knownSince: async (prospectIds) => knownSince(connection, prospectIds),
  openTexts: async () => openTexts(connection),
  sentTexts: async (prospectIds) => sentTexts(connection, prospectIds),
  names: async (prospectIds) => names(connection, prospectIds),
  take: async (findings, options) => take(connection, findings, options),
});
