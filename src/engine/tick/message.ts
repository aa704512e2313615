import { senderOf } from '../limits/sender.ts';
import type { Approval, Channel, Language } from '../model.ts';
import { prospectName } from '../model.ts';
import { addressFor } from '../plan/reach.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { Envelope } from '../ports/channels.ts';
import type { NewMessage } from '../ports/ticks.ts';
import type { SenderFacts, WriteRequest, Written } from '../ports/writer.ts';
import type { Step } from '../scenario/scenario.ts';
import { composeEmail } from '../texts/email.ts';
import type { Exchange } from '../texts/facts.ts';
import { kindOn } from '../texts/kinds.ts';
import { composeLinkedin } from '../texts/linkedin.ts';
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
export const EXCHANGES = 3;

/** Who is written to, for what, and after what: a snapshot, or what would be one. */
export interface Addressee extends Pick<Snapshot, 'prospect' | 'history'> {
  campaign: WriteRequest['campaign'] & { language: Language };
  version: Pick<Snapshot['version'], 'templates'>;
}

/** What a writer is asked for one touch. */
export function requestFor(
  { prospect, campaign, version, history }: Addressee,
  { step, channel, exchanges }: { step: Step; channel: Channel; exchanges: readonly Exchange[] },
  settings: ComposeSettings,
): WriteRequest {
  return {
    step,
    channel,
    language: campaign.language,
    prospect,
    sender: settings.sender,
    optOut: settings.optOut[channel][campaign.language],
    campaign: {
      id: campaign.id,
      name: campaign.name,
      objective: campaign.objective,
      voice: campaign.voice,
    },
    // Said once, in the first e-mail: an invitation has no room for it.
    dataSource: history.some((touch) => touch.channel === 'email') ? null : settings.dataSource,
    history,
    exchanges,
    templates: version.templates,
  };
}

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
  snapshot: Pick<Snapshot, 'enrolment' | 'campaign' | 'history'>,
  settings: ComposeSettings,
  replaces: number | null,
): NewMessage {
  const { channel } = request;
  const envelope = inThread(compose(request, written, snapshot.enrolment.id, settings), headers);
  const waits = mustBeApproved(snapshot, written);
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

function mustBeApproved(
  { campaign, history }: Pick<Snapshot, 'campaign' | 'history'>,
  { source }: FinishedText,
): boolean {
  const asked: Record<Approval, boolean> = {
    all: true,
    first: history.length === 0,
    ai: source === 'claude',
    off: false,
  };
  return asked[campaign.approval];
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
        from: email.from ?? '',
        replyTo: email.replyTo,
        unsubscribe: email.unsubscribe,
        campaign: campaign.name,
        step: step.id,
        enrolmentId,
      });
  }
}
