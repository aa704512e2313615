import type { LinkedinEnvelope } from '../ports/channels.ts';

/** The public page of a profile slug. */
export const profileUrl = (slug: string): string =>
  `https://www.linkedin.com/in/${encodeURIComponent(slug)}/`;

/** The text a person will paste; control characters other than line breaks are dropped, they would act on a terminal. */
export function composeLinkedin(input: { profile: string; body: string }): LinkedinEnvelope {
  const body = input.body
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .trim();
  return { channel: 'linkedin', profile: input.profile, body };
}
