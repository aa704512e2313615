import { platform } from 'node:process';

export type Env = Record<string, string | undefined>;

/**
 * Is there a screen of this person's own, so that a clipboard or a browser started here is theirs? Over SSH only
 * a forwarded X or Wayland display is.
 */
export function hasDisplay(env: Env, system: string = platform): boolean {
  if (env.DISPLAY || env.WAYLAND_DISPLAY) return true;
  if (env.SSH_CONNECTION || env.SSH_TTY) return false;
  return system === 'darwin' || system === 'win32' || Boolean(env.WSL_DISTRO_NAME || env.TERMUX_VERSION);
}
