import { readFileSync } from 'node:fs';
import { readEnvironment } from './config/environment.ts';
import { edit } from './config/mend.ts';
import { baseUrl, chooseProviders, refuseSetClock } from './config/providers.ts';
import { type Resolved, resolve } from './config/resolve.ts';
import { type ConfigFile, configSchema } from './config/schema.ts';
import type { LegalBasis } from './engine/gdpr/legal-basis.ts';
import type { Caps, RampPoint } from './engine/limits/caps.ts';
import type { ShieldLimits } from './engine/limits/shield.ts';
import type { Language, SendingWindow } from './engine/model.ts';
import type { SenderFacts } from './engine/ports/writer.ts';
import { shellWord } from './engine/shell-word.ts';
import { configError, errorCode } from './errors.ts';
import { printable } from './io.ts';
import type { Workspace } from './workspace.ts';
import { formatProblem, type Problem, parseLocated } from './yaml/located.ts';

/**
 * Everything that can be set, resolved once: flag > environment > .env > hector.yaml > default. Secrets come
 * only from the environment or a 0600 .env.
 */
export interface Config {
  sender: SenderFacts;
  /** IANA name. */
  timezone: string;
  /** ISO 3166 alpha-2: phones without a country code are read as numbers of this country. */
  country: string;
  language: Language;
  window: SendingWindow;
  /** Where prospects' data comes from, said in the first message (CNIL). */
  dataSource: string | null;
  email: {
    provider: 'resend' | 'outbox';
    /** `Name <address>`; null when not set, which only the outbox accepts. */
    from: string | null;
    replyTo: string | null;
    /** The opt-out sentence of each e-mail. */
    optOut: Record<Language, string>;
    /** Address of the `mailto:` List-Unsubscribe; null: the reply-to or from address. */
    unsubscribe: string | null;
    requestsPerSecond: number;
    caps: Caps;
    ramp: readonly RampPoint[];
    /** What gathered over night is spread over the opening. */
    spread: boolean;
    /** Free-mail addresses count as consumers: `hold` without recorded consent, or `allow`. */
    freeMail: 'hold' | 'allow';
  };
  sms: {
    provider: 'twilio' | 'outbox';
    from: string | null;
    messagingService: string | null;
    /** Null when none is set: a rehearsal then shows REHEARSAL_SMS_OPT_OUT, a live campaign sends no SMS. */
    optOut: Record<Language, string | null>;
    requestsPerSecond: number;
    caps: Caps;
    ramp: readonly RampPoint[];
    spread: boolean;
    /** `required`: only people with recorded consent; `assumed`: the operator answers for it. */
    consent: 'required' | 'assumed';
    /** Characters that force UCS-2 are replaced (`ê` by `e`). */
    transliterate: boolean;
    /** US dollars a segment, for forecasts; null: nobody has said. */
    price: number | null;
  };
  linkedin: {
    invitationLimit: number;
    messageLimit: number;
    invitations: Caps;
    messages: Caps;
    ramp: readonly RampPoint[];
  };
  /** Who writes the texts: Claude with templates behind it, or templates alone (`off`). */
  ai: {
    provider: 'claude' | 'off';
    /** Null: the usual one (ai/claude/models.ts). */
    model: string | null;
    effort: 'low' | 'medium' | 'high';
    /** A voice file, or the name of one that comes with hector; null: `voice.yaml` of the workspace, else a neutral one. */
    voice: string | null;
    disc: 'off' | 'rules' | 'claude';
    /** Whether the column `notes` may be read by Claude. */
    notes: boolean;
    /** Columns that hector has no name for, which Claude may read beside those that a step's prompt names. */
    custom: 'all' | readonly string[];
    requestsPerSecond: number;
    timeoutMs: number;
    cache: { lifetimeMs: number; entries: number };
    /** US dollars; null: no limit. */
    budget: { tick: number | null; day: number | null; campaign: number | null };
    /** US dollars per million tokens, instead of those of the table of models; null: from there. */
    price: { input: number; output: number; cacheRead: number | null } | null;
  };
  /** A message whose call has failed so often is given up. */
  tick: { concurrency: number; maxAttempts: number };
  http: { timeoutMs: number };
  /** What allows data to be held, where nothing else is said of a person (docs/compliance.md). */
  gdpr: { legalBasis: LegalBasis };
  /** Where a campaign pauses itself. */
  shield: ShieldLimits;
  secrets: {
    resendApiKey: string | null;
    twilioAccountSid: string | null;
    twilioAuthToken: string | null;
    anthropicApiKey: string | null;
  };
  /** Null: the provider's own address. */
  baseUrls: { resend: string | null; twilio: string | null; anthropic: string | null };
}

/** With no-break spaces inside the guillemets, as French typography has it. */
const EMAIL_OPT_OUT: Record<Language, string> = {
  fr: 'Si vous préférez ne plus recevoir de message de ma part, répondez simplement «\u00a0stop\u00a0».',
  en: 'If you would rather not hear from me again, simply reply “stop”.',
};

