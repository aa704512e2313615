/** Made by npm run gen of the source of the guard: answers that were judged by it need not be judged again. */
export const GUARD_VERSION = '0f2afa89f0a14f43';
