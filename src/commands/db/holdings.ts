import type { Holdings } from '../../engine/ports/database.ts';
import { counted } from '../counted.ts';

/** `120 people, 3 campaigns, 410 sent, 12 on the blacklist`. */
export const holdingsLine = ({ prospects, campaigns, sent, blacklist }: Holdings): string =>
  [
    counted(prospects, 'person', 'people'),
    counted(campaigns, 'campaign'),
    `${sent} sent`,
    `${blacklist} on the blacklist`,
  ].join(', ');

export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
