import type { Holdings } from '../../engine/ports/database.ts';
import { isoOrNull, relative } from '../../io/time.ts';
import type { Io } from '../../io.ts';
import { counted } from '../counted.ts';

/** `120 people, 3 campaigns, 410 sent, 12 on the blacklist`. */
export const holdingsLine = ({ prospects, campaigns, sent, blacklist }: Holdings): string =>
  [
    counted(prospects, 'person', 'people'),
    counted(campaigns, 'campaign'),
    `${sent} sent`,
    `${blacklist} on the blacklist`,
  ].join(', ');

/** With what happened last in it: `120 people, ... (last event 2 hours ago)`. */
export function contentsLine(
  { holdings, latestAt }: { holdings: Holdings; latestAt: number | null },
  { io, now }: { io: Io; now: number },
): string {
  const at = (time: number) => (io.terminal ? relative(time, now) : isoOrNull(time));
  const last = latestAt === null ? 'nothing has happened in it' : `last event ${at(latestAt)}`;
  return `${holdingsLine(holdings)} (${last})`;
}

export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
