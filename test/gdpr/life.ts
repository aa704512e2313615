import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../src/db/connection.ts';
import { BY_TEMPLATE } from '../../src/engine/ports/writer.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, DAY, NOW } from '../builders.ts';

/** Words that stand nowhere else, so that a grep for them finds nothing but traces. */
export const TRACES = [
  'zenobie.quetzal@wombat.example',
  'zenobie',
  'quetzal',
  '+33698765432',
  'zq-profil',
  'ornithorynque',
  '698765432',
];

export const ZENOBIE = {
  email: 'zenobie.quetzal@wombat.example',
  first_name: 'Zénobie Zenobie',
  last_name: 'Quetzal',
  company: 'Wombat Ornithorynque',
  mobile: '+33698765432',
  linkedin: 'zq-profil',
  notes: 'aime les ornithorynques',
  phoneKey: '+33698765432 zenobie zenobie quetzal',
  custom: { surnom: 'Quetzal' },
};

export interface Life {
  prospectId: number;
  campaignId: number;
  enrolmentId: number;
  messageIds: number[];
}

/** Everything that can be held about a person: a row in every table that has one, and files in the outbox. */
export function aLife(connection: Connection, folder: string): Life {
  const importId = runOf(connection);
  const prospectId = aProspect(connection, { ...ZENOBIE, importId, createdAt: NOW - 30 * DAY });
  const campaignId = aCampaign(connection, { name: 'Printemps', mode: 'rehearsal' });
  const enrolmentId = anEnrolment(connection, { prospectId, campaignId });
  const words = 'Bonjour Zenobie Quetzal de Wombat Ornithorynque';
  const sent = aMessage(connection, {
    enrolmentId,
    state: 'sent',
    subject: words,
    body: words,
    envelope: {
      channel: 'email',
      to: `Quetzal <${ZENOBIE.email}>`,
      subject: words,
      text: words,
      headers: {},
      tags: {},
    },
    provider: 'outbox',
    providerId: '2026-11-23T09-00-00_email_000001_zenobie-quetzal_x.eml',
    claimedAt: NOW - DAY,
    sentAt: NOW - DAY,
    error: ZENOBIE.email,
  });
  const linkedin = aMessage(connection, {
    enrolmentId,
    step: 'email-2',
    channel: 'linkedin',
    state: 'awaiting_operator',
    body: words,
    envelope: { channel: 'linkedin', profile: 'zq-profil', body: words },
  });
  connection
    .prepare('update message set writing = ?, facts_key = ? where id = ?')
    .run(JSON.stringify({ ...BY_TEMPLATE, claims: [{ statement: words }] }), 'abc', sent);
  anEvent(connection, { type: 'enrolled', enrolmentId, at: NOW - 2 * DAY });
  anEvent(connection, { type: 'sent', messageId: sent, at: NOW - DAY });
  anEvent(connection, { type: 'delivered', messageId: sent, at: NOW - DAY });
  anEvent(connection, { type: 'replied', messageId: sent, at: NOW, data: { text: `Non. ${words}` } });
  elsewhere(connection, { importId, prospectId, campaignId });
  mkdirSync(join(folder, 'outbox'), { recursive: true });
  const name = `2026-11-23T09-00-00_email_${String(sent).padStart(6, '0')}_zenobie-quetzal_x.eml`;
  writeFileSync(join(folder, 'outbox', name), `To: ${ZENOBIE.email}\n\n${words}`);
  writeFileSync(join(folder, 'outbox', '2026-11-23T09-00-00_email_000099_claire-durand_x.eml'), 'Claire');
  return { prospectId, campaignId, enrolmentId, messageIds: [sent, linkedin] };
}

function runOf(connection: Connection): number {
  return Number(
    connection
      .prepare(
        "insert into import_run (file, status, started_at, mapping) values ('salon.csv', 'done', ?, '{}')",
      )
      .run(NOW - 30 * DAY).lastInsertRowid,
  );
}

function elsewhere(
  connection: Connection,
  { importId, prospectId, campaignId }: { importId: number; prospectId: number; campaignId: number },
): void {
  const row = (sql: string, ...values: (string | number)[]) => connection.prepare(sql).run(...values);
  row(
    'insert into import_change (import_id, prospect_id, before, after) values (?, ?, ?, ?)',
    ...[importId, prospectId, '{"title":null}', '{"title":"Ornithorynque"}'],
  );
  row(
    "insert into text_cache (key, prospect_id, answer, created_at, expires_at) values ('k', ?, ?, ?, ?)",
    ...[prospectId, '{"text":"Bonjour Zenobie"}', NOW, NOW + DAY],
  );
  row("insert into text_batch (status, submitted_at, expires_at) values ('submitted', ?, ?)", NOW, NOW + DAY);
  for (const result of ['submitted', 'answered'])
    row(
      `insert into text_batch_request (id, batch_id, key, prospect_id, model, estimate, keep_until, result)
       values (?, 1, ?, ?, 'claude', 10, ?, ?)`,
      ...[result, result, prospectId, NOW + DAY, result],
    );
  row(
    `insert into model_call (at, purpose, campaign_id, prospect_id, model, input_tokens, output_tokens, cache_read_tokens,
       cache_write_tokens, cost, latency_ms, result) values (?, 'write', ?, ?, 'claude', 1, 1, 0, 0, 5000, 9, 'answered')`,
    ...[NOW, campaignId, prospectId],
  );
  row(
    'insert into disc_proposal (prospect_id, key, proposal, created_at) values (?, ?, ?, ?)',
    ...[prospectId, 'x', '{"reason":"ornithorynque"}', NOW],
  );
  row(
    'insert into campaign_draft (name, answers, created_at, updated_at) values (?, ?, ?, ?)',
    ...[
      'Brouillon',
      JSON.stringify({
        name: 'Brouillon',
        person: [`email=${ZENOBIE.email} first_name=Zenobie`, 'email=a@b.example'],
      }),
      NOW,
      NOW,
    ],
  );
  row(
    "insert into tick (started_at, finished_at, host, pid, summary) values (?, ?, 'h', 1, ?)",
    ...[NOW, NOW, JSON.stringify({ retried_for: { [`no such box <${ZENOBIE.email}>.`]: 1 } })],
  );
  row(
    "insert into circuit (channel, failures, reason) values ('sms', 1, ?)",
    `refused ${ZENOBIE.mobile}: unknown`,
  );
}
