import { createHash } from 'node:crypto';
import { LANGUAGES } from '../engine/model.ts';
import type { LoadedScenario, ScenarioLibrary } from '../engine/ports/texts.ts';
import { failure, type UserError } from '../errors.ts';
import type { Workspace } from '../workspace.ts';
import { formatProblem, type Problem } from '../yaml/located.ts';
import { scenarioFiles, shelvesOf, templateFile } from './folders.ts';
import { findScenario, namedTemplates, readScenario, readTemplates, type TemplateText } from './read.ts';

/**
 * Scenarios and templates of the workspace and of the program; outside any workspace (null) the latter alone.
 * `cwd` is what a relative path to a scenario file counts from.
 */
export function createLibrary(workspace: Workspace | null, cwd: string = process.cwd()): ScenarioLibrary {
  const shelves = shelvesOf(workspace);
  return {
    list: async (onProblem) =>
      scenarioFiles(shelves).flatMap((entry) => {
        const reading = readScenario(shelves, entry);
        if (reading.ok) return [reading.opened];
        onProblem?.(summary(reading.problems));
        return [];
      }),

    load: async (reference, language) => {
      const reading = readScenario(shelves, findScenario(shelves, reference, cwd));
      if (!reading.ok) throw refused(reading.problems, reference);
      const { scenario, file } = reading.opened;
      const { templates, problems } = readTemplates(shelves, reading.opened, language ?? scenario.language);
      const broken = [...problems, ...(await templateProblems(templates))];
      if (broken.length > 0) throw refused(broken, reference);
      const sources = Object.fromEntries(templates.map(({ name, text }) => [name, text]));
      return { scenario, templates: sources, hash: hashOf({ scenario, templates: sources }), file };
    },

    files: async (reference) => {
      const reading = readScenario(shelves, findScenario(shelves, reference, cwd));
      if (!reading.ok) throw refused(reading.problems, reference);
      const { scenario, file } = reading.opened;
      const templates = namedTemplates(scenario).flatMap((name) =>
        LANGUAGES.flatMap((language) => {
          const found = templateFile(shelves, name, language);
          return found === null ? [] : [{ name, language, file: found }];
        }),
      );
      return { slug: scenario.slug, file, templates };
    },
  };
}

/** A campaign must not start with a text that can never be written. */
async function templateProblems(templates: readonly TemplateText[]): Promise<Problem[]> {
  const [{ createLiquid }, { compileTemplate, unknownVariables }] = await Promise.all([
    import('../liquid/engine.ts'),
    import('../liquid/template.ts'),
  ]);
  const liquid = createLiquid();
  return templates.flatMap(({ file, text }) => {
    const compiled = compileTemplate(liquid, text);
    if (!compiled.ok) return compiled.faults.map((fault) => ({ file, ...fault }));
    return unknownVariables(compiled.template).map(({ name, line, column }) => ({
      file,
      line,
      column,
      message: `unknown variable "${name}"`,
    }));
  });
}

const refused = (problems: readonly Problem[], reference: string): UserError =>
  failure(summary(problems), `hector scenario lint ${reference}`);

function summary(problems: readonly Problem[]): string {
  const [first] = problems;
  const others = problems.length - 1;
  return `${first ? formatProblem(first) : 'no problem'}${others > 0 ? ` (and ${others} more)` : ''}`;
}

/** The same content gives the same hash, in whatever order its keys were written. */
export const hashOf = (content: Pick<LoadedScenario, 'scenario' | 'templates'>): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
