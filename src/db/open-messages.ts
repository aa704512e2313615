/**
 * The rows of the partial index `message_open`, to the letter: SQLite takes a partial index only where its own
 * condition stands in the query. Narrow it with a further `and state = ...`.
 */
export const openMessages = (alias: string): string =>
  `${alias}.state in ('draft', 'awaiting_approval', 'ready', 'sending', 'awaiting_operator', 'uncertain')`;
