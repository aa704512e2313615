import { spawnSync } from 'node:child_process';
import { BINARY, until, type Workspace } from './hector.ts';

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

export interface Terminal {
  /** What a person would see now, without trailing blanks. */
  screen(): string;
  /** Waits for a text on the screen. */
  shows(text: string): Promise<void>;
  press(...keys: string[]): void;
  /** Types a command of hector; its exit code is shown at the end. */
  type(command: string): void;
  close(): void;
}

/** A terminal of 80 columns in a workspace, in a tmux server of its own. */
export function openTerminal({ folder, env }: Workspace): Terminal {
  const tmux = (...args: string[]) =>
    spawnSync('tmux', ['-S', `${folder}/tmux`, ...args], { encoding: 'utf8' });
  const variables = Object.entries({ PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8', PS1: '', ...env });
  const shell = ['env', '-i', ...variables.map((pair) => pair.join('=')), 'TERM=screen-256color', 'sh'];
  tmux('-f', '/dev/null', '-u', 'new-session', '-d', '-x', '80', '-y', '40', '-c', folder, ...shell);
  const screen = (): string => tmux('capture-pane', '-p').stdout.replace(/[ \n]+$/gm, '');
  return {
    screen,
    shows: (text) =>
      until(
        () => `"${text}" is not on the screen:\n${screen()}`,
        () => screen().includes(text),
      ),
    press: (...keys) => void tmux('send-keys', ...keys),
    type(command) {
      tmux('send-keys', `clear; "${process.execPath}" "${BINARY}" ${command}; echo "exit $?"`, 'Enter');
    },
    close: () => void tmux('kill-server'),
  };
}
