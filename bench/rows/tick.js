// A tick of 10,000 due e-mails against the barest loop, and with a full base against an empty one.
import { compare, inTurn } from '../measure.js';
import { bareLoop, tick, withStandIn } from '../sending.js';
import { filledWorkspace } from '../workspace.js';

const WHAT = 'tick of 10,000 due e-mails';

export const tickRow = {
  name: 'tick',
  measure: ({ quick, progress }) =>
    withStandIn(0, async (mail) => {
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
    withStandIn(0, async (mail) => {
      progress('bases of 100,000 and 1,010,000 other enrolments')(0, 0);
      const [alone, hundred, million] = [0, 100_000, 1_010_000].map((others) => filledWorkspace(others));
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
