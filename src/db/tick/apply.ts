import type { Change, NewMessage, StoredMessage } from '../../engine/ports/ticks.ts';
import { RETRIED_HOLDS } from '../../engine/reasons.ts';
import { type Connection, write } from '../connection.ts';
import { eventWriter, type NewEvent } from '../events.ts';
import { scenarioOf } from '../scenario-of.ts';
import { CANCEL } from '../stop.ts';
import { TEXT_COLUMNS, textValues } from '../text-columns.ts';

const DAY_MS = 86_400_000;

/** Only if nothing has happened to the enrolment since it was read: not a reply, not a person's click. */
const AS_PLANNED = "id = ? and status = 'active' and step = ? and next_at = ? and hold is ?";
type AsPlanned = [number, string, number, string | null];
type MoveParameters = [string, number, number, number | null, string | null, string | null, ...AsPlanned];
type EndParameters = [string, string | null, number, ...AsPlanned];

/**
 * Stores what was planned for a chunk of enrolments, in one transaction. An enrolment that changed meanwhile (a
 * reply came in, somebody paused it) is left as it is, and no text of it is stored.
 */
export function applyChanges(
  connection: Connection,
  changes: readonly Change[],
  tickId: number,
  now: number,
): StoredMessage[] {
  const event = eventWriter(connection);
  const move = connection.prepare<MoveParameters>(
    `update enrolment set step = ?, anchor_at = ?, step_at = ?, next_at = ?, hold = ?, reason = ?
     where ${AS_PLANNED}`,
  );
  const end = connection.prepare<EndParameters>(
    `update enrolment set status = ?, reason = ?, step = null, next_at = null, hold = null, ended_at = ?
     where ${AS_PLANNED}`,
  );
  const store = messageWriter(connection, tickId, now);
  const handOver = connection.prepare<[number]>(
    "update message set state = 'awaiting_operator' where id = ? and state = 'ready'",
  );
  const close = connection.prepare<[string, string, number]>(
    `update message set state = ?, error = ?, idempotency_key = null
     where id = ? and state in ('ready', 'awaiting_approval', 'draft')`,
  );
  const cancel = connection.prepare<[string, number]>(
    `update message set ${CANCEL} where enrolment_id = ?
     and state in ('draft', 'awaiting_approval', 'ready', 'awaiting_operator')`,
  );
  const goOn = connection.prepare<[number, number]>(WITHOUT_TASK);
  return write(connection, () => {
    const stored: StoredMessage[] = [];
    for (const change of changes) {
      if (!place(change, { move, end, now })) continue;
      for (const item of eventsOf(change, now)) event(item);
      for (const { state, reason, messageId } of change.stale) close.run(state, reason, messageId);
      if (change.outcome.do === 'stop') cancel.run(change.outcome.reason, change.enrolmentId);
      if (change.outcome.do === 'touch') {
        for (const messageId of change.outcome.handOver) handOver.run(messageId);
        for (const message of change.outcome.messages) {
          const messageId = store(change, message);
          if (messageId !== null && message.state === 'ready')
            stored.push({ messageId, enrolmentId: change.enrolmentId, channel: message.channel });
        }
      }
      goOn.run(now, change.enrolmentId);
    }
    return stored;
  });
}

/**
 * Since this was planned a text may have been stored, approved or taken back by others: who would wait for a person
 * without any text to wait for is looked at again. Must come after the texts are stored.
 */
const WITHOUT_TASK = `update enrolment as e set next_at = ?, hold = null, reason = null
  where id = ? and status = 'active' and next_at is null and hold in ('operator', 'approval', 'uncertain')
    and not exists (select 1 from message m where m.enrolment_id = e.id and m.step = e.step and case e.hold
      when 'operator' then m.state = 'awaiting_operator'
      when 'approval' then m.state in ('awaiting_approval', 'draft')
      else m.state in ('uncertain', 'sending') end)`;

interface Placing {
  move: { run(...parameters: MoveParameters): { changes: number } };
  end: { run(...parameters: EndParameters): { changes: number } };
  now: number;
}

