import { spawnSync } from 'node:child_process';
import { BINARY, until, type Workspace } from './hector.ts';

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

export interface Terminal {
  /** What a person would see now, without trailing blanks. */
  screen(): string;
  /** As they were written: a line that the terminal has broken is one. */
  lines(): string[];
  /** Waits for a text on the screen. */
  shows(text: string): Promise<void>;
  press(...keys: string[]): void;
  /** Waits for the end of what is being shown: a question that a key may answer. */
  settles(): Promise<void>;
  /** Types a command of hector on an empty screen. */
  type(command: string): void;
  /** Waits for the end of the command that was typed last. */
  exits(code: number): Promise<void>;
  close(): void;
}

/** A terminal of 80 columns unless told otherwise in a workspace, in a tmux server of its own. */
export function openTerminal({ folder, env }: Workspace, columns = 80): Terminal {
  const tmux = (...args: string[]) =>
    spawnSync('tmux', ['-S', `${folder}/tmux-${columns}`, ...args], { encoding: 'utf8' });
  const variables = Object.entries({ PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8', PS1: '', ...env });
  const shell = ['env', '-i', ...variables.map((pair) => pair.join('=')), 'TERM=screen-256color', 'sh'];
  tmux(
    '-f',
    '/dev/null',
    '-u',
    'new-session',
    '-d',
    '-x',
    String(columns),
    '-y',
    '40',
    '-c',
    folder,
    ...shell,
  );
  const screen = (): string => tmux('capture-pane', '-p').stdout.replace(/[ \n]+$/gm, '');
  const lines = (): string[] =>
    tmux('capture-pane', '-p', '-J')
      .stdout.replace(/[ \n]+$/gm, '')
      .split('\n');
  let typed = 0;
  const shows = (text: string): Promise<void> =>
    until(
      () => `"${text}" is not on the screen:\n${screen()}`,
      () => screen().includes(text),
    );
  return {
    screen,
    lines,
    shows,
    settles: () =>
      until(
        () => `no question stands there:\n${screen()}`,
        () => screen().endsWith('\n>'),
      ),
    exits: (code) => shows(`[${typed}] exit ${code}`),
    press: (...keys) => void tmux('send-keys', ...keys),
    type(command) {
      typed += 1;
      const line = `clear; "${process.execPath}" "${BINARY}" ${command}; echo "[${typed}] exit $?"`;
      tmux('send-keys', line, 'Enter');
    },
    close: () => void tmux('kill-server'),
  };
}
