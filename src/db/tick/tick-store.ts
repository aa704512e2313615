import type { ShieldLimits } from '../../engine/limits/shield.ts';
import type { TickStore } from '../../engine/ports/ticks.ts';
import { type Connection, write } from '../connection.ts';
import { dropLease, renewLease, takeLease } from './lease.ts';
import { openCalls, recoverSending } from './recover.ts';
import { shieldCampaigns } from './shield.ts';

/** Most ticks find nothing due: what only the others need is loaded when they do. */
export function createTickStore(
  connection: Connection,
  shieldLimits: () => Promise<ShieldLimits>,
): TickStore {
  return {
    async start(owner, at) {
      if (!takeLease(connection, owner)) return null;
      return write(connection, () =>
        Number(
          connection
            .prepare<[number, string, number]>('insert into tick (started_at, host, pid) values (?, ?, ?)')
            .run(at, owner.host, owner.pid).lastInsertRowid,
        ),
      );
    },
    recover: async (now, idempotentProviders) => recoverSending(connection, now, idempotentProviders),
    openCalls: async (now, page) => openCalls(connection, now, page),
    shield: async (now) => shieldCampaigns(connection, shieldLimits, now),
    dueCampaigns: async (now, only) => campaignsWithDue(connection, now, only),
    due: async (now, query) => (await import('./due.ts')).dueSnapshots(connection, now, query),
    exchanges: async (prospectIds, mode, most) =>
      (await import('./exchanges.ts')).lastExchanges(connection, prospectIds, mode, most),
    sentMails: async (enrolmentIds) => (await import('./sent-mails.ts')).sentMails(connection, enrolmentIds),
    apply: async (changes, tickId, now) =>
      (await import('./apply.ts')).applyChanges(connection, changes, tickId, now),
    claim: async (messages, by, now) =>
      (await import('./claim.ts')).claimMessages(connection, messages, by, now),
    record: async (results, now) => (await import('./record.ts')).recordResults(connection, results, now),
    ownLimits: async () => (await import('./campaign-usage.ts')).ownLimits(connection),
    campaignUsage: async (since) => (await import('./campaign-usage.ts')).campaignUsage(connection, since),
    usage: async (lanes, since) => (await import('./senders.ts')).senderUsage(connection, lanes, since),
    circuits: async () => (await import('./senders.ts')).openCircuits(connection),
    remember: async (caps, circuits) =>
      (await import('./senders.ts')).rememberSenders(connection, caps, circuits),
    heartbeat: async (owner) => renewLease(connection, owner),
    async finish(tickId, owner, summary, at) {
      write(connection, () => {
        connection
          .prepare<[number, string, number]>('update tick set finished_at = ?, summary = ? where id = ?')
          .run(at, JSON.stringify(summary), tickId);
        dropLease(connection, owner);
      });
    },
  };
}

/** One look into the index for each running campaign. */
const campaignsWithDue = (connection: Connection, now: number, only: number | null): number[] =>
  connection
    .prepare<[Record<string, number | null>], number>(
      `select c.id from campaign c where c.status = 'running' and (@only is null or c.id = @only)
         and exists (select 1 from enrolment e indexed by enrolment_due
           where e.status = 'active' and e.next_at is not null and e.campaign_id = c.id and e.next_at <= @now)
       order by c.id`,
    )
    .pluck()
    .all({ now, only });
