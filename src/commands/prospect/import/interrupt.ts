/** Notes a ctrl-C instead of dying of it, so that work can be taken back; a second one ends the program. */
export function watchInterrupt(): { pressed(): boolean; stop(): void } {
  let pressed = false;
  const note = (): void => {
    pressed = true;
  };
  process.once('SIGINT', note);
  process.once('SIGTERM', note);
  return {
    pressed: () => pressed,
    stop: () => {
      process.off('SIGINT', note);
      process.off('SIGTERM', note);
    },
  };
}
