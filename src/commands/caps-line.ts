import type { CapStanding } from '../engine/limits/capacity.ts';

const LANES: Readonly<Record<string, string>> = {
  email: 'e-mail',
  sms: 'SMS',
  invitation: 'LinkedIn invitations',
  linkedin: 'LinkedIn messages',
};

/** `e-mail 8 of 8 an hour, 30 of 30 today, 30 of 150 in seven days`, a line a lane that has been used. */
export const capLines = (standing: CapStanding): string[] =>
  Object.entries(standing)
    .filter(([, { week_used }]) => week_used > 0)
    .map(([lane, { hour, hour_used, day, day_used, week, week_used }]) => {
      const parts = [
        ...(hour === null ? [] : [`${hour_used} of ${hour} this hour`]),
        ...(day === null ? [] : [`${day_used} of ${day} today`]),
        ...(week === null ? [] : [`${week_used} of ${week} in seven days`]),
      ];
      return `${LANES[lane] ?? lane} ${parts.join(', ')}`;
    });
