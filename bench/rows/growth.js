// What a due e-mail costs, whether a thousand are due or fifty thousand; what the first one loads is left out.
import { compare, inTurn } from '../measure.js';
import { tick, withStandIn } from '../sending.js';
import { DUE, filledWorkspace } from '../workspace.js';

const PEOPLE = 50_000;

export const growthRows = {
  name: 'growth',
  measure: ({ quick, progress }) =>
    withStandIn(0, async (mail) => {
      progress('a base of 50,000 people')(0, 0);
      const folder = filledWorkspace(0, PEOPLE);
      const measured = await inTurn(
        quick ? 1 : 3,
        {
          one: () => tick(folder, mail, { due: 1 }),
          few: () => tick(folder, mail, { due: 1000 }),
          some: () => tick(folder, mail, { due: DUE }),
          all: () => tick(folder, mail, { due: PEOPLE }),
        },
        progress('ticks of 1,000, 10,000 and 50,000 due e-mails'),
      );
      const perTenThousand = (ticks, due) =>
        ticks.map((one, round) => without(one, measured.one[round], DUE / due));
      const theirs = perTenThousand(measured.some, DUE);
      const row = (what, ticks, due, goal) =>
        compare({ what, against: 'the tick of 10,000', by: 'cpu', goal }, perTenThousand(ticks, due), theirs);
      return [
        row('10,000 of 50,000 due e-mails', measured.all, PEOPLE, 1.15),
        row('1,000 due e-mails, ten times', measured.few, 1000),
      ];
    }),
};

const without = (one, start, share) => ({
  cpu: (one.cpu - start.cpu) * share,
  wall: (one.wall - start.wall) * share,
});
