type ThinkingType = 'adaptive' | 'disabled' | 'between_tools' | 'enabled';

/** What the published pages say of a model, kept apart from the table of the program. */
export interface ModelFacts {
  lifecycle: 'active' | 'deprecated' | 'retired';
  /** Which `thinking.type` it takes. */
  thinking: readonly ThinkingType[];
  /** Whether it thinks when nothing is said. */
  thinks: boolean;
  effort: boolean;
  /** Whether a beginning of its own answer may be given. */
  prefill: boolean;
  /** Whether a tool may be forced. */
  forcedTool: boolean;
  /** Whether it takes temperature, top_p and top_k. */
  sampling: boolean;
  cacheableFrom: number;
  maxTokens: number;
  maxInputTokens: number;
}

const CURRENT: ModelFacts = {
  lifecycle: 'active',
  thinking: ['adaptive'],
  thinks: true,
  effort: true,
  prefill: false,
  forcedTool: true,
  sampling: false,
  cacheableFrom: 512,
  maxTokens: 128_000,
  maxInputTokens: 1_000_000,
};

const LEGACY: ModelFacts = {
  ...CURRENT,
  thinking: ['enabled', 'disabled'],
  thinks: false,
  effort: false,
  prefill: true,
  sampling: true,
  cacheableFrom: 4096,
  maxTokens: 64_000,
  maxInputTokens: 200_000,
};

export const ANTHROPIC_MODELS: Readonly<Record<string, ModelFacts>> = {
  'claude-haiku-5-5': { ...CURRENT, thinking: ['adaptive', 'disabled'] },
  'claude-sonnet-5-5': { ...CURRENT, thinking: ['adaptive', 'between_tools'], forcedTool: false },
  'claude-opus-5-5': { ...CURRENT, forcedTool: false },
  'claude-fable-5-1': { ...CURRENT, forcedTool: false },
  'claude-opus-5': { ...CURRENT, thinking: ['adaptive', 'disabled'] },
  'claude-sonnet-5': { ...CURRENT, thinking: ['adaptive', 'disabled'], cacheableFrom: 1024 },
  'claude-opus-4-8': { ...CURRENT, thinking: ['adaptive', 'disabled'], thinks: false, cacheableFrom: 1024 },
  'claude-sonnet-4-6': {
    ...CURRENT,
    thinking: ['adaptive', 'disabled', 'enabled'],
    thinks: false,
    sampling: true,
    cacheableFrom: 1024,
  },
  'claude-haiku-4-5': { ...LEGACY, lifecycle: 'deprecated' },
  'claude-3-7-sonnet-20250219': { ...LEGACY, lifecycle: 'retired' },
};
