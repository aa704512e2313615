/**
 * The words of the domain (docs/concepts.md). Instants are milliseconds since the epoch, UTC, everywhere in the
 * engine; a calendar date is an ISO string (`2026-11-23`); a time of day is minutes after local midnight.
 */

export const CHANNELS = ['linkedin', 'email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

export const MESSAGE_KINDS = ['invitation', 'message', 'follow_up', 'email', 'sms'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const ENROLMENT_STATUSES = [
  'active',
  'paused',
  'replied',
  'meeting',
  'completed',
  'stopped',
  'failed',
] as const;
export type EnrolmentStatus = (typeof ENROLMENT_STATUSES)[number];

export const MESSAGE_STATES = [
  'draft',
  'awaiting_approval',
  'ready',
  'sending',
  'awaiting_operator',
  'sent',
  'skipped',
  'rejected',
  'uncertain',
  'failed',
  'expired',
  'cancelled',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** States in which a message may still go out; a reply, an opt-out or a stop cancels all of them. */
export const OPEN_MESSAGE_STATES = ['draft', 'awaiting_approval', 'ready', 'awaiting_operator'] as const;

export const CAMPAIGN_STATUSES = ['draft', 'running', 'paused', 'completed'] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/**
 * `rehearsal`: everything goes to the outbox folder and never counts as a contact. Fixed when the campaign is
 * created, so that adding a key later can never turn a rehearsal into real mail.
 */
export type CampaignMode = 'live' | 'rehearsal';

/** Which texts a person must approve: all of them, the first to each person, those by Claude, none. */
export const APPROVALS = ['all', 'first', 'ai', 'off'] as const;
export type Approval = (typeof APPROVALS)[number];

/** Facts about a person, as they appear in CSV columns, templates and exports. Empty is `null`, never `''`. */
export const PROSPECT_FIELDS = [
  'email',
  'first_name',
  'last_name',
  'civility',
  'company',
  'title',
  'phone',
  'mobile',
  'linkedin',
  'company_linkedin',
  'website',
  'siren',
  'siret',
  'naf',
  'city',
  'zip',
  'country',
  'region',
  'language',
  'timezone',
  'industry',
  'headcount',
  'revenue',
  'disc',
  'consent',
  'notes',
  'tags',
  'source',
] as const;
export type ProspectField = (typeof PROSPECT_FIELDS)[number];

/**
 * `email` lower case; `phone` and `mobile` E.164; `linkedin` the profile slug (`claire-durand-000`), not a URL;
 * `country` ISO 3166 alpha-2; `consent` free text saying when and how consent was given, or null.
 */
export type ProspectFacts = Record<ProspectField, string | null>;

export interface Prospect extends ProspectFacts {
  id: number;
  /** Unknown columns of the import, by folded header (`ca_m`), for templates as `custom.ca_m`. */
  custom: Record<string, string>;
  companyKey: string | null;
}

/** Days are ISO: 1 is Monday, 7 is Sunday. `from` inclusive and `to` exclusive, minutes after midnight. */
export interface SendingWindow {
  days: readonly number[];
  from: number;
  to: number;
  /** Dates (`2026-12-24`) on which nothing goes out, beside public holidays: sorted, each once. */
  daysOff: readonly string[];
}

export const SUPPRESSION_KINDS = ['email', 'phone', 'domain', 'linkedin', 'siren'] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];

/** `value` as it is, or hashed: `sha256:` and hexadecimal digits. */
export interface SuppressionKey {
  kind: SuppressionKind;
  value: string;
}

/** Hashes that lists are passed around in: of the address in lower case, of the number in E.164. */
export const HASHES = ['sha256', 'sha1', 'md5'] as const;
export type HashName = (typeof HASHES)[number];

/** `hmac`: the keyed fingerprint of somebody whose data were erased. */
export const DISGUISES = [...HASHES, 'hmac'] as const;
export type Disguise = (typeof DISGUISES)[number];

/** What belongs to one person: a firm's domain or SIREN is no secret. */
export const DISGUISED_KINDS = ['email', 'phone', 'linkedin'] as const satisfies readonly SuppressionKind[];

/** Everything that can happen; the event table is append-only. */
export const EVENT_TYPES = [
  'enrolled',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'accepted',
  'connected',
  'not_found',
  'replied',
  'meeting',
  'bounced',
  'complained',
  'opted_out',
  'blacklisted',
  'skipped',
  'undone',
  'held',
  'approved',
  'edited',
  'rewritten',
  'declined',
  'rejected',
  'uncertain',
  'failed',
  'stopped',
  'paused',
  'resumed',
  'completed',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const prospectName = (prospect: Pick<ProspectFacts, 'first_name' | 'last_name'>): string =>
  [prospect.first_name, prospect.last_name].filter(Boolean).join(' ');
