import type { CampaignMode, EnrolmentStatus, SuppressionKey } from '../engine/model.ts';
import type { DeliveryProblem, ReplyResult } from '../engine/ports/people.ts';
import { ownAddresses } from '../engine/suppression.ts';
import { usageError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { eventWriter } from './events.ts';
import { prospectsById } from './prospect-rows.ts';
import { stopEnrolments } from './stop.ts';
import { addSuppressions } from './suppression-store.ts';

interface LastEmail {
  messageId: number;
  enrolmentId: number;
  campaignId: number;
  campaign: string;
  mode: CampaignMode;
  step: string;
}

/**
 * A mail that came back, or was called spam: for the last e-mail before it. Ends what is open, for good: the address that
 * does not exist, or all addresses of who complained, go on the blacklist. Inside write().
 * @throws UserError for a person who was sent no e-mail
 */
export function recordDeliveryProblem(connection: Connection, problem: DeliveryProblem): ReplyResult {
  const { prospectId, type, at, now } = problem;
  const email = lastEmail(connection, problem);
  const { messageId, enrolmentId, campaignId, campaign, mode, step } = email;
  eventWriter(connection)({ type, at, prospectId, campaignId, enrolmentId, messageId, channel: 'email' });
  const reason = type === 'bounced' ? 'bounced' : 'opted_out';
  const stopped = stopEnrolments(connection, { prospectIds: [prospectId], status: 'stopped', reason, now });
  const { added } = addSuppressions(connection, addressesToAvoid(connection, problem), {
    reason: type === 'bounced' ? 'a mail came back' : 'complained about a mail',
    source: 'reply',
    now,
  });
  const status = connection
    .prepare<[number], EnrolmentStatus>('select status from enrolment where id = ?')
    .pluck()
    .get(enrolmentId);
  return {
    answers: { enrolmentId, campaign, mode, step, channel: 'email', status: status ?? 'stopped' },
    stopped,
    colleagues: { people: 0, enrolments: 0, messages: 0 },
    blacklisted: added,
  };
}

function lastEmail(connection: Connection, { prospectId, at }: DeliveryProblem): LastEmail {
  const found = connection
    .prepare<[number, number], LastEmail>(
      `select message.id as messageId, enrolment_id as enrolmentId, campaign_id as campaignId, name as campaign,
         message.mode, step
       from message join campaign on campaign.id = campaign_id
       where prospect_id = ? and channel = 'email' and state = 'sent' and sent_at <= ?
       order by message.mode = 'live' desc, sent_at desc, message.id desc limit 1`,
    )
    .get(prospectId, at);
  if (found) return found;
  throw usageError(
    `#${prospectId} was sent no e-mail before then that could come back or be complained about`,
    `hector prospect show '#${prospectId}'`,
  );
}

function addressesToAvoid(connection: Connection, { prospectId, type }: DeliveryProblem): SuppressionKey[] {
  const keys = prospectsById(connection, [prospectId]).flatMap(ownAddresses);
  return type === 'complained' ? keys : keys.filter(({ kind }) => kind === 'email');
}
