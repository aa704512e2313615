import { Resolver } from 'node:dns/promises';
import type { NameAnswer, NameDesk } from '../engine/ports/doctor.ts';
import { configError, errorCode } from '../errors.ts';

/** Twice per server, so that a question ends within 6 seconds. */
const TIMEOUT_MS = 2000;
const TRIES = 2;
const LONGEST_MS = 8000;

/**
 * @param server `127.0.0.1:5353`, for tests and networks with a resolver of their own; else the system's
 * @throws UserError for a server that is no address
 */
export function createNames(server: string | undefined): NameDesk {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (server) useServer(resolver, server);
  return {
    texts: (name) => answered(async () => (await resolver.resolveTxt(name)).map((parts) => parts.join(''))),
  };
}

function useServer(resolver: Resolver, server: string): void {
  try {
    resolver.setServers([server]);
  } catch (error) {
    throw configError(
      `HECTOR_DNS is no address of a name server: "${server}"`,
      'HECTOR_DNS=127.0.0.1:5353 hector doctor',
      error,
    );
  }
}

async function answered(ask: () => Promise<string[]>): Promise<NameAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<NameAnswer>((resolve) => {
    timer = setTimeout(() => resolve({ status: 'failed', reason: 'no answer' }), LONGEST_MS);
  });
  try {
    return await Promise.race([ask().then(found), late]);
  } catch (error) {
    return absentOrFailed(error);
  } finally {
    clearTimeout(timer);
  }
}

const found = (texts: string[]): NameAnswer =>
  texts.length > 0 ? { status: 'found', texts } : { status: 'absent' };

/** c-ares: ENODATA, the name is there without such a record; ENOTFOUND, it is not there at all. */
function absentOrFailed(error: unknown): NameAnswer {
  const code = errorCode(error);
  if (code === 'ENODATA' || code === 'ENOTFOUND') return { status: 'absent' };
  return { status: 'failed', reason: code === 'ETIMEOUT' ? 'no answer' : (code ?? 'no answer') };
}
