import type { Config } from '../../config.ts';
import type { Context } from '../../context.ts';
import type { ProviderAnswer } from '../../engine/ports/doctor.ts';
import { EXIT, UserError } from '../../errors.ts';

/** What was looked at, how it is, and the command or key that would mend it. */
export interface CheckLine {
  check: string;
  status: 'ok' | 'warn' | 'fail';
  what: string;
  cure: string | null;
  /** A fault of settings or credentials, and not of what was done with them (exit 3 instead of 1). */
  setting?: true;
}

export interface Patient {
  context: Context;
  /** Null where hector.yaml or .env cannot be read: the check `settings` says why. */
  config: Config | null;
  /** Nobody beyond this machine is asked. */
  offline: boolean;
  /** What the providers say of their keys, asked once for all checks; none when offline or not configured. */
  providers(): Promise<readonly ProviderAnswer[]>;
}

/** One thing that may be wrong, or several of one kind; none where there is nothing to look at. */
export interface Check {
  name: string;
  look(patient: Patient): Promise<CheckLine[]>;
}

export const ok = (check: string, what: string): CheckLine => ({ check, status: 'ok', what, cure: null });

export const warn = (check: string, what: string, cure: string | null): CheckLine => ({
  ...{ check, status: 'warn', what, cure },
});

export const fail = (check: string, what: string, cure: string | null): CheckLine => ({
  ...{ check, status: 'fail', what, cure },
});

/** What must be mended in hector.yaml or .env. */
export const settingFault = (check: string, what: string, cure: string | null): CheckLine => ({
  ...fail(check, what, cure),
  setting: true,
});

/** A check that cannot be made is a finding of its own, and keeps no other from being made. */
export async function lookSafely({ name, look }: Check, patient: Patient): Promise<CheckLine[]> {
  try {
    return await look(patient);
  } catch (thrown) {
    const error = await patient.context.explained(thrown);
    if (!(error instanceof UserError)) throw error;
    const line = error.exitCode === EXIT.config ? settingFault : fail;
    return [line(name, error.message, error.next ?? null)];
  }
}
