import type { Channel, MessageKind } from '../../engine/model.ts';
import type { WriteRequest } from '../../engine/ports/writer.ts';
import type { Exchange, Fact } from '../../engine/texts/facts.ts';
import { kindOn } from '../../engine/texts/kinds.ts';
import type { TextLimits } from '../../engine/texts/message-text.ts';
import { block, cutLine } from './block.ts';

export interface TaskInput {
  request: WriteRequest;
  facts: readonly Fact[];
  disc: { profile: string; source: string } | null;
  limits: TextLimits;
  /** Characters that are added below the text of an SMS. */
  added: number;
  wantsSubject: boolean;
}

const EXCHANGE_LIMIT = 1500;
const SUBJECT_LIMIT = 200;

/** What is asked for one text. Data stands in blocks of JSON in which no tag can be closed. */
export function taskPrompt(input: TaskInput): string {
  const { request, facts } = input;
  return [
    ...block(
      'facts',
      // What may be said about us stands with the voice, where it is paid for once.
      facts
        .filter(({ about }) => about !== 'house')
        .map(({ id, about, value, source }) => ({ id, about, value, source })),
    ),
    ...block('exchanges', request.exchanges.map(exchangeData)),
    '<task>',
    ...taskLines(input),
    '</task>',
    ...remarkLines(request),
  ].join('\n');
}

const exchangeData = ({ direction, channel, at, subject, body }: Exchange) => ({
  from: direction === 'out' ? 'us' : 'them',
  channel,
  date: new Date(at).toISOString().slice(0, 10),
  ...(subject === null ? {} : { subject: cutLine(subject, SUBJECT_LIMIT) }),
  text: body.length > EXCHANGE_LIMIT ? `${body.slice(0, EXCHANGE_LIMIT)}…` : body,
});

const KIND_NAMES: Record<MessageKind, string> = {
  invitation: 'a note that goes with a LinkedIn invitation, to somebody who does not know us',
  message: 'a LinkedIn message to a connection',
  follow_up: 'a follow-up, short and with something new in it',
  email: 'an e-mail',
  sms: 'an SMS',
};

function taskLines({ request, disc, limits, added, wantsSubject }: TaskInput): string[] {
  const { step, channel, language } = request;
  const kind = kindOn(step.kind, channel);
  const own = isOwnKind(request);
  return [
    `Write ${KIND_NAMES[kind]}, by ${channel === 'sms' ? 'SMS' : channel}.`,
    ...(own
      ? []
      : [
          'The aim and the instructions were written for another channel: keep what they are after, in the form and the length that suit this one.',
        ]),
    `Language: ${language === 'fr' ? 'French' : 'English'}`,
    `Aim: ${step.objective}`,
    `Instructions: ${step.prompt}`,
    ...(step.cta ? [`What is asked of the reader: ${step.cta}`] : []),
    ...(step.length && own ? [`Length: ${step.length}`] : []),
    `Never more than ${hardLimit(kind, channel, limits, added)}.`,
    wantsSubject
      ? 'Subject: one line of 50 characters at most, that says what the e-mail is about. No "Re:".'
      : 'Subject: null.',
    ...(disc ? [`DISC profile to write for: ${disc.profile}`] : []),
  ];
}

/** Of a step that came to another channel than its own neither the length nor the form of its instructions holds. */
export const isOwnKind = ({ step, channel }: Pick<WriteRequest, 'step' | 'channel'>): boolean =>
  step.kind === kindOn(step.kind, channel);

function hardLimit(kind: MessageKind, channel: Channel, limits: TextLimits, added: number): string {
  switch (channel) {
    case 'linkedin':
      return `${kind === 'invitation' ? limits.invitationLimit : limits.messageLimit} characters`;
    case 'sms':
      return `${Math.max(60, 160 - added)} characters, without ê â î ô û ë ï ç œ, with straight apostrophes`;
    case 'email':
      return '250 words';
  }
}

/** What the operator wants otherwise: theirs is an instruction. */
function remarkLines({ remark }: WriteRequest): string[] {
  if (!remark) return [];
  return [
    ...block('before', [{ subject: remark.before.subject, text: remark.before.body }]),
    '<remark>',
    'The text in <before> was refused by the person who signs it. Write it anew, and heed what they say:',
    remark.text.replaceAll('<', '‹').replaceAll('>', '›'),
    '</remark>',
  ];
}
