/** How long to leave a call of unknown fate before its provider is asked: lists lag behind. */
export const LOOK_UP_AFTER_MS = 10 * 60_000;
