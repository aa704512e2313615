import type { Finding } from '../lint/finding.ts';
import type { Language } from '../model.ts';

interface LintResult {
  /** How many scenarios were looked at. */
  scenarios: number;
  /** In the order of files and lines. */
  findings: Finding[];
}

export interface ScenarioLinter {
  /**
   * @param references slugs or files; none for every scenario there is
   * @param language its texts; otherwise each language in which a scenario has any, and its own
   */
  lint(references: readonly string[], language?: Language): Promise<LintResult>;
}
