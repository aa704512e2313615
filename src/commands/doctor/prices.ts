import { type Check, type CheckLine, ok, settingFault, warn } from './check.ts';

const NAME = 'prices';
/** Prices move a few times a year. */
const OLD_MS = 120 * 86_400_000;

/** A budget is worth nothing where the price is not known. */
export const prices: Check = {
  name: NAME,
  async look({ context, config }) {
    const desk = config && (await context.modelDesk());
    if (!desk) return [];
    const { model, price, pricesAsOf, note } = desk;
    const ends: CheckLine[] =
      note === null ? [] : [warn('model', `${model}: ${note}`, 'ai.model in hector.yaml')];
    if (price === 'settings') return [ok(NAME, `${model}: as in hector.yaml (ai.price)`), ...ends];
    if (price === null) {
      const what = `the price of ${model} is not known, so that Claude is not asked`;
      return [settingFault(NAME, what, 'ai.price in hector.yaml'), ...ends];
    }
    if (context.now() - Date.parse(pricesAsOf) > OLD_MS) {
      const what = `${model}: by a table of ${pricesAsOf}, which may be out of date`;
      return [warn(NAME, what, 'ai.price in hector.yaml'), ...ends];
    }
    return [ok(NAME, `${model}: by the table of ${pricesAsOf}`), ...ends];
  },
};
