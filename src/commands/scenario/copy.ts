import { constants, copyFileSync, existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Context } from '../../context.ts';
import type { ScenarioFiles } from '../../engine/ports/texts.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { failure } from '../../errors.ts';
import { makeFolder, writingIn } from '../../io/make-folder.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import type { Workspace } from '../../workspace.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';

export const command = (open: OpenContext) =>
  hectorCommand('copy', {
    summary: 'begin a scenario of your own with a copy of another',
    description:
      'Copies a scenario and the templates it names to scenarios/ and templates/ of the workspace, where they win over those that come with hector. Campaigns that run keep the version they began with. A file that is there is left as it is.',
    examples: ['hector scenario copy connexion-douce', 'hector scenario lint connexion-douce'],
  })
    .argument('<scenario>', 'its slug, or a YAML file')
    .action(async (scenario, options) => copyScenario(open(options), scenario));

export async function copyScenario(context: Context, reference: string): Promise<void> {
  const workspace = context.workspace();
  const copies = copiesOf(await (await context.library()).files(reference), workspace);
  const [scenario] = copies;
  const taken = scenario && existsSync(scenario.to) ? scenario : null;
  if (taken)
    throw failure(
      `${taken.to} is there already, and is left as it is`,
      `hector scenario show ${shellWord(reference)}`,
    );
  // Texts of the workspace's own are what its scenarios already use.
  const made = copies.filter(({ to }) => !existsSync(to));
  // The scenario last: a copy that was cut short can be begun again.
  writingIn(workspace.root, () => {
    for (const { from, to } of [...made].reverse()) {
      makeFolder(dirname(to));
      copyFileSync(from, to, constants.COPYFILE_EXCL);
    }
  });
  const files = made.map(({ to }) => relative(workspace.root, to));
  if (context.json) return printJson(context.io, { scenario: reference, files });
  for (const file of files) context.io.out(printable(file));
  context.io.note(
    `${counted(files.length, 'file')}. Make them yours. Next: hector scenario lint ${shellWord(reference)}`,
  );
}

interface Copy {
  from: string;
  to: string;
}

/** The scenario first. */
const copiesOf = ({ slug, file, templates }: ScenarioFiles, workspace: Workspace): Copy[] => [
  { from: file, to: join(workspace.scenarios, `${slug}.yaml`) },
  ...templates.map(({ name, language, file: from }) => ({
    from,
    to: join(workspace.templates, language, `${name}.liquid`),
  })),
];
