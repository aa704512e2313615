// Wall and CPU time of commands, side by side.
import { spawnSync } from 'node:child_process';

/**
 * `time` is the one clock that counts a whole process tree (user and system) on Linux and macOS alike, to the
 * millisecond, and only bash has it built in. Its line goes to a pipe of its own, away from the command's output.
 */
const TIMED = 'exec 4>&2; TIMEFORMAT="%3R %3U %3S"; { time "$@" 2>&4 3>&- 4>&-; } 2>&3';

/**
 * Runs a command to its end.
 * @param command program and arguments
 * @param options `codes`: exit codes that are no failure of the bench; `env`: added to a bare environment
 * @returns seconds of wall and CPU time, and what was printed
 */
export function run(command, { cwd, env = {}, codes = [0], input } = {}) {
  const done = spawnSync('bash', ['-c', TIMED, 'bench', ...command], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: 'C', ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'pipe'],
    input,
    maxBuffer: 1 << 28,
  });
  if (done.error) throw done.error;
  const [, stdout, stderr, times] = done.output.map((text) => text?.toString('utf8') ?? '');
  if (!codes.includes(done.status))
    throw new Error(`${command.join(' ')} ended with ${done.status ?? done.signal}: ${stderr.slice(-500)}`);
  const [wall, user, system] = times.trim().split(/\s+/).map(Number);
  return { wall, cpu: user + system, stdout };
}

/**
 * Runs the sides in turn, A B A B ..., after one round that does not count, so that a busy moment of the machine
 * falls on all of them.
 * @param sides name -> function that returns `{ wall, cpu, busiest }`, or a promise of it
 * @returns name -> one measurement a round
 */
export async function inTurn(rounds, sides, onRound = () => {}) {
  const measured = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    onRound(round, rounds);
    for (const [name, side] of Object.entries(sides)) {
      const { wall, cpu, busiest } = await side();
      if (round > 0) measured[name].push({ wall, cpu, busiest });
    }
  }
  return measured;
}

/** One line of the table: medians of both sides, and the median of the ratios of each round. */
export function compare({ what, against, by, goal }, ours, theirs) {
  const middle = (list, field) => median(list.map((one) => one[field]));
  // What was measured once stands against every round.
  const other = (round) => theirs[Math.min(round, theirs.length - 1)];
  const ratio = (field) => median(ours.map((one, round) => one[field] / other(round)[field]));
  return {
    what,
    against,
    by,
    goal,
    ratio: ratio(by),
    cpuRatio: ratio('cpu'),
    wallRatio: ratio('wall'),
    ours: { cpu: middle(ours, 'cpu'), wall: middle(ours, 'wall') },
    theirs: { cpu: middle(theirs, 'cpu'), wall: middle(theirs, 'wall') },
  };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
