import { type Budget, createBudget } from './ai/budget.ts';
import { type Claude, createClaude } from './ai/claude/client.ts';
import { createModelDesk } from './ai/claude/desk.ts';
import type { Usage } from './ai/claude/message.ts';
import { costOf, DEFAULT_MODEL } from './ai/claude/models.ts';
import type { ClaudeWriterParts } from './ai/claude-writer.ts';
import { ProfileCosts } from './ai/disc/costs.ts';
import { createDisc, mayReadNotes } from './ai/disc/propose.ts';
import { discQuestion } from './ai/disc/question.ts';
import { defaultVoice } from './ai/voice/find.ts';
import { loadOwnVoice } from './ai/voice/load.ts';
import type { Voice } from './ai/voice/voice.ts';
import type { Config } from './config.ts';
import type { Calendar } from './engine/dates/calendar.ts';
import type { Prospect } from './engine/model.ts';
import type { DiscProposer, DiscStore, KnownDisc } from './engine/ports/disc.ts';
import type { ModelDesk } from './engine/ports/doctor.ts';
import type { GenerationStore } from './engine/ports/generation.ts';
import type { WriteRequest, Writer } from './engine/ports/writer.ts';
import { createPace } from './pace.ts';

/** Composition: what writing by Claude needs; context.ts loads this file on demand. */

export interface WritingNeeds {
  config: Config;
  workspace: { root: string };
  calendar: Calendar;
  templates: Writer;
  generations: GenerationStore;
  proposals: DiscStore;
  /** UTC ms. */
  clock: () => number;
}

const modelName = ({ ai }: Config): string => ai.model ?? DEFAULT_MODEL;

/** One for a process: one pace, one circuit, whoever asks. */
export const claudeClient = (config: Config): Claude =>
  createClaude({
    apiKey: config.secrets.anthropicApiKey ?? '',
    baseUrl: config.baseUrls.anthropic,
    model: modelName(config),
    effort: config.ai.effort,
    timeoutMs: config.ai.timeoutMs,
    pace: createPace(config.ai.requestsPerSecond),
  });

/** What the writer needs, and those who ask Claude for many texts at once. */
export type WritingParts = ClaudeWriterParts & {
  claude: Claude;
  /** For a dry run, which pays for nothing. */
  discWithoutAsking: ClaudeWriterParts['discOf'];
  /** Of profiles that were asked for, and whose text was not written then. Millionths of a US dollar, told once. */
  restOfProfileCosts(): number;
};

/** For `hector doctor`. */
/** A question of a moment, whatever time a text may take. */
const LISTING_MS = 8000;

export const modelDesk = (config: Config): ModelDesk => {
  const timeoutMs = Math.min(config.ai.timeoutMs, LISTING_MS);
  return createModelDesk(claudeClient({ ...config, ai: { ...config.ai, timeoutMs } }), config.ai.price);
};

export function claudeParts(claude: Claude, needs: WritingNeeds): WritingParts {
  const { config, calendar, clock, generations, proposals, templates } = needs;
  const { ai, timezone } = config;
  const today = () => calendar.startOfDate(calendar.dateOf(clock(), timezone), timezone) ?? 0;
  const store = generations;
  const known = priceOf(config);
  const costOf = known ?? (() => 0);
  const budget = known ? createBudget(inMillionths(ai.budget), store, today) : NO_BUDGET;
  const costs = new ProfileCosts();
  const { effort } = ai;
  const ask = discQuestion({ claude, store, budget, costs, effort, clock, costOf });
  const profiles = { store: proposals, notes: mayReadNotes(ai), clock };
  const disc = createDisc({ ...profiles, ask: ai.disc === 'claude' ? ask : null });
  const discKept = createDisc({ ...profiles, ask: null });
  return {
    claude,
    templates,
    store,
    budget,
    voiceOf: voices(needs),
    discOf: ({ prospect }) => profileFor(prospect, disc, ai),
    discWithoutAsking: ({ prospect }) => profileFor(prospect, discKept, ai),
    profileCost: (prospectId) => costs.take(prospectId),
    restOfProfileCosts: () => costs.takeRest(),
    settings: {
      model: modelName(config),
      effort,
      limits: config.linkedin,
      transliterate: config.sms.transliterate,
      notes: ai.notes,
      custom: ai.custom,
      lifetimeMs: ai.cache.entries === 0 ? 0 : ai.cache.lifetimeMs,
      costOf,
    },
    clock,
  };
}

/** Less sure than this it would change the writing by chance. */
const SURE_ENOUGH = 0.5;

async function profileFor(
  prospect: Prospect,
  disc: DiscProposer,
  { disc: way }: Config['ai'],
): Promise<KnownDisc | null> {
  if (way === 'off') return null;
  const known = await disc.of(prospect);
  return known && known.confidence >= SURE_ENOUGH ? known : null;
}

/** Null where the price of the model is not known. */
function priceOf(config: Config): ((usage: Usage, how?: { batch?: boolean }) => number) | null {
  const model = modelName(config);
  const prices = config.ai.price;
  const nothing = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  if (costOf(model, nothing, { prices }) === null) return null;
  return (usage, { batch = false } = {}) => costOf(model, usage, { batch, prices }) ?? 0;
}

/** A budget is worth nothing where the price is not known, so that such a model is not asked at all. */
const NO_BUDGET: Budget = { reserve: async () => 'no_price', settle: () => undefined };

const MILLION = 1_000_000;

const inMillionths = ({ tick, day, campaign }: Config['ai']['budget']) => ({
  tick: tick === null ? null : tick * MILLION,
  day: day === null ? null : day * MILLION,
  campaign: campaign === null ? null : campaign * MILLION,
});

/** The campaign's, else the one of hector.yaml, else `voice.yaml`, else one that fits anybody. Each is read once. */
function voices({ config, workspace }: WritingNeeds): (request: WriteRequest) => Promise<Voice> {
  const read = new Map<string, Promise<Voice>>();
  return ({ campaign, language }) => {
    const reference = campaign.voice ?? config.ai.voice ?? defaultVoice(workspace, language);
    const voice = read.get(reference) ?? loadOwnVoice(reference, workspace);
    read.set(reference, voice);
    return voice;
  };
}
