import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importLinkedin, type LinkedinImportOptions } from '../../src/commands/linkedin/import.ts';
import { tick } from '../../src/commands/tick.ts';
import type { Connection } from '../../src/db/connection.ts';
import {
  aCampaign,
  aMessage,
  anEnrolment,
  aProspect,
  aStep,
  type CampaignOverrides,
  DAY,
  NOW,
  type ProspectOverrides,
} from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'prospects');

const INVITE_FIRST = [
  aStep({ id: 'invitation', channel: 'linkedin', kind: 'invitation' }),
  aStep({
    ...{ id: 'message', channel: 'linkedin', kind: 'message', wait: '2d' },
    ...{ when: { accepted: true, within: '5d' }, otherwise: 'skip' },
  }),
  aStep({ id: 'email-1', wait: '4d' }),
];

interface Summary {
  own_profile: string | null;
  counts: Record<string, number>;
  files: {
    file: string;
    kind: string;
    rows: number;
    skipped: Record<string, number>;
    bad_date_lines: number[];
    future_lines: number[];
  }[];
  found: {
    what: string;
    prospect_id: number | null;
    person: string;
    at: string | null;
    detail: string | null;
  }[];
  [key: string]: unknown;
}

const PLAIN: LinkedinImportOptions = { dryRun: false, confirmSent: false, me: null, list: false };

/** A workspace to import into, now `NOW`; each `import` is one run of the command. */
export async function linkedinWorkspace() {
  const { context, folder } = testContext();
  const connection: Connection = await context.connection();
  const rows = (sql: string) => connection.prepare(sql).all();
  return {
    folder,
    connection,
    rows,
    file(name: string, content: string | Buffer): string {
      writeFileSync(join(folder, name), content);
      return name;
    },
    fixture(name: string): string {
      copyFileSync(join(FIXTURES, name), join(folder, name));
      return name;
    },
    async import(files: string[], options: Partial<LinkedinImportOptions> = {}): Promise<Summary> {
      const run = testContext({ folder, json: true });
      await importLinkedin(run.context, files, { ...PLAIN, ...options });
      return JSON.parse(run.stdout());
    },
    async shown(
      files: string[],
      options: Partial<LinkedinImportOptions> = {},
      overrides: ContextOverrides = {},
    ): Promise<{ stdout: string; stderr: string }> {
      const run = testContext({ folder, ...overrides });
      await importLinkedin(run.context, files, { ...PLAIN, ...options });
      return { stdout: run.stdout(), stderr: run.stderr() };
    },
    /** Somebody in a campaign that invites first, with the invitation as told. */
    invited(
      prospect: ProspectOverrides,
      invitation: { state: 'sent' | 'awaiting_operator'; at?: number; body?: string } = { state: 'sent' },
      campaign: CampaignOverrides = {},
    ): { prospectId: number; enrolmentId: number; messageId: number } {
      const { state, at = NOW - 18 * DAY, body = 'Bonjour, ravi de vous lire.' } = invitation;
      const campaignId = aCampaign(connection, {
        ...{ scenario: { steps: INVITE_FIRST }, templates: { 'default/email': 'Bonjour' } },
        ...campaign,
      });
      const prospectId = aProspect(connection, { createdAt: NOW - 30 * DAY, ...prospect });
      const open = state === 'awaiting_operator';
      const enrolmentId = anEnrolment(connection, {
        ...{ campaignId, prospectId, createdAt: NOW - 20 * DAY },
        ...(open
          ? { step: 'invitation', nextAt: null, hold: 'operator', anchorAt: NOW - 20 * DAY }
          : { step: 'message', nextAt: NOW + DAY, hold: 'condition_pending', anchorAt: at }),
      });
      const messageId = aMessage(connection, {
        ...{ enrolmentId, step: 'invitation', channel: 'linkedin', kind: 'invitation', state, body },
        ...{ createdAt: NOW - 20 * DAY, sentAt: open ? null : at },
      });
      return { prospectId, enrolmentId, messageId };
    },
    async tick(): Promise<void> {
      const { context } = testContext({ folder, json: true });
      const all = { campaign: undefined, limit: null, concurrency: null, log: undefined };
      await tick(context, { dryRun: false, texts: false, ...all });
    },
    dump: (): unknown =>
      ['prospect', 'enrolment', 'event', 'message', 'suppression'].map((table) =>
        rows(`select * from ${table} order by 1`),
      ),
  };
}

export const connections = (...rows: string[]): string =>
  ['First Name,Last Name,URL,Email Address,Company,Position,Connected On', ...rows].join('\n');

export const ME = 'https://www.linkedin.com/in/hector-martin-ads';

export interface Said {
  from: string;
  to?: string;
  text: string;
  at?: string;
  folder?: string;
  draft?: string;
  conversation?: string;
}

/** messages.csv as LinkedIn writes it in 2026: everything quoted. A short name is a profile. */
export function messages(...said: Said[]): string {
  const address = (slug: string): string => (slug === '' ? '' : `https://www.linkedin.com/in/${slug}`);
  const header =
    'CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT';
  const rows = said.map((each, index) => {
    const { from, to = 'hector-martin-ads', text, at = '2026-11-20 10:00:00 UTC', folder = 'INBOX' } = each;
    const recipients = to.split('+').map(address).join(',');
    return [
      each.conversation ?? `2-${index}`,
      '',
      from,
      address(from),
      to,
      recipients,
      at,
      '',
      text,
      folder,
      '',
      each.draft ?? 'No',
      'No',
    ];
  });
  const quoted = rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
  return [header, ...quoted].join('\n');
}

/** Invitations.csv, written from the description of the format: LinkedIn gives no sample. */
export const invitations = (...rows: string[]): string =>
  ['From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl', ...rows].join('\n');
