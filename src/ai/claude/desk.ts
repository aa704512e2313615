import type { ModelDesk } from '../../engine/ports/doctor.ts';
import type { Claude } from './client.ts';
import { modelOf, PRICES_AS_OF, type PriceOverride } from './models.ts';

/** What there is to know of models before one is asked to write. */
export function createModelDesk(
  claude: Pick<Claude, 'model' | 'models'>,
  prices: PriceOverride | null,
): ModelDesk {
  const known = modelOf(claude.model);
  return {
    model: claude.model,
    pricesAsOf: PRICES_AS_OF,
    price: prices ? 'settings' : known?.price ? 'table' : null,
    note: known?.note ?? null,
    inTable: (model) => modelOf(model) !== undefined,
    list: () => claude.models(),
  };
}
