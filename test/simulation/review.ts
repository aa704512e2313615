import type { Connection } from '../../src/db/connection.ts';
import type { Envelope } from '../../src/engine/ports/channels.ts';
import type { Draft, ReviewStore } from '../../src/engine/ports/review.ts';
import { prepare } from '../../src/engine/prepare/prepare.ts';
import { HOUR } from '../builders.ts';
import type { Ledger } from './ledger.ts';
import type { Input } from './story.ts';
import type { World } from './world.ts';

const ALL = { campaign: null, channel: null, step: null };

/** One of the texts that wait is read by a person. */
export async function review(
  { context, connection, now }: World,
  ledger: Ledger,
  { input, draft: nth }: Extract<Input, { draft: number }>,
): Promise<void> {
  const store = await context.stores.reviews();
  const drafts = await store.list(ALL, null);
  const draft = drafts[nth % Math.max(1, drafts.length)];
  if (!draft) return;
  if (input === 'reject') return store.reject(draft, 'pas ainsi', now());
  const read = input === 'edit' ? await edited(store, draft, envelopeNow(connection, draft), now()) : draft;
  const { approved } = await store.approve([read], now());
  for (const messageId of approved) ledger.approve(messageId, read.body);
}

function edited(store: ReviewStore, draft: Draft, before: Envelope, at: number): Promise<Draft> {
  const body = `${draft.body} De ma main.`;
  const envelope: Envelope = { ...before, ...(before.channel === 'email' ? { text: body } : { body }) };
  return store.edit(draft, { subject: draft.subject, body, envelope }, at);
}

function envelopeNow(connection: Connection, { messageId }: Draft): Envelope {
  const found = connection
    .prepare<[number], string>('select envelope from message where id = ?')
    .pluck()
    .get(messageId);
  return JSON.parse(found ?? '');
}

/** `hector prepare`, with templates only. */
export async function prepareEarly({ context, engine, now }: World, hours: number): Promise<void> {
  await prepare({
    store: await context.stores.ticks(),
    drafts: await context.stores.drafts(),
    engine,
    ahead: null,
    clock: now,
    within: hours * HOUR,
    campaignId: null,
    limit: null,
    batch: false,
    dryRun: false,
    stopping: () => false,
    progress: () => {},
  });
}
