/** What a campaign's mails came to, since it began or since a person resumed it. */
export interface ShieldCounts {
  sends: number;
  bounces: number;
  complaints: number;
}

export interface ShieldLimits {
  /** More than so many of a hundred mails bounced. */
  bouncePercent: number;
  /** More than so many of a hundred brought a complaint. */
  complaintPercent: number;
  /** Bounces of fewer mails than this say nothing. */
  afterSends: number;
}

/** A campaign that the shield has paused, and why. */
export interface Shielded {
  campaign: string;
  reason: string;
}

/**
 * Why a campaign must not go on, or null. Resend closes accounts at 4 % bounces and 0.08 % complaints. Complaints count
 * from the first mail on.
 */
export function shieldVerdict(counts: ShieldCounts, limits: ShieldLimits): { reason: string } | null {
  const { sends, bounces, complaints } = counts;
  const beyond = (n: number, limit: number): boolean => n > 0 && n * 100 > limit * sends;
  if (beyond(complaints, limits.complaintPercent))
    return { reason: sentence(complaints, 'complained about', sends, limits.complaintPercent) };
  if (sends >= limits.afterSends && beyond(bounces, limits.bouncePercent))
    return { reason: sentence(bounces, 'bounced', sends, limits.bouncePercent) };
  return null;
}

function sentence(n: number, what: string, sends: number, limit: number): string {
  const share = sends === 0 ? '' : `${Number(((n * 100) / sends).toFixed(2))} %, `;
  return `${n} of ${sends} e-mails ${what} (${share}the limit is ${limit} %)`;
}
