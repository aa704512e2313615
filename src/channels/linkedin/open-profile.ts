import { profileUrl } from '../../engine/texts/linkedin.ts';
import { type Env, hasDisplay } from './display.ts';

/** Opens the profile in the person's browser. False when there is no way to: the caller prints the address. */
export async function openProfile(slug: string, env: Env): Promise<boolean> {
  if (!hasDisplay(env)) return false;
  try {
    const { default: open } = await import('open');
    const started = await open(profileUrl(slug));
    // Told too late to matter (no browser behind xdg-open), but it must not end the program.
    started.on('error', () => undefined);
    return true;
  } catch {
    return false;
  }
}
