import { sentence } from '../../provider-answer.ts';

/** What the other side says, fit for one line of ours, and without a key if it sends one back. */
export type Tell = (text: unknown, otherwise: string) => string;

/** Keys go before the line is cut to length, so that no piece of one is left at its end. */
export const createTell =
  (apiKey: string): Tell =>
  (text, otherwise) =>
    sentence(
      typeof text === 'string' ? text.replaceAll(apiKey, '***').replace(/sk-ant-[\w-]+/g, '***') : text,
      otherwise,
    );
