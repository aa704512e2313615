import { setImmediate } from 'node:timers/promises';
import { EXIT, UserError } from '../errors.ts';

/** Notes a ctrl-C or SIGTERM instead of dying of it, so that work can be ended well; a second one ends the program. */
export function watchInterrupt(pressedOnce: () => void = () => undefined): {
  pressed(): boolean;
  stop(): void;
} {
  let pressed = false;
  const stop = (): void => {
    process.off('SIGINT', note);
    process.off('SIGTERM', note);
  };
  const note = (): void => {
    pressed = true;
    stop();
    pressedOnce();
  };
  process.on('SIGINT', note);
  process.on('SIGTERM', note);
  return { pressed: () => pressed, stop };
}

/**
 * Lets a signal come to its turn in the middle of long work.
 * @throws UserError with exit code 130 after ctrl-C
 */
export async function hearInterrupt({
  pressed,
}: Pick<ReturnType<typeof watchInterrupt>, 'pressed'>): Promise<void> {
  await setImmediate();
  if (pressed()) throw new UserError('interrupted', { exitCode: EXIT.interrupted });
}
