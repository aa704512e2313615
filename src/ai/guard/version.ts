/** Made by npm run gen of the source of the guard: answers that were judged by it need not be judged again. */
export const GUARD_VERSION = '6656f3f1e0c5c4d3';