function place(change: Change, { move, end, now }: Placing): boolean {
  const { outcome } = change;
  const planned: AsPlanned = [
    change.enrolmentId,
    change.plannedStep,
    change.plannedNextAt,
    change.plannedHold,
  ];
  // What a hold is about (the blank to fill) stands where the end has its reason.
  const detail = outcome.do === 'hold' ? outcome.detail : null;
  const goTo = (nextAt: number | null, hold: string | null, stepAt = change.stepAt): boolean =>
    move.run(change.step, change.anchorAt, stepAt, nextAt, hold, detail, ...planned).changes === 1;
  switch (outcome.do) {
    case 'wait':
      return goTo(outcome.until, outcome.reason);
    case 'hold':
      // The time in which a person mends the cause does not make the step too late.
      return RETRIED_HOLDS.includes(outcome.reason)
        ? goTo(now + DAY_MS, outcome.reason, now)
        : goTo(null, outcome.reason);
    case 'touch':
      if (!outcome.repeats && outcome.messages.some(({ state }) => state === 'awaiting_approval'))
        return goTo(null, 'approval');
      // A person's turn has no date. A ready text stays due until it is recorded, so that no crash can lose it.
      if (outcome.channel !== 'linkedin') return goTo(now, null);
      return goTo(hasReadyText(outcome) ? now : null, 'operator');
    case 'stop':
      return end.run('stopped', outcome.reason, now, ...planned).changes === 1;
    case 'complete':
      return end.run('completed', null, now, ...planned).changes === 1;
  }
}

const hasReadyText = ({ messages, existing }: Extract<Change['outcome'], { do: 'touch' }>): boolean =>
  existing > 0 || messages.some(({ state }) => state === 'ready');

function eventsOf(change: Change, now: number): NewEvent[] {
  const { enrolmentId, prospectId, campaignId, outcome } = change;
  const base = { at: now, enrolmentId, prospectId, campaignId };
  const events: NewEvent[] = change.skips.map(({ step, reason }) => ({
    ...base,
    type: 'skipped',
    data: { step, reason },
  }));
  switch (outcome.do) {
    case 'hold':
      // Waiting for a person is the plan, not an incident; and a hold that goes on is no news.
      if (
        outcome.reason !== 'operator' &&
        outcome.reason !== 'approval' &&
        outcome.reason !== change.plannedHold
      )
        events.push({
          ...base,
          type: 'held',
          data: { step: change.step, reason: outcome.reason, detail: outcome.detail },
        });
      break;
    case 'stop':
      events.push({ ...base, type: 'stopped', data: { reason: outcome.reason } });
      break;
    case 'complete':
      events.push({ ...base, type: 'completed' });
      break;
    case 'wait':
    case 'touch':
      break;
  }
  return events;
}

type Column = string | number | null;

/** `unique(enrolment, step, channel)`: a second touch finds its place taken and is not stored. */
export function messageWriter(connection: Connection, tickId: number | null, now: number) {
  const insert = connection.prepare<Column[], { id: number }>(
    `insert into message (kind, state, ${TEXT_COLUMNS}, tick_id, created_at, channel, enrolment_id, prospect_id, campaign_id, step, mode, scenario)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (select mode from campaign where id = ?),
       ${scenarioOf('?')})
     on conflict (enrolment_id, step, channel) do nothing returning id`,
  );
  // Only one that was never called for: any other is to be repeated to the byte.
  const replace = connection.prepare<Column[], { id: number }>(
    `update message set (kind, state, ${TEXT_COLUMNS}, tick_id, created_at) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?),
       error = null, scenario = ${scenarioOf('message.campaign_id')}
     where id = ? and state = 'ready' and idempotency_key is null returning id`,
  );
  // Nobody has approved the text that stands there now. What has happened stays, of whatever text it was said.
  const disown = connection.prepare<[number, number]>(
    `update event set message_id = null, data = json_set(coalesce(data, '{}'), '$.replaced', message_id)
     where prospect_id = ? and type = 'approved' and message_id = ?`,
  );
  return (
    change: Pick<Change, 'enrolmentId' | 'prospectId' | 'campaignId' | 'step'>,
    message: NewMessage,
  ): number | null => {
    const columns: Column[] = [message.kind, message.state, ...textValues(message), tickId, now];
    const { enrolmentId, prospectId, campaignId, step } = change;
    const row =
      message.replaces === null
        ? insert.get(
            ...columns,
            message.channel,
            enrolmentId,
            prospectId,
            campaignId,
            step,
            campaignId,
            campaignId,
          )
        : replace.get(...columns, message.replaces);
    if (row && message.replaces !== null) disown.run(prospectId, message.replaces);
    return row?.id ?? null;
  };
}
