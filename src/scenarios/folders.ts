import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asset } from '../assets.ts';
import { LANGUAGES, type Language } from '../engine/model.ts';
import { isTemplateName } from '../engine/scenario/schema.ts';
import type { Workspace } from '../workspace.ts';

/** Where scenarios and templates are looked for, the workspace before what comes with the program. */
export interface Shelf {
  scenarios: string;
  templates: string;
  builtIn: boolean;
}

export function shelvesOf(workspace: Workspace | null): Shelf[] {
  const builtIn = { scenarios: asset('scenarios'), templates: asset('templates'), builtIn: true };
  if (!workspace) return [builtIn];
  return [{ scenarios: workspace.scenarios, templates: workspace.templates, builtIn: false }, builtIn];
}

export interface ScenarioFile {
  slug: string;
  file: string;
  builtIn: boolean;
}

const EXTENSION = /\.ya?ml$/;

/** Each slug once, the workspace's file where there are two; by name. */
export function scenarioFiles(shelves: readonly Shelf[]): ScenarioFile[] {
  const found = new Map<string, ScenarioFile>();
  for (const { scenarios, builtIn } of shelves)
    for (const name of entries(scenarios).filter((entry) => EXTENSION.test(entry))) {
      const slug = name.replace(EXTENSION, '');
      if (!found.has(slug)) found.set(slug, { slug, file: join(scenarios, name), builtIn });
    }
  return [...found.values()].sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

/** The file of a template, or null. A name is checked first, so that it never leads out of the folder. */
export function templateFile(shelves: readonly Shelf[], name: string, language: Language): string | null {
  if (!isTemplateName(name)) return null;
  const files = shelves.map(({ templates }) => join(templates, language, `${name}.liquid`));
  return files.find((file) => existsSync(file)) ?? null;
}

/** Every template name there is in a language, for suggestions. */
export function templateNames(shelves: readonly Shelf[], language: Language): string[] {
  const below = (folder: string): string[] =>
    readdirIfThere(folder).flatMap((entry) =>
      entry.isDirectory()
        ? below(join(folder, entry.name)).map((name) => `${entry.name}/${name}`)
        : entry.name.endsWith('.liquid')
          ? [entry.name.slice(0, -'.liquid'.length)]
          : [],
    );
  return [...new Set(shelves.flatMap(({ templates }) => below(join(templates, language))))];
}

/** The languages in which at least one of these templates exists. */
export const languagesOf = (shelves: readonly Shelf[], names: readonly string[]): Language[] =>
  LANGUAGES.filter((language) => names.some((name) => templateFile(shelves, name, language) !== null));

const readdirIfThere = (folder: string) =>
  existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];

const entries = (folder: string): string[] =>
  readdirIfThere(folder)
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
