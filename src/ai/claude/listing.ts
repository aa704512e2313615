import { isRecord } from '../../provider-answer.ts';
import type { Failed } from './batches.ts';
import type { Exchange } from './exchange.ts';

/** A model as Claude tells of it. Dates: UTC ms; null: nothing is said. */
interface ListedModel {
  id: string;
  lifecycle: 'active' | 'deprecated' | 'retired' | null;
  retiresAt: number | null;
  maxTokens: number | null;
  maxInputTokens: number | null;
}

export type Listing = { status: 'listed'; models: ListedModel[] } | Failed;

/** More than there are: the list is read in one call. */
const PAGE_SIZE = 1000;

/** The models that this key may use, or might have used: retired ones are among them. */
export async function listModels(exchange: Exchange, stop: AbortSignal | undefined): Promise<Listing> {
  const called = await exchange.call(
    (client, signal) => client.get<unknown>('/v1/models', { query: { limit: PAGE_SIZE }, signal }),
    stop,
  );
  if (called.status === 'failed') {
    const { reason, detail } = called.failure;
    return { status: 'failed', reason, detail };
  }
  if (!isRecord(called.data) || !Array.isArray(called.data.data))
    return { status: 'failed', reason: 'down', detail: 'the list of models cannot be read' };
  return { status: 'listed', models: called.data.data.flatMap(listed) };
}

const LIFECYCLES = ['active', 'deprecated', 'retired'] as const;

function listed(item: unknown): ListedModel[] {
  if (!isRecord(item) || typeof item.id !== 'string' || !/^[\w.:@/-]{1,100}$/.test(item.id)) return [];
  const retiresAt = Date.parse(String(item.retires_at));
  return [
    {
      id: item.id,
      lifecycle: LIFECYCLES.find((each) => each === item.lifecycle) ?? null,
      retiresAt: Number.isNaN(retiresAt) ? null : retiresAt,
      maxTokens: tokens(item.max_tokens),
      maxInputTokens: tokens(item.max_input_tokens),
    },
  ];
}

const tokens = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
