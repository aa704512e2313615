type LintRule =
  | 'invalid'
  | 'unknown-template'
  | 'waits-beyond-duration'
  | 'empty-false-branch'
  | 'condition-without-cause'
  | 'template-syntax'
  | 'unknown-variable'
  | 'unguarded-variable'
  | 'missing-subject'
  | 'unused-subject'
  | 'missing-opt-out'
  | 'one-way-sender'
  | 'too-long'
  | 'long'
  | 'no-break-space'
  | 'placeholder';

/** An error makes a message that cannot or must not be sent; a warning is for a person to judge. */
export interface Verdict {
  severity: 'error' | 'warning';
  rule: LintRule;
  message: string;
}

/** Where, counting from 1. */
export interface Finding extends Verdict {
  file: string;
  line: number;
  column: number;
}

export const error = (rule: LintRule, message: string): Verdict => ({ severity: 'error', rule, message });
export const warning = (rule: LintRule, message: string): Verdict => ({ severity: 'warning', rule, message });
