import { error, type Finding } from '../engine/lint/finding.ts';
import { lintScenario } from '../engine/lint/scenario-rules.ts';
import type { LintSettings, TextUse } from '../engine/lint/text-rules.ts';
import { CHANNELS, type Channel, type Language, MESSAGE_KINDS, type MessageKind } from '../engine/model.ts';
import type { ScenarioLinter } from '../engine/ports/lint.ts';
import type { Scenario } from '../engine/scenario/scenario.ts';
import { KINDS_OF, kindOn } from '../engine/texts/kinds.ts';
import { createLiquid } from '../liquid/engine.ts';
import type { Workspace } from '../workspace.ts';
import type { Problem } from '../yaml/located.ts';
import { languagesOf, type Shelf, scenarioFiles, shelvesOf } from './folders.ts';
import { lintTemplate } from './lint-template.ts';
import {
  findScenario,
  type OpenScenario,
  readScenario,
  readTemplates,
  type ScenarioReference,
} from './read.ts';

/** Where no configuration says more: a free LinkedIn account, and an SMS sender that is not known. */
export const USUAL_SETTINGS: LintSettings = { invitationLimit: 200, messageLimit: 3000, smsFrom: null };

/** Checks scenarios and their texts without sending or changing anything. */
export function createLinter(
  workspace: Workspace | null,
  settings: LintSettings,
  cwd: string,
): ScenarioLinter {
  const shelves = shelvesOf(workspace);
  const liquid = createLiquid();

  const lintOpened = (opened: OpenScenario, language: Language | undefined): Finding[] => {
    const own = lintScenario(opened.scenario).map(({ path, ...verdict }) => ({
      ...verdict,
      ...opened.problem(path, verdict.message),
    }));
    const texts = languagesToLint(shelves, opened.scenario, language).flatMap((each) => {
      const { templates, problems } = readTemplates(shelves, opened, each);
      const known = templates.flatMap((template) =>
        usesOf(opened.scenario, template.name, template.text).flatMap((use) =>
          lintTemplate(liquid, template, { ...use, language: each }, settings),
        ),
      );
      return [...problems.map((problem) => asFinding('unknown-template', problem)), ...known];
    });
    return [...own, ...texts];
  };

  const lintOne = (reference: ScenarioReference, language: Language | undefined): Finding[] => {
    const reading = readScenario(shelves, reference);
    return reading.ok
      ? lintOpened(reading.opened, language)
      : reading.problems.map((problem) => asFinding('invalid', problem));
  };

  return {
    lint: async (references, language) => {
      const all: ScenarioReference[] =
        references.length === 0
          ? scenarioFiles(shelves)
          : references.map((reference) => findScenario(shelves, reference, cwd));
      const findings = all.flatMap((reference) => lintOne(reference, language));
      return { scenarios: all.length, findings: inOrder(findings) };
    },
  };
}

const asFinding = (rule: 'invalid' | 'unknown-template', problem: Problem): Finding => ({
  ...problem,
  ...error(rule, problem.message),
});

function languagesToLint(
  shelves: readonly Shelf[],
  scenario: Scenario,
  language: Language | undefined,
): Language[] {
  if (language) return [language];
  const named = scenario.steps.flatMap(({ template, variants }) => [
    template,
    ...variants.map((variant) => variant.template),
  ]);
  return [...new Set([scenario.language, ...languagesOf(shelves, named)])];
}

type Use = Omit<TextUse, 'language'>;

/** Each kind and channel a template is written for, once. */
function usesOf(scenario: Scenario, name: string, text: string): Use[] {
  const kind = MESSAGE_KINDS.find((candidate) => name === `default/${candidate}`);
  const uses = scenario.steps
    .filter(({ template, variants }) =>
      [template, ...variants.map((variant) => variant.template)].includes(name),
    )
    .map((step) => {
      const channel = step.channel === 'auto' ? channelOf(step.kind, text) : step.channel;
      return { kind: kindOn(step.kind, channel), channel };
    });
  if (kind) uses.push({ kind, channel: channelOf(kind, '') });
  return uses.filter(
    (use, index) =>
      uses.findIndex((other) => other.kind === use.kind && other.channel === use.channel) === index,
  );
}

/** A follow-up may be for LinkedIn or e-mail; a subject tells. */
function channelOf(kind: MessageKind, text: string): Channel {
  if (kind === 'follow_up' && text.startsWith('---')) return 'email';
  return CHANNELS.find((channel) => KINDS_OF[channel].includes(kind)) ?? 'email';
}

/** By file and place; what two scenarios share is said once. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const once = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...once.values()].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}
