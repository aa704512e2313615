import type { Context } from '../../context.ts';
import { isFreeMail, isRoleAddress } from '../../engine/import/free-mail.ts';
import { CHANNELS, type Prospect } from '../../engine/model.ts';
import { addressFor } from '../../engine/plan/reach.ts';
import type { EnrolmentView, PersonRow } from '../../engine/ports/people.ts';
import { reasonWords } from '../../engine/reason-words.ts';
import { type HoldReason, RETRIED_HOLDS } from '../../engine/reasons.ts';
import { isoOrNull } from '../../io/time.ts';
import { countryFor } from '../country.ts';

/** The person a reference names (docs/commands.md), or a UserError. */
export async function personNamed(context: Context, reference: string): Promise<Prospect> {
  const store = await context.stores.people();
  return store.find(reference, await countryFor(context, reference));
}

/** E, L, S: the channels this person has an address for. */
export const reachable = (prospect: Prospect): string =>
  CHANNELS.filter((channel) => addressFor(channel, prospect) !== null)
    .map((channel) => channel.charAt(0).toUpperCase())
    .sort()
    .join(' ');

export function flagsOf({ prospect, suppressedBy }: PersonRow): string[] {
  const flags: string[] = [];
  if (suppressedBy) flags.push('blacklisted');
  if (prospect.email && isFreeMail(prospect.email.split('@')[1] ?? '')) flags.push('free-mail');
  if (prospect.email && isRoleAddress(prospect.email)) flags.push('role');
  return flags;
}

/** `replied (opted_out)`: the reason where it adds something, as a code. */
export const statusCodes = ({ status, reason }: EnrolmentView): string =>
  reason === null || reason === status ? status : `${status} (${reason})`;

/** `replied (asked not to be contacted)`, `held: sender.name`: for a person to read. */
export function statusWords({ status, reason, hold }: EnrolmentView): string {
  if (status === 'active' && isRetriedHold(hold)) return `held: ${reason ?? reasonWords(hold)}`;
  return reason === null || reason === status ? status : `${status} (${reasonWords(reason)})`;
}

const isRetriedHold = (hold: string | null): hold is HoldReason =>
  RETRIED_HOLDS.some((known) => known === hold);

/** When they are touched next, for a terminal; null: nobody knows, as long as they or their campaign are paused. */
export const nextTouch = (
  { nextAt, status, campaignStatus }: EnrolmentView,
  show: (at: number) => string,
): string | null =>
  nextAt === null || status !== 'active' || campaignStatus !== 'running' ? null : show(nextAt);

/** Said for this person, by hand or in the list they came from; null: that of the workspace holds. */
export const statedBasis = ({ legalBasis, prospect }: PersonRow): string | null =>
  legalBasis ?? prospect.custom.legal_basis ?? null;

/** Stable keys: docs/json.md. */
export function personJson(row: PersonRow) {
  const { companyKey, custom, ...facts } = row.prospect;
  return {
    ...facts,
    custom,
    channels: CHANNELS.filter((channel) => addressFor(channel, row.prospect) !== null),
    flags: flagsOf(row),
    legal_basis: statedBasis(row),
    enrolments: row.enrolments.map(enrolmentJson),
  };
}

export const enrolmentJson = (enrolment: EnrolmentView) => ({
  campaign: enrolment.campaign,
  campaign_status: enrolment.campaignStatus,
  mode: enrolment.mode,
  status: enrolment.status,
  reason: enrolment.reason,
  step: enrolment.step,
  next_at: isoOrNull(enrolment.nextAt),
  hold: enrolment.hold,
  enrolled_at: isoOrNull(enrolment.createdAt),
  ended_at: isoOrNull(enrolment.endedAt),
});
