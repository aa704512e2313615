import { constants, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Context } from '../../context.ts';
import type { ScenarioFiles } from '../../engine/ports/texts.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { failure, usageError } from '../../errors.ts';
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
      'Copies a scenario and the templates it names to scenarios/ and templates/ of the workspace, where they win over those that come with hector; under a new name they stand beside them. Campaigns that run keep the version they began with. A file that is there is left as it is.',
    examples: [
      'hector scenario copy connexion-douce',
      'hector scenario copy connexion-douce pme-ouest   # beside it, by a name of its own',
      'hector scenario lint connexion-douce',
    ],
  })
    .argument('<scenario>', 'its slug, or a YAML file')
    .argument('[new]', 'what the copy is called (default: as the other)')
    .action(async (scenario, name, options) => copyScenario(open(options), scenario, name));

export async function copyScenario(
  context: Context,
  reference: string,
  newName: string | undefined = undefined,
): Promise<void> {
  const workspace = context.workspace();
  const files = await (await context.library()).files(reference);
  const name = newName === undefined ? files.slug : checked(newName);
  const copies = copiesOf(files, name, workspace);
  const [scenario] = copies;
  const taken = scenario && existsSync(scenario.to) ? scenario : null;
  if (taken)
    throw failure(
      `${taken.to} is there already, and is left as it is`,
      `hector scenario show ${shellWord(name)}`,
    );
  // Texts of the workspace's own are what its scenarios already use.
  const made = copies.filter(({ to }) => !existsSync(to));
  // The scenario last: a copy that was cut short can be begun again.
  writingIn(workspace.root, () => {
    for (const { from, to } of [...made].reverse()) {
      makeFolder(dirname(to));
      copyFileSync(from, to, constants.COPYFILE_EXCL);
      if (to === scenario?.to && name !== files.slug) rename(to, files.slug, name);
    }
  });
  const written = made.map(({ to }) => relative(workspace.root, to));
  const copied = newName === undefined ? reference : name;
  if (context.json) return printJson(context.io, { scenario: copied, files: written });
  for (const file of written) context.io.whole(printable(file));
  context.io.note(
    `${counted(written.length, 'file')}. Make them yours. Next: hector scenario lint ${shellWord(copied)}`,
  );
}

interface Copy {
  from: string;
  to: string;
}

/** The scenario first; templates of its own go by its name, those it shares with others keep theirs. */
const copiesOf = ({ slug, file, templates }: ScenarioFiles, name: string, workspace: Workspace): Copy[] => [
  { from: file, to: join(workspace.scenarios, `${name}.yaml`) },
  ...templates.map(({ name: template, language, file: from }) => {
    const own = template.startsWith(`${slug}/`) ? `${name}${template.slice(slug.length)}` : template;
    return { from, to: join(workspace.templates, language, `${own}.liquid`) };
  }),
];

/** @throws UserError (usage), also because it becomes the name of a file */
function checked(name: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) return name;
  throw usageError(
    `"${name}" cannot name a scenario; allowed: lower-case letters, digits and hyphens`,
    'hector scenario copy --help',
  );
}

/** In place, so that comments and layout stay as they are. */
function rename(file: string, slug: string, name: string): void {
  const text = readFileSync(file, 'utf8');
  const renamed = text
    .replace(/^(slug:[ \t]*)\S+/m, `$1${name}`)
    .replaceAll(new RegExp(`(\\btemplate:[ \\t]*["']?)${slug}/`, 'g'), `$1${name}/`);
  writeFileSync(file, renamed);
}
