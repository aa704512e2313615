import type { ProspectFacts } from '../../engine/model.ts';

/** By what a person is told in a text that is not theirs alone: their addresses, in lower case. */
export const needlesOf = ({ email, mobile, phone, linkedin }: ProspectFacts): string[] =>
  [email, mobile, phone, linkedin].flatMap((value) => (value ? [value.toLowerCase()] : []));
