import type { CampaignMode } from '../../engine/model.ts';
import type { LinkedinSessionStore, QueueLine } from '../../engine/ports/linkedin-session.ts';
import { type Connection, write } from '../connection.ts';
import { lastExchanges } from '../tick/exchanges.ts';
import { bindOffer, OPEN_TASKS, type Parameters } from './offered.ts';
import { holdPerson, lookAgain, releasePeople, renewPeople, reserveNext } from './reserve.ts';
import { acceptance, awaited, unsettled } from './sent-invitations.ts';

export const createSessionStore = (connection: Connection): LinkedinSessionStore => ({
  queue: async (offer, now) =>
    connection.prepare<[Parameters], QueueLine>(QUEUE).all({ ...bindOffer(connection, offer), now }),
  async sent(since) {
    const rows = connection.prepare<[number], SentRow>(SENT).all(since);
    const sends = rows.map(({ kind, ...send }) => ({ ...send, invitation: kind === 'invitation' }));
    return { sends, firstAt: connection.prepare<[], number | null>(FIRST).pluck().get() ?? null };
  },
  acceptance: async (from, to) => acceptance(connection, { from, to }),
  unknown: async (campaign, before) => awaited(connection, campaign, before),
  unsettled: async (campaign, span) => unsettled(connection, campaign, span),
  async asked(messageId, at) {
    write(connection, () =>
      connection.prepare<[number, number]>('update message set asked_at = ? where id = ?').run(at, messageId),
    );
  },
  exchanges: async (prospectId, mode, most) =>
    lastExchanges(connection, [prospectId], mode, most).get(prospectId) ?? [],
  openCampaigns: async (prospectId) =>
    connection.prepare<[number], { name: string; mode: CampaignMode }>(OPEN_CAMPAIGNS).all(prospectId),
  reserve: async (offer, looking) => reserveNext(connection, offer, looking),
  again: async (messageId, offer, looking) => lookAgain(connection, messageId, offer, looking),
  hold: async (prospectId, owner) => holdPerson(connection, prospectId, owner),
  renew: async (owner) => write(connection, () => renewPeople(connection, owner)),
  release: async (owner) => write(connection, () => releasePeople(connection, owner)),
});

const OPEN_CAMPAIGNS = `select c.name, c.mode from enrolment e join campaign c on c.id = e.campaign_id
  where e.prospect_id = ? and e.status in ('active', 'paused') order by e.id`;

const QUEUE = `select c.name as campaign, m.mode, count(*) filter (where m.kind = 'invitation') as invitations,
    count(*) filter (where m.kind <> 'invitation') as messages,
    count(*) filter (where coalesce(m.later_at, 0) > @now) as later
  ${OPEN_TASKS} group by m.campaign_id, m.mode order by count(*) desc, c.name`;

/** By the index of the ledger; a person sends all that goes out on LinkedIn. */
const LEDGER = `from message indexed by message_ledger
  where mode = 'live' and sent_at is not null and sender = 'linkedin' and channel = 'linkedin'`;

interface SentRow {
  at: number;
  campaignId: number;
  kind: string;
}

const SENT = `select sent_at as at, campaign_id as campaignId, kind ${LEDGER} and sent_at >= ? order by sent_at`;
const FIRST = `select min(sent_at) ${LEDGER}`;
