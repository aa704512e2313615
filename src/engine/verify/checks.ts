/** What `hector verify` proves, in the order in which it is told; each with its line. */
export const CHECKS = {
  integrity: 'the file and its references are whole',
  duplicate_touch: 'no touch twice',
  after_stop: 'nothing after an end, a no or the blacklist',
  outside_window: 'nothing outside the hours',
  over_cap: 'no cap exceeded',
  stuck: 'everybody has a date, a person to wait for, or an end',
  counters: 'the run log and the events agree with the messages',
} as const;
export type Check = keyof typeof CHECKS;

/** What may be wrong. */
export const BREACHES = {
  damaged: 'the database file is damaged',
  foreign_key: 'a row names another that is not there',
  wrong_reference: 'a row and the one it belongs to disagree',
  step_twice: 'a step went out twice on one channel',
  twice_under_one_key: 'two messages to one person in one call',
  two_on_one_day: 'a second e-mail or SMS to one person on one day',
  after_end: 'handed to the provider after the enrolment had ended',
  after_no: 'handed to the provider after the person had answered or refused',
  to_blacklisted: 'handed to the provider while the person was on the blacklist',
  outside_hours: 'handed to the provider outside the hours it was allowed by',
  over_day_cap: 'more sends on a day than the cap of that day',
  over_week_cap: 'more sends in seven days than the cap',
  no_next_date: 'active, without a date and without anybody to wait for',
  no_task: 'waits for a person, but there is no task',
  unknown_reason: 'a reason that is not in the list',
  open_without_step: 'open, but without a step',
  ended_with_step: 'ended, but still with a step or a date',
  open_on_ended: 'a message could still go out although its enrolment has ended',
  call_without_claim: 'handed to a provider without a claim',
  tick_count: 'the run log counted other sends than there are',
  sent_without_event: 'sent, without the event',
  event_without_sent: 'an event of a message that was not sent',
  sent_event_twice: 'recorded as sent twice',
  status_without_event: 'ended, without the event that is the cause',
} as const;
export type Breach = keyof typeof BREACHES;
