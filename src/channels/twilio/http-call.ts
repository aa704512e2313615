import {
  type ClientRequest,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { request as httpsRequest } from 'node:https';

/** The call got no usable answer. `sent` is false only where the request surely never left this machine. */
export class NoAnswer extends Error {
  readonly sent: boolean;

  constructor(message: string, sent: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = 'NoAnswer';
    this.sent = sent;
  }
}

export interface HttpCall {
  method: 'GET' | 'POST';
  url: string;
  username: string;
  password: string;
  headers: Record<string, string>;
  /** Added to the address of a GET, the body of a POST; what is undefined or null is left out. */
  fields: Record<string, unknown>;
  /** From the first byte to the last, however slowly they drip. */
  timeoutMs: number;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** One message is about 1 KB; a page of a hundred long ones, escaped, about 1 MB. */
const LARGEST_ANSWER = { POST: 256 * 1024, GET: 4 * 1024 * 1024 };

/**
 * One call on a connection of its own: a kept-alive connection that the other side has just closed cannot be told
 * from a reset after the message was taken, and Twilio has no idempotency key to ask again with. No redirects.
 */
export function httpCall(call: HttpCall): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const { url, body } = withFields(call);
    const { protocol } = new URL(url);
    let connected = false;
    const request = (protocol === 'http:' ? httpRequest : httpsRequest)(url, {
      method: call.method,
      agent: false,
      headers: { ...call.headers, ...authorization(call), ...lengthOf(body) },
    });
    const timer = setTimeout(
      () => request.destroy(new Error(`no answer in ${call.timeoutMs} ms`)),
      call.timeoutMs,
    );
    request.once('socket', (socket) => {
      // Only from here on can a byte of the request have been read by anybody.
      socket.once(protocol === 'http:' ? 'connect' : 'secureConnect', () => {
        connected = true;
      });
    });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(new NoAnswer(error.message, connected, error));
    };
    request.once('error', fail);
    request.once('response', (response) => {
      collect(request, response, LARGEST_ANSWER[call.method]).then((text) => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      }, fail);
    });
    request.end(body);
  });
}

async function collect(request: ClientRequest, response: IncomingMessage, largest: number): Promise<string> {
  response.setEncoding('utf8');
  const chunks: string[] = [];
  let length = 0;
  for await (const chunk of response) {
    const text = String(chunk);
    chunks.push(text);
    length += text.length;
    if (length > largest) {
      request.destroy();
      throw new Error('the answer is too large');
    }
  }
  return chunks.join('');
}

const authorization = ({ username, password }: HttpCall): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
});

const lengthOf = (body: string | undefined): Record<string, number> =>
  body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };

function withFields({ method, url, fields }: HttpCall): { url: string; body: string | undefined } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  const encoded = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  if (method === 'POST') return { url, body: encoded.toString() };
  const address = new URL(url);
  for (const [name, value] of encoded) address.searchParams.append(name, value);
  return { url: address.href, body: undefined };
}
