// The ways to send the same mails to the stand-in: a tick, and loops that do no more than send and remember.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './measure.js';
import {
  DUE,
  dataFolder,
  hector,
  liveEnv,
  resetMeasured,
  sentCount,
  setRate,
  UNLIMITED,
} from './workspace.js';

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * The stand-in runs in a process of its own, so that its work is in nobody's figures.
 * @param latency ms before it answers
 */
export async function withStandIn(latency, work) {
  const child = fork(beside('mail-stand-in.js'), [String(latency)]);
  const told = async () => {
    child.send('count');
    const [answer] = await once(child, 'message');
    return answer;
  };
  try {
    const [{ port }] = await once(child, 'message');
    return await work({ port, told });
  } finally {
    child.send('stop');
  }
}

/** Measured only if every mail went out once and every enrolment moved on; with the calls of the busiest second. */
export async function tick(folder, mail, { due = DUE, perSecond = UNLIMITED } = {}) {
  resetMeasured(folder, due);
  setRate(folder, perSecond);
  const done = run(hector('tick'), { cwd: folder, env: liveEnv(mail.port) });
  const { accepted, busiest } = await mail.told();
  const sent = sentCount(folder);
  if (accepted !== due || sent !== due)
    throw new Error(`the tick sent ${accepted} mails and recorded ${sent}, not ${due}`);
  return { ...done, busiest };
}

/**
 * Posts and commits, nothing else.
 * @param options `batch`: mails a call; `perSecond`: calls a second, without a limit if not said
 */
export async function bareLoop(mail, { count = DUE, batch = 1, concurrency = 1, perSecond } = {}) {
  const file = join(dataFolder, 'bare-loop.db');
  const words = [file, mail.port, count, batch, concurrency, ...(perSecond ? [perSecond] : [])];
  const done = run([process.execPath, beside('bare-loop.js'), ...words.map(String)]);
  const { accepted, busiest } = await mail.told();
  if (accepted !== count) throw new Error(`the bare loop sent ${accepted} mails, not ${count}`);
  return { ...done, busiest };
}
