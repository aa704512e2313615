// What a command costs that has nothing to do: cron runs one every few minutes, for years.
import { compare, inTurn, run } from '../measure.js';
import { filledWorkspace, hector, liveEnv, resetMeasured } from '../workspace.js';

const COMMANDS = [
  { what: 'hector --version', words: ['--version'], goal: 1.5 },
  { what: 'hector status', words: ['status'], goal: 2.3 },
  { what: 'hector tick, nothing due', words: ['tick'], goal: 2.6 },
];

export const startRows = {
  name: 'start',
  async measure({ quick, progress }) {
    progress('a base of 10,000 waiting and 1,000,000 finished enrolments')(0, 0);
    const folder = filledWorkspace(1_010_000);
    resetMeasured(folder, 0);
    const rows = [];
    for (const { what, words, goal } of COMMANDS) {
      const measured = await inTurn(
        quick ? 7 : 31,
        {
          ours: () => run(hector(...words), { cwd: folder, env: liveEnv(9) }),
          theirs: () => run([process.execPath, '-e', '0'], { cwd: folder }),
        },
        progress(what),
      );
      rows.push(compare({ what, against: 'node -e 0', by: 'wall', goal }, measured.ours, measured.theirs));
    }
    return rows;
  },
};