/**
 * Reads hector.yaml, .env and the environment of a workspace, once, and checks them together.
 * @throws UserError (exit 3) naming file, line and key; the value of a secret is never in it.
 */
export async function loadConfig(
  workspace: Workspace,
  env: Record<string, string | undefined>,
): Promise<Config> {
  const { file, resolved } = readConfigFile(workspace.configFile);
  const environment = readEnvironment(workspace.envFile, env);
  const providers = chooseProviders(file, environment, workspace.configFile);
  const baseUrls = {
    resend: baseUrl(environment, 'RESEND_BASE_URL', file.email.base_url, workspace.configFile),
    twilio: baseUrl(environment, 'TWILIO_BASE_URL', file.sms.base_url, workspace.configFile),
    anthropic: baseUrl(environment, 'ANTHROPIC_BASE_URL', file.ai.base_url, workspace.configFile),
  };
  refuseSetClock(env.HECTOR_NOW, providers, baseUrls);
  const { timezone, country, window, from, replyTo, unsubscribe } = resolved;
  return {
    sender: file.sender,
    timezone,
    country,
    language: file.language,
    window,
    dataSource: file.data_source,
    email: {
      provider: providers.email,
      from,
      replyTo,
      optOut: {
        fr: file.email.opt_out.fr ?? EMAIL_OPT_OUT.fr,
        en: file.email.opt_out.en ?? EMAIL_OPT_OUT.en,
      },
      unsubscribe,
      requestsPerSecond: file.email.requests_per_second,
      caps: file.email.caps,
      ramp: file.email.ramp,
      spread: file.email.spread,
      freeMail: file.email.free_mail,
    },
    sms: {
      provider: providers.sms,
      from: file.sms.from,
      messagingService: file.sms.messaging_service,
      optOut: file.sms.opt_out,
      requestsPerSecond: file.sms.requests_per_second,
      caps: file.sms.caps,
      ramp: file.sms.ramp,
      spread: file.sms.spread,
      consent: file.sms.consent,
      transliterate: file.sms.transliterate,
      price: file.sms.price ?? null,
    },
    linkedin: {
      invitationLimit: file.linkedin.invitation_limit,
      messageLimit: file.linkedin.message_limit,
      invitations: file.linkedin.invitations,
      messages: file.linkedin.messages,
      ramp: file.linkedin.ramp,
    },
    ai: {
      provider: providers.ai,
      model: file.ai.model ?? null,
      effort: file.ai.effort,
      voice: file.ai.voice,
      disc: file.ai.disc,
      notes: file.ai.notes,
      custom: file.ai.custom,
      requestsPerSecond: file.ai.requests_per_second,
      timeoutMs: file.ai.timeout_seconds * 1000,
      cache: { lifetimeMs: file.ai.cache.minutes * 60_000, entries: file.ai.cache.entries },
      budget: file.ai.budget,
      price: resolved.price,
    },
    tick: { concurrency: file.tick.concurrency, maxAttempts: file.tick.max_attempts },
    http: { timeoutMs: file.http.timeout_seconds * 1000 },
    gdpr: { legalBasis: file.gdpr.legal_basis },
    shield: {
      bouncePercent: file.shield.bounce_percent,
      complaintPercent: file.shield.complaint_percent,
      afterSends: file.shield.after_sends,
    },
    secrets: {
      resendApiKey: environment('RESEND_API_KEY').value,
      twilioAccountSid: environment('TWILIO_ACCOUNT_SID').value,
      twilioAuthToken: environment('TWILIO_AUTH_TOKEN').value,
      anthropicApiKey: environment('ANTHROPIC_API_KEY').value,
    },
    baseUrls,
  };
}

function readConfigFile(path: string): { file: ConfigFile; resolved: Resolved } {
  const text = readText(path);
  const parsed = parseLocated({ file: path, text: isBlank(text) ? '{}' : text }, configSchema);
  if (!parsed.ok) throw firstOf(parsed.problems, path);
  const { value, problems } = resolve(parsed.value, parsed.problem);
  if (problems.length > 0) throw firstOf(problems, path);
  return { file: parsed.value, resolved: value };
}

/** Nothing but comments: every key has its default. */
const isBlank = (text: string): boolean => text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));

function firstOf(problems: readonly Problem[], path: string) {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return configError(printable(`${first ? formatProblem(first) : path}${more}`), edit(path, first?.line));
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError && errorCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw configError(`${path} is not UTF-8 text`, `file ${path}`, error);
    switch (errorCode(error)) {
      case 'ENOENT':
      case 'EACCES':
      case 'EISDIR':
        throw configError(`cannot read ${path}`, `ls -l ${shellWord(path)}`, error);
      default:
        throw error;
    }
  }
}
