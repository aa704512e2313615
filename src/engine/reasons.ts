/** The closed lists of why something does not happen; each has a sentence, used by every command that says why. */

export const WAIT_REASONS = {
  not_yet_due: 'the wait of the next step is not over',
  condition_pending: 'the condition of the step may still become true',
  one_touch_a_day: 'this person was contacted today already',
  outside_window: 'outside the hours and days of the campaign, or a public holiday',
  provider_retry: 'the provider asked to try again later',
  provider_down: 'the provider is left alone for a while: it failed several times in a row, or asked for it',
  channel_closed: 'the channel cannot be used before a person mends something',
  checking: 'perhaps sent: the provider is asked before anything is repeated',
  spacing: 'it has its own place in the hours of the day, later on',
  hourly_cap: 'the cap of an hour is reached for this sender',
  daily_cap: 'the cap of the day is reached for this sender',
  weekly_cap: 'the cap of seven days is reached for this sender',
  campaign_cap: 'the cap of the day is reached for this campaign',
} as const;
export type WaitReason = keyof typeof WAIT_REASONS;

/**
 * Waits for a date that the facts, the window or the scenario give, and that changes with them. The others have a date that a
 * provider or a cap gave.
 */
/** Given by the caps: who has changed them wants another look. */
export const CAP_WAITS: readonly WaitReason[] = ['hourly_cap', 'daily_cap', 'weekly_cap', 'campaign_cap'];

export const RECKONED_WAITS: readonly WaitReason[] = [
  'not_yet_due',
  'condition_pending',
  'one_touch_a_day',
  'outside_window',
  'spacing',
];

export const SKIP_REASONS = {
  already_touched: 'this step has been done',
  already_connected: 'connected on LinkedIn already: there is nobody to invite',
  condition_false: 'the condition of the step does not hold',
  expired: 'the step came too late to be useful',
  no_address: 'no address for this channel',
  no_consent: 'no recorded consent for this channel (free-mail address or SMS)',
  channel_off: 'the channel has no provider',
  address_rejected: 'the provider refused this address for good',
  failed: 'sending failed for good or too often',
} as const;
export type SkipReason = keyof typeof SKIP_REASONS;

export const HOLD_REASONS = {
  operator: 'waits for a person to send it: hector task next',
  approval: 'waits for approval: hector message review',
  uncertain: 'perhaps sent: a person must look: hector task list',
  missing_variable: 'a text has a blank that no fact fills',
  bad_template: 'a template cannot be used: hector scenario lint',
  too_long: 'the text does not fit the channel',
  window_never_opens: 'the campaign has no hour in which this channel is allowed',
  fault: 'hector failed on this person: a fault of ours',
} as const;
export type HoldReason = keyof typeof HOLD_REASONS;

/** Holds without a task of their own: looked at again each day, since a person may have mended the cause. */
export const RETRIED_HOLDS: readonly HoldReason[] = [
  'missing_variable',
  'bad_template',
  'too_long',
  'window_never_opens',
  'fault',
];

export const STOP_REASONS = {
  replied: 'answered',
  meeting: 'agreed to meet',
  opted_out: 'asked not to be contacted',
  bounced: 'the address does not exist',
  blacklisted: 'is on the blacklist',
  company_replied: 'a colleague answered',
  condition_stop: 'the scenario ends here for those who do not meet a condition',
  removed: 'removed by a person',
  moved: 'moved to another campaign by a person',
  campaign_ended: 'the campaign was ended by a person',
  unreachable: 'no step reached them: no usable address, or too late',
} as const;
export type StopReason = keyof typeof STOP_REASONS;

/** Why a template has stepped in for Claude. */
export const FALLBACKS = {
  bad_key: 'the key of Claude is refused',
  no_model: 'there is no such model, or the key may not use it',
  no_credit: 'the Anthropic account has no credit left',
  no_price: 'the price of the model is not known (ai.model, ai.price), so that no budget could be kept',
  too_large: 'the request was too large',
  rate_limited: 'Claude asks to wait longer than a tick should',
  down: 'Claude cannot be reached',
  refused: 'Claude would not write it',
  cut_off: 'the answer was cut off',
  bad_request: 'Claude does not take the request',
  stopped: 'the program was being ended',
  guard: 'the guard refused the text, and its repair as well',
  budget_tick: 'the budget of a tick is spent',
  budget_day: 'the budget of the day is spent',
  budget_campaign: 'the budget of the campaign is spent',
  voice: 'the voice file cannot be used',
} as const;
export type Fallback = keyof typeof FALLBACKS;

/** Those that stay until a person mends something. */
export const MENDED_FALLBACKS: readonly Fallback[] = [
  'bad_key',
  'no_model',
  'no_credit',
  'no_price',
  'bad_request',
  'voice',
];

/** What keeps a whole campaign, or one person in it, where it is. */
export const STANDSTILL_REASONS = {
  campaign_paused: 'the campaign is paused',
  campaign_not_running: 'the campaign does not run',
  person_paused: 'paused by a person',
  no_tick: 'people are due for more than an hour, and no tick has come: is cron set up?',
} as const;
