// A tick of 1,000 texts by Claude, whose every answer takes half a second; and the same texts from the cache.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, inTurn, median, run } from '../measure.js';
import { withStandIn } from '../sending.js';
import {
  dataFolder,
  filledWorkspace,
  forgetTexts,
  hector,
  liveEnv,
  NOW,
  resetMeasured,
  setWriting,
  textCounts,
} from '../workspace.js';

const TEXTS = 1000;
const LATENCY = 500;
const CONCURRENCY = 20;
/** Nothing but waiting for answers, none of them in vain. */
const IDEAL = { wall: (LATENCY / 1000) * (TEXTS / CONCURRENCY), cpu: 0 };

const beside = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

export const writingRows = {
  name: 'writing',
  measure: ({ quick, progress }) =>
    withStandIn(0, (mail) =>
      withClaude((claude) => measureWriting({ mail, claude, rounds: quick ? 1 : 3, progress })),
    ),
};

async function withClaude(work) {
  rmSync(join(dataFolder, 'parts'), { recursive: true, force: true });
  const child = fork(beside('claude-stand-in.js'), [String(LATENCY)]);
  try {
    const [{ port, key }] = await once(child, 'message');
    const calls = async () => {
      child.send('count');
      const [told] = await once(child, 'message');
      return told.calls;
    };
    return await work({ port, key, calls });
  } finally {
    child.send('stop');
  }
}

async function measureWriting({ mail, claude, rounds, progress }) {
  const folder = filledWorkspace(0);
  const place = { folder, mail, claude };
  const measured = await inTurn(
    rounds,
    {
      fresh: () => tick(place, { by: 'claude', forget: true, calls: TEXTS }),
      kept: () => tick(place, { by: 'claude', forget: false, calls: 0 }),
      template: () => tick(place, { by: 'off', forget: false, calls: 0 }),
    },
    progress(`ticks of ${TEXTS} texts by Claude, ${LATENCY} ms each, ${CONCURRENCY} at a time`),
  );
  progress('texts from the cache')(0, 0);
  const perText = { wall: median(writerTimes(place)) / 1000, cpu: 0 };
  const what = `${TEXTS} texts by Claude`;
  return [
    compare(
      {
        what: `${what}, ${LATENCY} ms each, ${CONCURRENCY} at a time`,
        against: 'latency x texts / at a time',
        by: 'wall',
        goal: 1.2,
      },
      measured.fresh,
      [IDEAL],
    ),
    compare(
      { what: 'a text from the cache, the writer alone', against: '1 ms', by: 'wall', goal: 1 },
      [perText],
      [{ wall: 0.001, cpu: 0 }],
    ),
    compare(
      { what: `${what} from the cache`, against: 'the same by templates', by: 'cpu' },
      measured.kept,
      measured.template,
    ),
  ];
}

/** Measured only if every text is by whom it should be, was asked for as often as it should, and went out. */
async function tick({ folder, mail, claude }, { by, forget, calls }) {
  resetMeasured(folder, TEXTS);
  if (forget) forgetTexts(folder);
  setWriting(folder, by, CONCURRENCY);
  const done = run(hector('tick'), { cwd: folder, env: environment(mail, claude) });
  const { accepted } = await mail.told();
  const asked = await claude.calls();
  const { claude: written, template } = textCounts(folder);
  const right = by === 'claude' ? written : template;
  if (accepted !== TEXTS || right !== TEXTS || asked !== calls)
    throw new Error(
      `${accepted} of ${TEXTS} went out, ${written} by Claude and ${template} by template, after ${asked} calls instead of ${calls}`,
    );
  return done;
}

const environment = (mail, claude) => ({
  ...liveEnv(mail.port),
  ANTHROPIC_API_KEY: claude.key,
  ANTHROPIC_BASE_URL: `http://127.0.0.1:${claude.port}`,
});

/** Milliseconds of each text. */
function writerTimes({ folder, mail, claude }) {
  resetMeasured(folder, TEXTS);
  setWriting(folder, 'claude', CONCURRENCY);
  const { stdout } = run([process.execPath, beside('cached-writer.js'), folder, String(NOW)], {
    cwd: folder,
    env: environment(mail, claude),
  });
  const times = JSON.parse(stdout);
  if (times.length !== TEXTS) throw new Error(`${times.length} texts came from the cache, not ${TEXTS}`);
  return times;
}
