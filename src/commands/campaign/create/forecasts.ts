import { type Forecast, type ForecastInput, forecasting } from '../../../engine/forecast/forecast.ts';
import { createProgress } from '../../../io/progress.ts';
import type { Io } from '../../../io.ts';

type Runs<T> = readonly [T, T | null, T | null];

/**
 * One after the other, with one progress for all; null stays null.
 * @param rest called now and then; what it throws ends them
 */
export async function forecastAll(
  io: Pick<Io, 'live' | 'stderr'>,
  [first, second, third]: Runs<ForecastInput>,
  rest: () => Promise<void>,
): Promise<[Forecast, Forecast | null, Forecast | null]> {
  const all = [first, second, third].reduce((sum, run) => sum + (run?.people.length ?? 0), 0);
  const progress = createProgress(io, 'Forecasting');
  let before = 0;
  const run = async (input: ForecastInput): Promise<Forecast> => {
    const turns = forecasting(input);
    let turn = turns.next();
    for (; !turn.done; turn = turns.next()) {
      progress.at(before + turn.value, all);
      await rest();
    }
    before += input.people.length;
    return turn.value;
  };
  try {
    return [await run(first), second && (await run(second)), third && (await run(third))];
  } finally {
    progress.end();
  }
}
