/** Where fewer are left out than this, the rest could be guessed. */
const HIDDEN_AT_LEAST = 12;
const SHOWN = 4;

/** `re_…1234`: enough to tell two keys apart. A short one is not shown at all. */
export function masked(secret: string): string {
  const prefix = /^(?:re_|sk-ant-|AC|SK|whsec_)/.exec(secret)?.[0] ?? '';
  const hidden = secret.length - prefix.length - SHOWN;
  return hidden < HIDDEN_AT_LEAST ? '…' : `${prefix}…${secret.slice(-SHOWN)}`;
}
