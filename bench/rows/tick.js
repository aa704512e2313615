// A tick of 10,000 due e-mails against the barest loop, and with a full base against an empty one.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, inTurn, run } from '../measure.js';
import { DUE, dataFolder, filledWorkspace, hector, liveEnv, resetMeasured, sentCount } from '../workspace.js';

const beside = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const WHAT = 'tick of 10,000 due e-mails';

export const tickRow = {
  name: 'tick',
  measure: ({ quick, progress }) =>
    withStandIn(async (mail) => {
      const folder = filledWorkspace(0);
      const measured = await inTurn(
        quick ? 1 : 5,
        { ours: () => tick(folder, mail), theirs: () => bareLoop(mail) },
        progress(WHAT),
      );
      const against = 'bare loop of fetch and insert';
      return [compare({ what: WHAT, against, by: 'cpu', goal: 2 }, measured.ours, measured.theirs)];
    }),
};

export const fullBaseRows = {
  name: 'full-base',
  measure: ({ quick, progress }) =>
    withStandIn(async (mail) => {
      progress('bases of 100,000 and 1,010,000 other enrolments')(0, 0);
      const [alone, hundred, million] = [0, 100_000, 1_010_000].map(filledWorkspace);
      const measured = await inTurn(
        quick ? 1 : 5,
        {
          alone: () => tick(alone, mail),
          hundred: () => tick(hundred, mail),
          million: () => tick(million, mail),
        },
        progress(`${WHAT}, full bases`),
      );
      const row = (what, ours) =>
        compare({ what, against: 'the tick without them', by: 'cpu', goal: 1.1 }, ours, measured.alone);
      return [
        row('the same, 100,000 others', measured.hundred),
        row('the same, 1,010,000 others', measured.million),
      ];
    }),
};

/** The stand-in runs in a process of its own, so that its work is in nobody's figures. */
async function withStandIn(work) {
  const child = fork(beside('mail-stand-in.js'));
  const ask = async (word) => {
    child.send(word);
    const [answer] = await once(child, 'message');
    return answer;
  };
  try {
    const [{ port }] = await once(child, 'message');
    return await work({ port, accepted: async () => (await ask('count')).accepted });
  } finally {
    child.send('stop');
  }
}

/** Measured only if every mail went out once and every enrolment moved on. */
async function tick(folder, mail) {
  resetMeasured(folder, 'due');
  const done = run(hector('tick'), { cwd: folder, env: liveEnv(mail.port) });
  const [accepted, sent] = [await mail.accepted(), sentCount(folder)];
  if (accepted !== DUE || sent !== DUE)
    throw new Error(`the tick sent ${accepted} mails and recorded ${sent}, not ${DUE}`);
  return done;
}

async function bareLoop(mail) {
  const done = run([
    process.execPath,
    beside('bare-loop.js'),
    join(dataFolder, 'bare-loop.db'),
    String(mail.port),
    String(DUE),
  ]);
  const accepted = await mail.accepted();
  if (accepted !== DUE) throw new Error(`the bare loop sent ${accepted} mails, not ${DUE}`);
  return done;
}
