// 10,000 due e-mails to a provider that takes its time: the tick, a sequential sender, and a bare batch loop.
import { compare, inTurn } from '../measure.js';
import { bareLoop, tick, withStandIn } from '../sending.js';
import { DUE, filledWorkspace, UNLIMITED } from '../workspace.js';

/** What Resend allows a team. */
const LIMIT = 10;
/** As hector.yaml has it when nothing is said. */
const CONCURRENCY = 4;
const BATCH = 100;
/** The sequential sender is measured on so many and scaled: it does the same again and again. */
const SAMPLE = 300;
/** Where the goals stand; the others are for the shape. */
const GOALS = { latency: 50, perSecond: LIMIT };

export const rateRows = {
  name: 'rate',
  async measure({ quick, progress }) {
    const folder = filledWorkspace(0);
    const rows = [];
    for (const latency of quick ? [GOALS.latency] : [0, 50, 200])
      for (const perSecond of [LIMIT, UNLIMITED])
        rows.push(
          ...(await withStandIn(latency, (mail) =>
            rowsOf({ folder, mail, latency, perSecond, rounds: quick ? 1 : 3, progress }),
          )),
        );
    return rows;
  },
};

async function rowsOf({ folder, mail, latency, perSecond, rounds, progress }) {
  const rate = perSecond === UNLIMITED ? 'no limit' : `${perSecond} calls/s`;
  const what = `10,000 e-mails, ${latency} ms, ${rate}`;
  const judged = latency === GOALS.latency && perSecond === GOALS.perSecond;
  const sides = {
    ours: () => tick(folder, mail, { perSecond }),
    batches: () => bareLoop(mail, { batch: BATCH, concurrency: CONCURRENCY, perSecond }),
    oneByOne: () => bareLoop(mail, { batch: BATCH, perSecond }),
  };
  const { ours, batches, oneByOne } = await (judged
    ? inTurn(rounds, sides, progress(what))
    : once(sides, progress(what)));
  progress(`${what}, one mail a call`)(0, 0);
  const sequential = [scaled(await bareLoop(mail, { count: SAMPLE, perSecond }))];
  const busiest = Math.max(...ours.map((one) => one.busiest));
  const row = (against, theirs, goal) => ({
    ...compare({ what, against, by: 'wall', goal: judged ? goal : undefined }, ours, theirs),
    held: perSecond === UNLIMITED || busiest <= perSecond,
  });
  return [
    { ...row('batch loop of fetch, 4 at a time', batches, 1.3), what: `${what}; busiest second ${busiest}` },
    row('batch loop of fetch, one at a time', oneByOne),
    row(`one mail a call, ${SAMPLE} scaled`, sequential, 0.1),
  ];
}

/** One measurement of each, for the shape. */
async function once(sides, onRound) {
  onRound(0, 0);
  const measured = {};
  for (const [name, side] of Object.entries(sides)) measured[name] = [await side()];
  return measured;
}

const scaled = ({ wall, cpu }) => ({ wall: (wall * DUE) / SAMPLE, cpu: (cpu * DUE) / SAMPLE });
