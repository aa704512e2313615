import type { LinkedinStore } from '../engine/ports/linkedin.ts';
import type { Connection } from './connection.ts';
import { markLookedUp } from './linkedin/looked-up.ts';
import { byKey, bySlug, firms, knownSince, names, openTexts, sentTexts } from './linkedin/lookup.ts';
import { beginTaking } from './linkedin/take.ts';

export const createLinkedinStore = (connection: Connection): LinkedinStore => ({
  bySlug: async (slugs) => bySlug(connection, slugs),
  byKey: async (keys) => byKey(connection, keys),
  knownSince: async (prospectIds) => knownSince(connection, prospectIds),
  openTexts: async () => openTexts(connection),
  sentTexts: async (prospectIds) => sentTexts(connection, prospectIds),
  lookedUp: async (until, connections) => markLookedUp(connection, until, connections),
  names: async (prospectIds) => names(connection, prospectIds),
  firms: async (prospectIds) => firms(connection, prospectIds),
  begin: async (options) => beginTaking(connection, options),
});
