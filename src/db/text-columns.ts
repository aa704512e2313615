import type { NewMessage } from '../engine/ports/ticks.ts';

/** What a text is and by whom: values of these columns of `message`, in this order. */
export const TEXT_COLUMNS = 'subject, body, envelope, source, template, writing, facts_key, sender';

export const textValues = (message: NewMessage): (string | number | null)[] => [
  message.subject,
  message.body,
  JSON.stringify(message.envelope),
  message.source,
  message.template,
  JSON.stringify(message.writing),
  message.factsKey,
  message.sender,
];
