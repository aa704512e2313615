import type { CapStanding, OwnStanding } from '../engine/limits/standing.ts';

const LANES: Readonly<Record<string, string>> = {
  email: 'e-mail',
  sms: 'SMS',
  invitation: 'LinkedIn invitations',
  linkedin: 'LinkedIn messages',
};

/** `e-mail 8 of 8 this hour, 30 of 30 today, 30 of 150 in seven days`, a line a lane that has been used. */
export const capLines = (standing: CapStanding): string[] =>
  Object.entries(standing).flatMap(([lane, counts]) => usedLine(lane, counts));

/** The same of campaigns and of their senders: `PME Ouest: e-mail 12 of 40 today`. */
export const ownCapLines = (standings: readonly OwnStanding[]): string[] =>
  standings.flatMap(({ campaign, sender, lane, ...counts }) =>
    usedLine(lane, counts).map((line) => `${campaign ?? sender}: ${line}`),
  );

type Counts = Omit<OwnStanding, 'campaign' | 'sender' | 'lane'>;

function usedLine(lane: string, { hour, hour_used, day, day_used, week, week_used }: Counts): string[] {
  if (week_used === 0) return [];
  const parts = [
    ...(hour === null ? [] : [`${hour_used} of ${hour} this hour`]),
    ...(day === null ? [] : [`${day_used} of ${day} today`]),
    ...(week === null ? [] : [`${week_used} of ${week} in seven days`]),
  ];
  return [`${LANES[lane] ?? lane} ${parts.join(', ')}`];
}
