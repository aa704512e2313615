import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { configError } from './errors.ts';

/** The folder that holds one sales team's work. */
export interface Workspace {
  root: string;
  configFile: string;
  envFile: string;
  database: string;
  outbox: string;
  scenarios: string;
  templates: string;
}

export const workspaceAt = (root: string): Workspace => ({
  root,
  configFile: join(root, 'hector.yaml'),
  envFile: join(root, '.env'),
  database: join(root, 'hector.db'),
  outbox: join(root, 'outbox'),
  scenarios: join(root, 'scenarios'),
  templates: join(root, 'templates'),
});

/**
 * --workspace, else HECTOR_WORKSPACE, else the nearest parent with a hector.yaml, else the XDG data folder.
 * A folder without hector.yaml is refused: nothing is ever created by accident.
 */
export function findWorkspace(
  flag: string | undefined,
  env: Record<string, string | undefined>,
  cwd: string,
): Workspace {
  const named = flag ?? env.HECTOR_WORKSPACE;
  if (named) return found(resolve(cwd, named));
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (isWorkspace(folder)) return workspaceAt(folder);
    if (dirname(folder) === folder) break;
  }
  const usual = join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'hector');
  if (isWorkspace(usual)) return workspaceAt(usual);
  throw configError(`no workspace here: no hector.yaml in ${cwd} or above, nor in ${usual}`, 'hector init');
}

function found(root: string): Workspace {
  if (isWorkspace(root)) return workspaceAt(root);
  throw configError(`no workspace there: ${root} has no hector.yaml`, `hector init ${root}`);
}

/** Also false where nobody may look. */
function isWorkspace(root: string): boolean {
  try {
    return statSync(join(root, 'hector.yaml')).isFile();
  } catch {
    return false;
  }
}
