import type { Task } from '../../../engine/ports/tasks.ts';
import { FALLBACKS } from '../../../engine/reasons.ts';
import { composeLinkedin } from '../../../engine/texts/linkedin.ts';
import { EXCHANGES, newMessage, requestFor } from '../../../engine/tick/message.ts';
import { failure } from '../../../errors.ts';
import { watchInterrupt } from '../../../io/interrupt.ts';
import { whileClaudeWrites } from '../../claude-writes.ts';
import type { Session } from './state.ts';

/** In the editor; kept as soon as it is closed, so that whatever ends the session leaves it. */
export async function editTask({ context, store }: Session, task: Task): Promise<void> {
  const typed = await context.prompter().edit('Text', task.body);
  const { body } = composeLinkedin({ profile: task.prospect.linkedin ?? '', body: typed });
  if (body === task.body) return;
  if (body === '') return context.io.warn('An empty text is not kept; the old one stays.');
  await store.edit(task, body, context.now());
}

/** By Claude, where there is one; what it cannot do is said, and the text stays as it was. */
export async function rewriteTask(session: Session, task: Task): Promise<void> {
  const { context, store } = session;
  if ((await context.claudeParts()) === null)
    throw failure('Claude cannot be asked here (hector doctor): e edits the text by hand');
  const remark = await context.prompter().ask('What should be otherwise?');
  if (remark === '') return;
  const interrupt = watchInterrupt(() => context.io.warn('Goes on once Claude has answered.'));
  try {
    const message = await rewritten(session, task, remark);
    await store.rewrite(task, message, remark, context.now());
  } finally {
    interrupt.stop();
  }
}

async function rewritten({ context, store }: Session, task: Task, remark: string) {
  const [engine, snapshot, ticks] = await Promise.all([
    context.tickEngine(),
    store.snapshot(task.enrolmentId),
    context.stores.ticks(),
  ]);
  const step = snapshot.version.scenario.steps.find(({ id }) => id === task.step);
  if (!step) throw failure('its step is no longer in the scenario: e edits the text by hand');
  const said = await ticks.exchanges([task.prospect.id], task.mode, EXCHANGES);
  const exchanges = said.get(task.prospect.id) ?? [];
  const settings = engine.settings[task.mode];
  const request = requestFor(snapshot, { step, channel: task.channel, exchanges }, settings);
  const before = { subject: null, body: task.body };
  const writing = engine.writer.write({ ...request, remark: { text: remark, before } });
  const written = await whileClaudeWrites(context.io, writing);
  if (written.status === 'held') throw failure(`it stays as it was: ${written.detail}`);
  if (written.source !== 'claude') {
    const { fallback } = written.writing;
    throw failure(
      `it stays as it was: ${fallback ? FALLBACKS[fallback] : 'no text of this step is by Claude'}`,
    );
  }
  const factsKey = engine.writer.factsKey(request);
  return newMessage({ request, written, factsKey, headers: {} }, snapshot, settings, task.messageId);
}
