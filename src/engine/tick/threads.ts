import { groupBy } from '../group.ts';
import type { CampaignMode } from '../model.ts';
import type { Planned } from '../plan/decision.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { Sender, Senders } from '../ports/channels.ts';
import type { SentMail, TickStore } from '../ports/ticks.ts';
import type { WriteRequest } from '../ports/writer.ts';
import { kindOn } from '../texts/kinds.ts';
import { previousSubject, threadHeaders, threadSubject } from '../texts/thread.ts';

/** The headers by which a follow-up goes on in the thread of the e-mail before; none where that has no known name. */
export type Thread = () => Promise<Record<string, string>>;

/**
 * What follow-ups by e-mail answer to: one question to the store for all of them, and one to the provider for each
 * that is really written.
 * @param now the tick's clock, UTC ms
 */
export async function threadsOf(
  planned: readonly Planned[],
  store: Pick<TickStore, 'sentMails'>,
  { senders, now }: { senders: Record<CampaignMode, Senders>; now: number },
): Promise<(item: Planned) => Thread> {
  const ids = planned.filter(goesOn).map(({ snapshot }) => snapshot.enrolment.id);
  const mails = ids.length === 0 ? [] : await store.sentMails(ids);
  const last = groupBy(mails, ({ enrolmentId }) => enrolmentId);
  return ({ snapshot: { campaign, enrolment } }) =>
    async () => {
      const mail = last.get(enrolment.id)?.at(-1);
      return mail ? headersOf(mail, senders[campaign.mode].email, now) : {};
    };
}

/** The same for one text that is written anew. */
export async function threadOf(
  request: WriteRequest,
  { enrolment, campaign }: Pick<Snapshot, 'enrolment' | 'campaign'>,
  store: Pick<TickStore, 'sentMails'>,
  { senders, now }: { senders: Record<CampaignMode, Senders>; now: number },
): Promise<Record<string, string>> {
  if (threadSubject(request) === null) return {};
  const mail = (await store.sentMails([enrolment.id])).at(-1);
  return mail ? headersOf(mail, senders[campaign.mode].email, now) : {};
}

const goesOn = ({ snapshot, plan: { decision } }: Planned): boolean =>
  decision.do === 'touch' &&
  kindOn(decision.step.kind, 'email') === 'follow_up' &&
  previousSubject(snapshot.history) !== null;

async function headersOf(
  { provider, providerId, references }: SentMail,
  sender: Sender | null,
  now: number,
): Promise<Record<string, string>> {
  if (!sender?.messageId || provider !== sender.provider) return {};
  return threadHeaders(await sender.messageId(providerId, now), references);
}
