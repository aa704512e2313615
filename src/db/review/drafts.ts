import { createHash } from 'node:crypto';
import { groupBy } from '../../engine/group.ts';
import { PROSPECT_FIELDS } from '../../engine/model.ts';
import type { Draft, DraftFilter, Seen } from '../../engine/ports/review.ts';
import { failure, usageError } from '../../errors.ts';
import type { Connection } from '../connection.ts';
import { findCampaign } from '../find-campaign.ts';
import { openMessages } from '../open-messages.ts';
import { type ProspectRow, prospectOf } from '../rows.ts';
import { lastExchanges } from '../tick/exchanges.ts';

interface DraftRow extends ProspectRow {
  message_id: number;
  enrolment_id: number;
  campaign_name: string;
  mode: Draft['mode'];
  step: string;
  channel: Draft['channel'];
  kind: Draft['kind'];
  subject: string | null;
  body: string;
  envelope: string;
  /** The person has a `source`, too. */
  text_source: string;
  template: string | null;
  writing: string | null;
  message_at: number;
}

const COLUMNS = `m.id as message_id, m.enrolment_id, c.name as campaign_name, m.mode, m.step, m.channel, m.kind, m.subject,
  m.body, m.envelope, m.source as text_source, m.template, m.writing, m.created_at as message_at,
  ${['id', 'custom', 'company_key', ...PROSPECT_FIELDS].map((name) => `p.${name}`).join(', ')}`;

/** `cross join` keeps the order: the few open messages lead, through their partial index. */
const OFFERED = `from message m indexed by message_open
  cross join enrolment e on e.id = m.enrolment_id and e.status = 'active' and e.step = m.step
  cross join campaign c on c.id = m.campaign_id and c.status = 'running'
  cross join prospect p on p.id = m.prospect_id
  where ${openMessages('m')} and m.state = 'awaiting_approval'
    and (@campaign is null or m.campaign_id = @campaign) and (@channel is null or m.channel = @channel)
    and (@step is null or m.step = @step)`;

type Parameters = Record<string, string | number | null>;

const bind = (connection: Connection, { campaign, channel, step }: DraftFilter): Parameters => ({
  campaign: campaign === null ? null : findCampaign(connection, campaign).id,
  channel,
  step,
});

export function offeredDrafts(
  connection: Connection,
  filter: DraftFilter,
  limit: number | null,
  except: readonly number[],
): Draft[] {
  const rows = connection
    .prepare<[Parameters], DraftRow>(
      `select ${COLUMNS} ${OFFERED} and m.id not in (select value from json_each(@except))
       order by m.created_at, m.id limit @limit`,
    )
    .all({ ...bind(connection, filter), except: JSON.stringify(except), limit: limit ?? -1 });
  return draftsOf(connection, rows);
}

export const countDrafts = (connection: Connection, filter: DraftFilter): number =>
  connection
    .prepare<[Parameters], number>(`select count(*) ${OFFERED}`)
    .pluck()
    .get(bind(connection, filter)) ?? 0;

const STANDS_THERE = "e.status in ('active', 'paused') and e.step = m.step";

/** @throws UserError that says what became of it otherwise */
export function findDraft(connection: Connection, messageId: number): Draft {
  const row = connection
    .prepare<[number], DraftRow>(
      `select ${COLUMNS} from message m join campaign c on c.id = m.campaign_id
       join prospect p on p.id = m.prospect_id
       join enrolment e on e.id = m.enrolment_id and ${STANDS_THERE}
       where m.id = ? and m.state = 'awaiting_approval'`,
    )
    .get(messageId);
  const [draft] = row ? draftsOf(connection, [row]) : [];
  return draft ?? refuse(connection, messageId);
}

function refuse(connection: Connection, messageId: number): never {
  const state = connection
    .prepare<[number], string>('select state from message where id = ?')
    .pluck()
    .get(messageId);
  if (state === undefined)
    throw usageError(`no message ${messageId}: taken back, or unknown`, 'hector message list --awaiting');
  const why = state === 'awaiting_approval' ? 'the person has gone on without it' : `it is ${state}`;
  throw failure(
    `message ${messageId} does not wait for approval: ${why}`,
    `hector message show ${messageId}`,
  );
}

/** A draft without what a person reads: where it stands. */
export interface TakenDraft {
  messageId: number;
  enrolmentId: number;
  prospectId: number;
  campaignId: number;
  step: string;
  channel: Draft['channel'];
  fingerprint: string;
}

type TakenRow = Omit<TakenDraft, 'fingerprint'> & Pick<DraftRow, 'subject' | 'body' | 'envelope'>;

/**
 * Takes drafts, one after the other. To be called inside a transaction, where nothing comes between a look and what
 * follows.
 */
export function draftTaker(connection: Connection): (seen: Seen) => TakenDraft {
  const find = connection.prepare<[number], TakenRow>(
    `select m.id as messageId, m.enrolment_id as enrolmentId, m.prospect_id as prospectId, m.campaign_id as campaignId,
       m.step, m.channel, m.subject, m.body, m.envelope
     from message m join enrolment e on e.id = m.enrolment_id and ${STANDS_THERE}
     where m.id = ? and m.state = 'awaiting_approval'`,
  );
  return ({ messageId, fingerprint }) => {
    const row = find.get(messageId) ?? refuse(connection, messageId);
    const { subject, body, envelope, ...draft } = row;
    if (fingerprintOf([messageId, subject, body, envelope]) === fingerprint) return { ...draft, fingerprint };
    throw failure(
      `message ${messageId} has another text by now, and is left as it is`,
      `hector message show ${messageId}`,
    );
  };
}

function draftsOf(connection: Connection, rows: readonly DraftRow[]): Draft[] {
  const said = new Map(
    [...groupBy(rows, ({ mode }) => mode)].map(([mode, those]) => [
      mode,
      lastExchanges(
        connection,
        those.map(({ id }) => id),
        mode,
        1,
      ),
    ]),
  );
  return rows.map((row) => draftOf(row, said.get(row.mode)?.get(row.id)?.at(-1) ?? null));
}

function draftOf(row: DraftRow, exchange: Draft['exchange']): Draft {
  const { message_id, enrolment_id, campaign_name, text_source, message_at, envelope, ...rest } = row;
  const { mode, step, channel, kind, subject, body, template, writing, ...prospect } = rest;
  return {
    messageId: message_id,
    enrolmentId: enrolment_id,
    campaign: campaign_name,
    ...{ mode, step, channel, kind, subject, body, template },
    source: text_source,
    writing: writing === null ? null : JSON.parse(writing),
    createdAt: message_at,
    prospect: prospectOf(prospect),
    exchange,
    fingerprint: fingerprintOf([message_id, subject, body, envelope]),
  };
}

/** The letter in front keeps a spreadsheet from reading a number. */
export const fingerprintOf = (parts: readonly unknown[]): string =>
  `v${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)}`;
