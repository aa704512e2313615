/** The person has pressed ctrl-C. */
export class ReadingStopped extends Error {}
