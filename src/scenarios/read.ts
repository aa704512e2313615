import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Language } from '../engine/model.ts';
import type { Scenario } from '../engine/scenario/scenario.ts';
import { scenarioSchema } from '../engine/scenario/schema.ts';
import { didYouMean } from '../engine/suggest.ts';
import { DEFAULT_TEMPLATES } from '../engine/texts/kinds.ts';
import { usageError } from '../errors.ts';
import { type Path, type Problem, parseLocated } from '../yaml/located.ts';
import { readTextFile } from '../yaml/source.ts';
import { type Shelf, scenarioFiles, templateFile, templateNames } from './folders.ts';

/** A scenario file that could be read; `problem` names a place in it. */
export interface OpenScenario {
  scenario: Scenario;
  file: string;
  builtIn: boolean;
  problem(path: Path, message: string): Problem;
}

export type ScenarioReading = { ok: true; opened: OpenScenario } | { ok: false; problems: Problem[] };

export interface ScenarioReference {
  file: string;
  builtIn: boolean;
}

/** A slug, or with a `/` or an ending `.yaml`, `.yml` a file. Unknown ones are usage errors. */
export function findScenario(shelves: readonly Shelf[], reference: string, cwd: string): ScenarioReference {
  const known = scenarioFiles(shelves);
  if (/\/|\.ya?ml$/.test(reference)) {
    const file = resolve(cwd, reference);
    if (!existsSync(file)) throw usageError(`no such file: ${reference}`, 'hector scenario list');
    return { file, builtIn: known.some((entry) => entry.builtIn && entry.file === file) };
  }
  const found = known.find(({ slug }) => slug === reference);
  if (found) return found;
  const guess = didYouMean(
    reference,
    known.map(({ slug }) => slug),
  );
  throw usageError(`no scenario "${reference}"${guess}`, 'hector scenario list');
}

/** Everything that is wrong with the file, or the scenario. */
export function readScenario(
  shelves: readonly Shelf[],
  { file, builtIn }: ScenarioReference,
): ScenarioReading {
  const source = readTextFile(file);
  if (!source.ok) return { ok: false, problems: [source.problem] };
  const located = parseLocated(source, scenarioSchema);
  if (!located.ok) return located;
  const { value: scenario, problem } = located;
  const name = basename(file).replace(/\.ya?ml$/, '');
  // Elsewhere a file may have any name; in a shelf it is found by it.
  if (name !== scenario.slug && shelves.some(({ scenarios }) => scenarios === dirname(file)))
    return {
      ok: false,
      problems: [problem(['slug'], `slug is "${scenario.slug}", the file is named ${basename(file)}`)],
    };
  return { ok: true, opened: { scenario, file, builtIn, problem } };
}

export interface TemplateText {
  name: string;
  file: string;
  text: string;
}

export interface TemplateSet {
  templates: TemplateText[];
  problems: Problem[];
}

/** The templates of a scenario in one language, the channel defaults included, and what is wrong with them. */
export function readTemplates(
  shelves: readonly Shelf[],
  opened: OpenScenario,
  language: Language,
): TemplateSet {
  const set: TemplateSet = { templates: [], problems: [] };
  for (const { name, path } of templateUses(opened.scenario)) {
    const file = templateFile(shelves, name, language);
    if (file === null) {
      const guess = didYouMean(name, templateNames(shelves, language));
      const message = `unknown template "${name}": there is no templates/${language}/${name}.liquid${guess}`;
      set.problems.push(opened.problem(path, message));
      continue;
    }
    if (set.templates.some((template) => template.name === name)) continue;
    const source = readTextFile(file);
    if (source.ok) set.templates.push({ name, file, text: source.text });
    else set.problems.push(source.problem);
  }
  return set;
}

/** The templates that its steps name, each once; not those that stand behind every scenario. */
export const namedTemplates = ({ steps }: Scenario): string[] => [
  ...new Set(steps.flatMap((step) => [step, ...step.variants].map(({ template }) => template))),
];

/** Every template a scenario may need, with the place that names it. */
function templateUses({ steps }: Scenario): { name: string; path: Path }[] {
  const named = steps.flatMap((step, index) => [
    { name: step.template, path: ['steps', index, 'template'] },
    ...step.variants.map((variant, position) => ({
      name: variant.template,
      path: ['steps', index, 'variants', position, 'template'],
    })),
  ]);
  return [...named, ...DEFAULT_TEMPLATES.map((name) => ({ name, path: [] }))];
}
