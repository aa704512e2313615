import { REAL_TIME } from '../../pace.ts';
import { ask, type ClaudeOutcome, type Surroundings } from './ask.ts';
import { type BatchState, batchState, cancelBatch, type Submission, submitBatch } from './batches.ts';
import { Circuit } from './circuit.ts';
import { Exchange, type ExchangeOptions } from './exchange.ts';
import { type Listing, listModels } from './listing.ts';
import { type ClaudeRequest, type Effort, messageParams } from './request.ts';
import { type BatchResult, batchResults } from './results.ts';

/**
 * Claude for one process. Nothing here throws for what the network or the provider does; `stop` ends any call, with
 * the reason `stopped`.
 */
export interface Claude {
  readonly model: string;
  ask(request: ClaudeRequest, stop?: AbortSignal): Promise<ClaudeOutcome>;
  /** @throws RangeError: no request or too many, an id twice or of other than 1 to 64 letters, digits, `-` and `_` */
  submit(
    requests: readonly { id: string; request: ClaudeRequest }[],
    stop?: AbortSignal,
  ): Promise<Submission>;
  batch(batchId: string, stop?: AbortSignal): Promise<BatchState>;
  results(batchId: string, stop?: AbortSignal): AsyncIterable<BatchResult>;
  cancel(batchId: string, stop?: AbortSignal): Promise<BatchState>;
  models(stop?: AbortSignal): Promise<Listing>;
}

export interface ClaudeSettings extends ExchangeOptions {
  model: string;
  effort: Effort;
}

/** The SDK is loaded with the first call. */
export function createClaude(
  settings: ClaudeSettings,
  surroundings: Surroundings = { time: REAL_TIME, random: Math.random },
): Claude {
  const { model, effort } = settings;
  const exchange = new Exchange(settings, surroundings.time);
  const circuit = new Circuit();
  const params = (request: ClaudeRequest) => messageParams(request, model, effort);
  return {
    model,
    ask: (request, stop) => ask(exchange, circuit, params(request), surroundings, stop),
    submit: (requests, stop) =>
      submitBatch(
        exchange,
        requests.map(({ id, request }) => ({ id, params: params(request) })),
        stop,
      ),
    batch: (batchId, stop) => batchState(exchange, batchId, stop),
    results: (batchId, stop) => batchResults(exchange, batchId, model, stop),
    cancel: (batchId, stop) => cancelBatch(exchange, batchId, stop),
    models: (stop) => listModels(exchange, stop),
  };
}
