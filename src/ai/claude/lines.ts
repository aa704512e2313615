/** Longer than any message we ask for. What is longer is left out. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/**
 * The lines of a body as they come, blank ones left out.
 * @param timeoutMs for each of them, while it is waited for; what the reader of the lines does is not counted
 * @throws when the body breaks off or no line comes in time; what came before has been given by then
 */
export async function* linesOf(
  body: ReadableStream<Uint8Array>,
  timeoutMs: number,
): AsyncGenerator<string, void, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let tooLong = false;
  let left = timeoutMs;
  try {
    for (let ended = false; !ended; ) {
      const begun = performance.now();
      const { done, value } = await inTime(reader.read(), left);
      left -= performance.now() - begun;
      ended = done;
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = ended ? '' : (lines.pop() ?? '');
      for (const line of lines) {
        if (!tooLong && line.trim() !== '' && line.length <= MOST_CHARACTERS) {
          yield line;
          left = timeoutMs;
        }
        tooLong = false;
      }
      if (rest.length > MOST_CHARACTERS) {
        tooLong = true;
        rest = '';
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function inTime<T>(awaited: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no line in time')), Math.max(ms, 0));
  });
  try {
    return await Promise.race([awaited, late]);
  } finally {
    clearTimeout(timer);
  }
}
