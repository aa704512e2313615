import { senderOf } from '../limits/sender.ts';
import type { CampaignMode, Channel, Language } from '../model.ts';
import { prospectName } from '../model.ts';
import { type Decision, fault, type Plan, type Planned } from '../plan/decision.ts';
import { addressFor } from '../plan/reach.ts';
import type { Snapshot } from '../plan/snapshot.ts';
import type { Envelope } from '../ports/channels.ts';
import type { Change, NewMessage, StaleMessage } from '../ports/ticks.ts';
import type { SenderFacts, WriteRequest, Writer, Written } from '../ports/writer.ts';
import { composeEmail } from '../texts/email.ts';
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

export interface DraftEngine {
  writer: Writer;
  settings: Record<CampaignMode, ComposeSettings>;
}

/** Turns a plan into the change to store; for a touch, its texts are written here. */
export async function draft({ snapshot, plan }: Planned, engine: DraftEngine): Promise<Change> {
  const { decision } = plan;
  const outcome = decision.do === 'touch' ? await writeSafely(snapshot, decision, engine) : decision;
  return {
    enrolmentId: snapshot.enrolment.id,
    prospectId: snapshot.prospect.id,
    campaignId: snapshot.campaign.id,
    plannedStep: snapshot.enrolment.step,
    plannedHold: snapshot.enrolment.hold,
    plannedNextAt: snapshot.enrolment.nextAt,
    skips: plan.skips,
    step: plan.step,
    anchorAt: plan.anchorAt,
    stepAt: plan.stepAt,
    stale: staleMessages(snapshot, plan),
    outcome,
  };
}

/** Stored texts that the plan leaves behind: of passed steps, or on a channel that another one has replaced. */
function staleMessages({ touches }: Snapshot, { skips, step, decision }: Plan): StaleMessage[] {
  // A stop cancels them.
  if (decision.do === 'stop') return [];
  const waits = decision.do === 'wait' || decision.do === 'hold';
  const kept = decision.do === 'touch' ? decision.existing : [];
  return touches.flatMap((touch) => {
    if (touch.state !== 'ready' || kept.includes(touch) || (waits && touch.step === step)) return [];
    const skip = skips.find((each) => each.step === touch.step);
    const reason = skip?.reason ?? 'the person has gone on without it';
    const unsent = skip ? 'expired' : 'failed';
    return [
      { messageId: touch.messageId, state: touch.idempotencyKey === null ? unsent : 'sending', reason },
    ];
  });
}

type TouchDecision = Extract<Decision, { do: 'touch' }>;

/** One text that cannot be written keeps no other from being written. */
const writeSafely = (
  snapshot: Snapshot,
  decision: TouchDecision,
  engine: DraftEngine,
): Promise<Change['outcome']> => writeTouch(snapshot, decision, engine).catch(fault);

/** A held `also` text is left out; a held text of the step's own channel holds the enrolment. */
async function writeTouch(
  snapshot: Snapshot,
  { step, channel, also, existing }: TouchDecision,
  engine: DraftEngine,
): Promise<Change['outcome']> {
  const messages: NewMessage[] = [];
  const settings = engine.settings[snapshot.campaign.mode];
  const begun = snapshot.touches.some((touch) => touch.step === step.id && touch.channel === channel);
  for (const each of begun ? also : [channel, ...also]) {
    const request = requestFor(snapshot, step, each, settings);
    const written = await engine.writer.write(request);
    if (written.status === 'written') messages.push(newMessage(request, written, snapshot, settings));
    else if (each === channel) return { do: 'hold', reason: written.reason, detail: written.detail };
  }
  return { do: 'touch', channel, messages, existing: existing.length };
}

function requestFor(
  { prospect, campaign, version, history }: Pick<Snapshot, 'prospect' | 'campaign' | 'version' | 'history'>,
  step: TouchDecision['step'],
  channel: Channel,
  settings: ComposeSettings,
): WriteRequest {
  return {
    step,
    channel,
    language: campaign.language,
    prospect,
    sender: settings.sender,
    optOut: settings.optOut[channel][campaign.language],
    campaign: { name: campaign.name, objective: campaign.objective },
    // Said once, in the first e-mail: an invitation has no room for it.
    dataSource: history.some((touch) => touch.channel === 'email') ? null : settings.dataSource,
    history,
    templates: version.templates,
  };
}

function newMessage(
  request: WriteRequest,
  written: Extract<Written, { status: 'written' }>,
  snapshot: Snapshot,
  settings: ComposeSettings,
): NewMessage {
  const envelope = compose(request, written, snapshot, settings);
  return {
    channel: request.channel,
    kind: kindOn(request.step.kind, request.channel),
    state: request.channel === 'linkedin' ? 'awaiting_operator' : 'ready',
    subject: written.subject,
    body: envelope.channel === 'sms' ? envelope.body : written.body,
    envelope,
    source: written.source,
    template: written.template,
    sender: senderOf(envelope),
  };
}

function compose(
  { step, channel, language, prospect, campaign }: WriteRequest,
  { subject, body }: Extract<Written, { status: 'written' }>,
  { enrolment }: Snapshot,
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
        enrolmentId: enrolment.id,
      });
  }
}
