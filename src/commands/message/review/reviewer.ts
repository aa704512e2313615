import type { Context } from '../../../context.ts';
import type { Draft, ReviewStore } from '../../../engine/ports/review.ts';
import type { WriteRequest } from '../../../engine/ports/writer.ts';
import { FALLBACKS } from '../../../engine/reasons.ts';
import { type Checked, checkEdited, type PlainText } from '../../../engine/texts/edited-text.ts';
import { toGsm7 } from '../../../engine/texts/sms.ts';
import {
  type ComposeSettings,
  compose,
  EXCHANGES,
  inThread,
  newMessage,
  requestFor,
} from '../../../engine/tick/message.ts';
import type { TickEngine } from '../../../engine/tick/pass.ts';
import { threadOf } from '../../../engine/tick/threads.ts';
import { failure } from '../../../errors.ts';
import { whileClaudeWrites } from '../../claude-writes.ts';

/** What of a draft decides what may stand in its place. */
type Checkable = Pick<Draft, 'enrolmentId' | 'mode' | 'channel' | 'kind' | 'body'>;

export type Rewritten = { ok: true; draft: Draft } | { ok: false; problem: string };

/** What a person may do to a draft beside approving it. What it needs is built with the first such wish. */
export class Reviewer {
  readonly store: ReviewStore;
  readonly #context: Context;
  #engine: Promise<TickEngine> | undefined;

  constructor(context: Context, store: ReviewStore) {
    this.#context = context;
    this.store = store;
  }

  /** What would go out of it, or why it may not. */
  async check(draft: Checkable, typed: PlainText): Promise<Checked> {
    const [{ linkedin: limits }, { settings }] = await Promise.all([
      this.#context.config(),
      this.#settings(draft),
    ]);
    const { campaign } = await this.store.snapshot(draft.enrolmentId);
    const optOut = settings.optOut[draft.channel][campaign.language];
    const plain = draft.channel === 'sms' && settings.sms.transliterate;
    const body = plain ? toGsm7(typed.body) : typed.body;
    return checkEdited(
      { subject: typed.subject, body },
      {
        channel: draft.channel,
        kind: draft.kind,
        before: draft.body,
        optOut: plain ? toGsm7(optOut) : optOut,
        limits,
      },
    );
  }

  /** @param text as `check` has given it */
  async edit(draft: Draft, text: PlainText): Promise<Draft> {
    const { request, settings, headers } = await this.#request(draft);
    const { subject } = text;
    const envelope = inThread(compose(request, text, draft.enrolmentId, settings), headers);
    const body = envelope.channel === 'sms' ? envelope.body : text.body;
    return this.store.edit(draft, { subject, body, envelope }, this.#context.now());
  }

  /** A template would say the same again: then the text stays as it is. */
  async rewrite(draft: Draft, remark: string): Promise<Rewritten> {
    const { request, settings, snapshot, engine, headers } = await this.#request(draft);
    const before = { subject: draft.subject, body: draft.body };
    const writing = engine.writer.write({ ...request, remark: { text: remark, before } });
    const written = await whileClaudeWrites(this.#context.io, writing);
    const { fallback, detail } = written.writing;
    if (written.status === 'held') return { ok: false, problem: written.detail };
    if (written.source !== 'claude')
      return {
        ok: false,
        problem: fallback
          ? `${FALLBACKS[fallback]}${detail ? `: ${detail}` : ''}`
          : 'no text of this step is written by Claude (no key, or variants that are compared)',
      };
    const factsKey = engine.writer.factsKey(request);
    const message = newMessage({ request, written, factsKey, headers }, snapshot, settings, draft.messageId);
    return { ok: true, draft: await this.store.replace(draft, message, remark, this.#context.now()) };
  }

  async #settings({ mode }: Pick<Draft, 'mode'>): Promise<{ engine: TickEngine; settings: ComposeSettings }> {
    this.#engine ??= this.#context.tickEngine();
    const engine = await this.#engine;
    return { engine, settings: engine.settings[mode] };
  }

  /** As the tick would ask for it now. */
  async #request(draft: Draft) {
    const { engine, settings } = await this.#settings(draft);
    const snapshot = await this.store.snapshot(draft.enrolmentId);
    const step = snapshot.version.scenario.steps.find(({ id }) => id === draft.step);
    if (!step)
      throw failure(
        `message ${draft.messageId} is of a step that is no longer in the scenario`,
        `hector message reject ${draft.messageId}`,
      );
    const ticks = await this.#context.stores.ticks();
    const said = await ticks.exchanges([draft.prospect.id], draft.mode, EXCHANGES);
    const exchanges = said.get(draft.prospect.id) ?? [];
    const request: WriteRequest = requestFor(snapshot, { step, channel: draft.channel, exchanges }, settings);
    const now = this.#context.now();
    const headers = await threadOf(request, snapshot, ticks, { senders: engine.senders, now });
    return { engine, settings, snapshot, request, headers };
  }
}
