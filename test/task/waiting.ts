import type { Step } from '../../src/engine/scenario/scenario.ts';
import type { Key } from '../../src/io/press-key.ts';
import type { Prompter } from '../../src/io/prompter.ts';
import {
  aCampaign,
  aMessage,
  anEnrolment,
  aProspect,
  aStep,
  type CampaignOverrides,
  DAY,
  NOW,
} from '../builders.ts';
import { testContext } from '../context.ts';
import { scripted } from '../prompter.ts';

export const STEPS: readonly Step[] = [
  aStep({ id: 'invitation', channel: 'linkedin', kind: 'invitation', template: 'linkedin/invitation' }),
  aStep({
    id: 'message',
    channel: 'linkedin',
    kind: 'message',
    wait: '1d',
    when: { accepted: true, within: '5d' },
    otherwise: 'skip',
    template: 'linkedin/message',
  }),
  aStep({ id: 'email-1', wait: '2d' }),
];

export interface WaitingOptions {
  campaign?: CampaignOverrides;
  /** At which step each of the people waits for the operator. */
  steps?: readonly ('invitation' | 'message')[];
  columns?: number;
  prompter?: Partial<Prompter>;
}

/** A session at the keyboard: people who wait at a LinkedIn step, and the answers to be typed, as values. */
export async function waiting(answers: (string | boolean)[], options: WaitingOptions = {}) {
  const { campaign = {}, steps = ['invitation'], columns = 80 } = options;
  const asked: string[] = [];
  /** Offered with each question that takes one. */
  const keys: (readonly Key<string>[])[] = [];
  const script = scripted(answers, asked);
  const key: Prompter['key'] = (message, offered) => {
    keys.push(offered);
    return script.key(message, offered);
  };
  const prompter: Prompter = { ...script, key, ...options.prompter };
  const test = testContext({ columns, interactive: true, prompter });
  // No display, no terminal that takes a text.
  test.context.env.TERM = 'dumb';
  const connection = await test.context.connection();
  const campaignId = aCampaign(connection, {
    name: 'PME Ouest',
    scenario: { steps: [...STEPS] },
    templates: { 'default/email': 'Bonjour,\n\n{{ opt_out }}', 'linkedin/message': 'Merci' },
    ...campaign,
  });
  const rows = (sql: string): unknown[] => connection.prepare(sql).all();
  steps.forEach((step, index) => {
    const prospectId = aProspect(connection, { first_name: `Claire${index + 1}` });
    const enrolmentId = anEnrolment(connection, {
      ...{ campaignId, prospectId, step, nextAt: null, hold: 'operator' },
      anchorAt: NOW - 3 * DAY,
    });
    const profile = `claire-durand-${prospectId}`;
    const linkedin = { enrolmentId, channel: 'linkedin', sender: 'linkedin' } as const;
    if (step === 'message')
      aMessage(connection, {
        ...{ ...linkedin, step: 'invitation', kind: 'invitation', state: 'sent' },
        sentAt: NOW - 3 * DAY,
      });
    aMessage(connection, {
      ...{ ...linkedin, step, kind: step, state: 'awaiting_operator' },
      ...{ body: `Bonjour ${index + 1}`, envelope: { channel: 'linkedin', profile, body: '' } },
      createdAt: NOW + index,
    });
  });
  const at = (instant: number): void => {
    test.context.env.HECTOR_NOW = new Date(instant).toISOString();
  };
  return { ...test, connection, campaignId, asked, keys, rows, at };
}

/** All that undoing must bring back. */
export const everything = (rows: (sql: string) => unknown[]) => ({
  enrolments: rows('select * from enrolment order by id'),
  messages: rows('select * from message order by id'),
  events: rows("select id, type, at, message_id, data from event where type <> 'undone' order by id"),
  suppressions: rows('select * from suppression'),
});
