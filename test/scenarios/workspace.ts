import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { workspaceAt } from '../../src/workspace.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A workspace with these files (path -> content), gone after the test file. */
export function aWorkspace(files: Record<string, string | Buffer> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'hector-scenarios-'));
  folders.push(root);
  for (const [path, content] of Object.entries({ 'hector.yaml': '', ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return workspaceAt(root);
}

export const EMAIL = '---\nsubject: Une question\n---\nBonjour,\n\nUne question simple.\n\n{{ opt_out }}\n';

/** A scenario of one e-mail, line by line as a person would write it; `step` are more lines of that step. */
export const scenarioYaml = (
  slug: string,
  more: { head?: string; step?: string; tail?: string } = {},
): string =>
  `slug: ${slug}
name: Essai
description: Un essai
target: dirigeants
duration_days: 10
${more.head ?? ''}steps:
  - id: premier
    channel: email
    kind: email
    objective: se présenter
    prompt: Une question.
    template: essai/premier
${more.step ?? ''}${more.tail ?? ''}`;

/** A workspace with that scenario and its text. */
export const withScenario = (yaml: string, texts: Record<string, string> = {}) =>
  aWorkspace({
    'scenarios/essai.yaml': yaml,
    'templates/fr/essai/premier.liquid': EMAIL,
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`templates/fr/${name}.liquid`, text])),
  });
