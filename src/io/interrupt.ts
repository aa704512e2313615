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
