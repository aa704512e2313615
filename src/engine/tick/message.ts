import { senderOf, senderOn } from '../limits/sender.ts';
import { type Approval, CHANNELS, type Channel, type Language, prospectName } from '../model.ts';
import { addressFor } from '../plan/reach.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { Envelope } from '../ports/channels.ts';
import type { NewMessage } from '../ports/ticks.ts';
import type { PastTouch, SenderFacts, WriteRequest, Written } from '../ports/writer.ts';
import type { Step } from '../scenario/scenario.ts';
import { folded } from '../suggest.ts';
import { composeEmail } from '../texts/email.ts';
import type { Exchange } from '../texts/facts.ts';
import { kindOn } from '../texts/kinds.ts';
import { composeLinkedin } from '../texts/linkedin.ts';
import { mailboxOf } from '../texts/mailbox.ts';
import { composeSms } from '../texts/sms.ts';

/** Who sends and how, as configured; everything an envelope needs beside the text. */
export interface ComposeSettings {
  sender: SenderFacts;
  dataSource: string | null;
  optOut: Record<Channel, Record<Language, string>>;
  email: { from: string | null; replyTo: string | null; unsubscribe: string | null };
  sms: { from: string | null; messagingService: string | null; transliterate: boolean };
}

/** How many of the last exchanges with a person a text is written from. */
const WRITTEN_FROM = 3;

/** So many are read for it: what has gone out on the other channels of its own step is not among them. */
export const EXCHANGES = WRITTEN_FROM + CHANNELS.length - 1;

/** Who is written to, for what, and after what: a snapshot, or what would be one. */
export interface Addressee extends Pick<Snapshot, 'prospect' | 'history'> {
  campaign: WriteRequest['campaign'] & { language: Language };
  version: Pick<Snapshot['version'], 'templates'>;
}

/**
 * What a writer is asked for one touch. The texts of a step are written side by side: what has gone out on another
 * channel of the same step is no news to this one, and does not make it another text.
 */
export function requestFor(
  { prospect, campaign, version, history }: Addressee,
  { step, channel, exchanges }: { step: Step; channel: Channel; exchanges: readonly Exchange[] },
  settings: ComposeSettings,
): WriteRequest {
  const beside = history.filter((touch) => touch.step === step.id);
  const earlier = history.filter((touch) => touch.step !== step.id);
  return {
    step,
    channel,
    language: campaign.language,
    prospect,
    sender: signerOf(campaign, settings),
    optOut: settings.optOut[channel][campaign.language],
    campaign: {
      id: campaign.id,
      name: campaign.name,
      objective: campaign.objective,
      voice: campaign.voice,
      sender: campaign.sender,
    },
    // Said once, in the first e-mail: an invitation has no room for it.
    dataSource: earlier.some((touch) => touch.channel === 'email') ? null : settings.dataSource,
    history: earlier.map((touch) => bySameSender(touch, campaign)),
    exchanges: exchanges.filter((exchange) => !isOneOf(exchange, beside)).slice(-WRITTEN_FROM),
    templates: version.templates,
  };
}

/**
 * A mail that somebody else has sent is nothing that the sender of this campaign could go on from: without its subject
 * there is no thread. An address that hector.yaml had before stays the same sender.
 */
const bySameSender = (touch: PastTouch, { sender }: WriteRequest['campaign']): PastTouch =>
  sender &&
  touch.channel === 'email' &&
  touch.sender &&
  touch.sender !== senderOn('email', { from: sender.email })
    ? { ...touch, subject: null }
    : touch;

/** Another person has another title, and another number, than the one in hector.yaml. */
function signerOf({ sender: own }: WriteRequest['campaign'], { sender }: ComposeSettings): SenderFacts {
  if (own === null) return sender;
  const same = folded(own.name) === folded(sender.name ?? '');
  return { ...sender, ...own, ...(same ? {} : { title: null, phone: null }) };
}

const isOneOf = ({ direction, channel, at }: Exchange, touches: readonly PastTouch[]): boolean =>
  direction === 'out' && touches.some((touch) => touch.channel === channel && touch.sentAt === at);

export type FinishedText = Extract<Written, { status: 'written' }>;

/** @param text `headers`: of the thread that an e-mail goes on in */
export function newMessage(
  {
    request,
    written,
    factsKey,
    headers,
  }: {
    request: WriteRequest;
    written: FinishedText;
    factsKey: string;
    headers: Record<string, string>;
  },
  snapshot: Pick<Snapshot, 'enrolment' | 'campaign' | 'touches'>,
  settings: ComposeSettings,
  replaces: number | null,
): NewMessage {
  const { channel } = request;
  const envelope = inThread(compose(request, written, snapshot.enrolment.id, settings), headers);
  const approved = snapshot.touches.some((touch) => touch.messageId === replaces && touch.approved);
  const waits = mustBeApproved(snapshot.campaign, request, { ...written, approved });
  return {
    channel,
    kind: kindOn(request.step.kind, channel),
    state: waits ? 'awaiting_approval' : channel === 'linkedin' ? 'awaiting_operator' : 'ready',
    replaces,
    subject: written.subject,
    body: envelope.channel === 'sms' ? envelope.body : written.body,
    envelope,
    source: written.source,
    template: written.template,
    writing: written.writing,
    factsKey,
    sender: senderOf(envelope),
  };
}

/** @param headers of the thread that an e-mail goes on in; nothing else has any */
export const inThread = (envelope: Envelope, headers: Record<string, string>): Envelope =>
  envelope.channel === 'email' ? { ...envelope, headers: { ...envelope.headers, ...headers } } : envelope;

/** @param text `approved`: it takes the place of one that a person has approved, and that one only */
function mustBeApproved(
  { approval }: Snapshot['campaign'],
  { history }: WriteRequest,
  { source, approved }: Pick<FinishedText, 'source'> & { approved: boolean },
): boolean {
  const asked: Record<Approval, boolean> = {
    all: true,
    first: approved || history.length === 0,
    ai: approved || source === 'claude',
    off: false,
  };
  return asked[approval];
}

/** What is handed to the provider, to the byte. */
export function compose(
  { step, channel, language, prospect, campaign }: WriteRequest,
  { subject, body }: Pick<FinishedText, 'subject' | 'body'>,
  enrolmentId: number,
  { email, sms }: ComposeSettings,
): Envelope {
  const to = addressFor(channel, prospect) ?? '';
  switch (channel) {
    case 'linkedin':
      return composeLinkedin({ profile: to, body });
    case 'sms':
      return composeSms({ to, body, ...sms });
    case 'email':
      return composeEmail({
        subject: subject ?? step.objective,
        body,
        language,
        prospect: { email: to, name: prospectName(prospect) || null },
        from: campaign.sender ? mailboxOf(campaign.sender) : (email.from ?? ''),
        replyTo: email.replyTo ?? campaign.sender?.email ?? null,
        unsubscribe: email.unsubscribe,
        campaign: campaign.name,
        step: step.id,
        enrolmentId,
      });
  }
}
