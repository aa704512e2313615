import type { Parsed } from '../dates/window.ts';
import { didYouMean, folded } from '../suggest.ts';
import { LANES, type Lane } from './caps.ts';

/** Touches a day of one campaign, in the workspace's time zone, beside the caps of who sends. A lane that is not named has none. */
export type CampaignCaps = Readonly<Partial<Record<Lane, number>>>;

const MOST = 1_000_000;
const ALLOWED = `${LANES.map((lane) => `${lane}=N`).join(' ')}, touches a day, or "off" for none`;

const bad = (problem: string): { ok: false; problem: string } => ({ ok: false, problem });

const isLane = (text: string): text is Lane => LANES.some((lane) => lane === text);

/** `email=40 invitation=10`; nothing or `off`: no cap, of all lanes or of one (`sms=off`). */
export function parseCampaignCaps(text: string): Parsed<CampaignCaps> {
  const parts = folded(text)
    .replace(/\s*[=:]\s*/g, '=')
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
  if (parts.length === 1 && parts[0] === 'off') return { ok: true, value: {} };
  const caps: Partial<Record<Lane, number>> = {};
  const named = new Set<string>();
  for (const part of parts) {
    const [lane = '', cap = '', ...rest] = part.split('=');
    if (!isLane(lane))
      return bad(`"${lane}" is nothing that has a cap${didYouMean(lane, LANES)}; allowed: ${ALLOWED}`);
    if (named.has(lane)) return bad(`${lane} stands there twice`);
    named.add(lane);
    if (cap === 'off' && rest.length === 0) continue;
    if (!/^\d{1,7}$/.test(cap) || Number(cap) > MOST || rest.length > 0)
      return bad(`"${part}" is no cap; allowed: ${lane}=N with a whole number up to ${MOST}, or ${lane}=off`);
    caps[lane] = Number(cap);
  }
  return { ok: true, value: inOrder(caps) };
}

/** As `parseCampaignCaps` reads it; empty for none. */
export const campaignCapsText = (caps: CampaignCaps): string =>
  Object.entries(inOrder(caps))
    .map(([lane, cap]) => `${lane}=${cap}`)
    .join(' ');

const inOrder = (caps: CampaignCaps): CampaignCaps =>
  Object.fromEntries(LANES.flatMap((lane) => (caps[lane] === undefined ? [] : [[lane, caps[lane]]])));
