import type { ChannelRules } from '../plan/reach.ts';
import type { ComposeSettings } from '../tick/message.ts';
import type { WriteRequest, Written } from './writer.ts';

/** A text that goes to nobody, and all there is to say of how it came about. */
export interface Previewed {
  written: Written;
  /** What the writer was told of the person, the firm and us. */
  facts: readonly { id: string; value: string; source: string }[];
  /** What the guard found in each answer of Claude that it refused now, in order. */
  refusals: readonly (readonly { rule: string; detail: string }[])[];
}

export interface Previewer {
  write(request: WriteRequest): Promise<Previewed>;
}

export interface PreviewRules {
  settings: ComposeSettings;
  reach: ChannelRules;
}
