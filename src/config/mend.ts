import { ENVIRONMENT, type Variable } from './environment.ts';

/** The command that opens a file, at a line if that is known. */
export const edit = (file: string, line?: number): string =>
  `\${EDITOR:-vi} ${line === undefined ? '' : `+${line} `}${file}`;

/** What to type about a variable that is wrong where it was found. */
export const mend = ({ name, origin }: Pick<Variable, 'name' | 'origin'>): string =>
  origin === ENVIRONMENT ? `unset ${name}` : edit(origin);
