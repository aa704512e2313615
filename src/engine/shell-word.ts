/** A name as one word of a command line, for the next command to type: `Relance`, `'L'\\''Ouest'`. */
export const shellWord = (text: string): string =>
  /^[\p{L}\p{N}_./][\p{L}\p{N}_./-]*$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
