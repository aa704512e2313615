import type { ProspectFacts, SuppressionKey } from '../../engine/model.ts';
import { suppressionKeys } from '../../engine/suppression.ts';
import { addressOf } from '../../engine/texts/email.ts';
import type { Connection } from '../connection.ts';
import { disguiser } from '../suppression-disguise.ts';
import { tag } from '../suppression-lookup.ts';
import { type Collector, MESSAGE, perhapsSent } from './findings.ts';

type Facts = Pick<ProspectFacts, 'email' | 'phone' | 'mobile' | 'linkedin' | 'siren'>;

interface PersonRow extends Facts {
  id: number;
  updatedAt: number;
}

interface CallRow {
  messageId: number;
  enrolmentId: number;
  prospectId: number;
  campaignId: number;
  step: string;
  channel: 'email' | 'sms';
  claimedAt: number;
  recipient: string | null;
}

const CALLS = `select ${MESSAGE}, m.step, m.channel, m.claimed_at as claimedAt,
    json_extract(m.envelope, '$.to') as recipient
  from message m where m.prospect_id = ? and m.claimed_at > ? and m.channel <> 'linkedin' and ${perhapsSent('m')}`;

/**
 * What was handed over while an entry stood that forbade it. Facts that came later than the call could not be known
 * by it: then only the address that was written to counts.
 */
export function addBlacklisted(collector: Collector, connection: Connection): void {
  const entries = blacklist(connection);
  if (entries.size === 0) return;
  const calls = connection.prepare<[number, number], CallRow>(CALLS);
  const people = connection.prepare<[], PersonRow>(
    'select id, email, phone, mobile, linkedin, siren, updated_at as updatedAt from prospect',
  );
  const withDisguises = disguiser(connection);
  const keysOf = (facts: Facts): SuppressionKey[] => withDisguises(suppressionKeys(facts));
  for (const person of people.iterate()) {
    const since = earliest(entries, keysOf(person));
    if (since === null) continue;
    for (const call of calls.all(person.id, since)) {
      const keys = keysOf(person.updatedAt <= call.claimedAt ? person : recipientOf(call));
      const forbidden = earliest(entries, keys, call.claimedAt);
      if (forbidden === null || forbidden >= call.claimedAt) continue;
      const { messageId, enrolmentId, prospectId, campaignId, step, channel, claimedAt } = call;
      const detail = `${step} ${channel}, ${iso(claimedAt)}, blacklisted ${iso(forbidden)}`;
      collector.add(() => ({
        code: 'to_blacklisted',
        messageId,
        enrolmentId,
        prospectId,
        campaignId,
        detail,
      }));
    }
  }
}

const iso = (at: number): string => new Date(at).toISOString();

/** From when to when it forbids, UTC ms. */
interface Term {
  createdAt: number;
  expiresAt: number | null;
}

function blacklist(connection: Connection): Map<string, Term> {
  const rows = connection.prepare<[], SuppressionKey & Term>(
    'select kind, value, created_at as createdAt, expires_at as expiresAt from suppression',
  );
  const entries = new Map<string, Term>();
  for (const row of rows.iterate())
    entries.set(tag(row), { createdAt: row.createdAt, expiresAt: row.expiresAt });
  return entries;
}

/** When the first of these keys was listed, of those that had not expired at `at`, UTC ms; null when none is. */
function earliest(
  entries: ReadonlyMap<string, Term>,
  keys: readonly SuppressionKey[],
  at = Number.NEGATIVE_INFINITY,
): number | null {
  const times = keys.flatMap((key) => {
    const term = entries.get(tag(key));
    return term && (term.expiresAt === null || term.expiresAt > at) ? [term.createdAt] : [];
  });
  return times.length === 0 ? null : Math.min(...times);
}

const recipientOf = ({ channel, recipient }: CallRow): Facts => ({
  email: channel === 'email' && recipient ? addressOf(recipient).toLowerCase() : null,
  mobile: channel === 'sms' ? recipient : null,
  phone: null,
  linkedin: null,
  siren: null,
});
