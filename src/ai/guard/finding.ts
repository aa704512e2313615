/** What the guard looks for; each has its section in docs/guard.md. */
export const GUARD_RULES = [
  'schema',
  'empty',
  'unfinished',
  'subject',
  'length',
  'language',
  'placeholder',
  'name',
  'firm',
  'civility',
  'claim',
  'figure',
  'link',
  'forbidden_word',
  'address_form',
  'tone',
  'markup',
  'repetition',
  'invented_contact',
  'sms_sender',
  'sms_reply',
] as const;
export type GuardRule = (typeof GUARD_RULES)[number];

/** `detail` is one English line, shown to the operator and given back to the model for its one repair. */
export interface Finding {
  rule: GuardRule;
  detail: string;
}
