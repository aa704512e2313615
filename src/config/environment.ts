import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { shellWord } from '../engine/shell-word.ts';
import { configError, errorCode } from '../errors.ts';

export type EnvironmentName =
  | 'ANTHROPIC_API_KEY'
  | 'ANTHROPIC_BASE_URL'
  | 'RESEND_API_KEY'
  | 'RESEND_BASE_URL'
  | 'TWILIO_ACCOUNT_SID'
  | 'TWILIO_AUTH_TOKEN'
  | 'TWILIO_BASE_URL';

export const ENVIRONMENT = 'the environment';

/** One variable, and where it was found, so that a message can say which file to mend. */
export interface Variable {
  name: EnvironmentName;
  /** Null when it is set nowhere, or set empty. */
  value: string | null;
  /** ENVIRONMENT, or the path of the .env. */
  origin: string;
}

export type Environment = (name: EnvironmentName) => Variable;

/**
 * The environment over `.env`. A variable that is set empty in the environment hides the one of the file, so that
 * `RESEND_API_KEY= hector tick` runs without the key.
 * @throws UserError when others may read the .env.
 */
export function readEnvironment(envFile: string, env: Record<string, string | undefined>): Environment {
  const file = readEnvFile(envFile);
  return (name) => {
    const outside = env[name];
    if (outside !== undefined) return { name, value: outside.trim() || null, origin: ENVIRONMENT };
    return { name, value: file[name]?.trim() || null, origin: envFile };
  };
}

const OTHERS = 0o077;

function readEnvFile(envFile: string): Record<string, string | undefined> {
  try {
    const { mode } = statSync(envFile);
    if ((mode & OTHERS) !== 0 && process.platform !== 'win32')
      throw configError(
        `${envFile} holds secrets and other users may read it`,
        `chmod 600 ${shellWord(envFile)}`,
      );
    return parseEnv(readFileSync(envFile, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    switch (errorCode(error)) {
      case 'ENOENT':
        return {};
      case 'EACCES':
      case 'EISDIR':
        throw configError(`cannot read ${envFile}`, `ls -ld ${shellWord(envFile)}`, error);
      default:
        throw error;
    }
  }
}
