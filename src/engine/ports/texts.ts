import type { Language } from '../model.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** A scenario found by slug or file, with the template sources it names in one language. */
export interface LoadedScenario {
  scenario: Scenario;
  /** Template name -> Liquid source, the channel defaults (`default/email` ...) included. */
  templates: Record<string, string>;
  /** sha256 over scenario and templates, hex. */
  hash: string;
  /** The file it came from, for messages. */
  file: string;
}

export interface ScenarioFiles {
  slug: string;
  file: string;
  templates: { name: string; language: Language; file: string }[];
}

export interface ScenarioLibrary {
  /**
   * Built-in ones and the workspace's own, which win over built-in ones of the same slug. A file that cannot be
   * used is left out and told to `onProblem`.
   */
  list(
    onProblem?: (problem: string) => void,
  ): Promise<{ scenario: Scenario; file: string; builtIn: boolean }[]>;
  /** `reference` is a slug, or a path to a YAML file. Bad ones are UserErrors with file, line and column. */
  load(reference: string, language?: Language): Promise<LoadedScenario>;
  /** The file of a scenario, and those of the templates it names itself, in every language there is. */
  files(reference: string): Promise<ScenarioFiles>;
}
