/** A text of ours has a few thousand characters; a list of models or a page of an error not many more. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * `fetch` for the SDK, which itself reads any body to its end, errors included. The key goes to one address only, so
 * that a redirect is an answer like any other and not followed.
 */
export async function boundedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, { ...init, redirect: 'manual' });
  if (response.body === null || isStreamed(response)) return response;
  const { status, headers } = response;
  return new Response(response.body.pipeThrough(upTo(MOST_BYTES)), { status, headers });
}

/** Results of a batch are read line by line, and limited there. */
const isStreamed = ({ ok, url }: Response): boolean => ok && new URL(url).pathname.endsWith('/results');

function upTo(most: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > most) throw new RangeError('the answer is too long');
      controller.enqueue(chunk);
    },
  });
}
