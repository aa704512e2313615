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

export interface FormPost {
  url: string;
  username: string;
  password: string;
  headers: Record<string, string>;
  form: Record<string, unknown>;
  /** From the first byte to the last, however slowly they drip. */
  timeoutMs: number;
}

export interface FormAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** An answer of Twilio is about 1 KB. */
const LARGEST_ANSWER = 256 * 1024;

/**
 * One form post on a connection of its own: a kept-alive connection that the other side has just closed cannot be
 * told from a reset after the message was taken, and Twilio has no idempotency key to ask again with.
 */
export function post(call: FormPost): Promise<FormAnswer> {
  return new Promise((resolve, reject) => {
    const { protocol } = new URL(call.url);
    const body = formBody(call.form);
    let connected = false;
    const request = (protocol === 'http:' ? httpRequest : httpsRequest)(call.url, {
      method: 'POST',
      agent: false,
      headers: { ...call.headers, ...authorization(call), 'Content-Length': Buffer.byteLength(body) },
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
      collect(request, response).then((text) => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      }, fail);
    });
    request.end(body);
  });
}

async function collect(request: ClientRequest, response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > LARGEST_ANSWER) {
      request.destroy();
      throw new Error('the answer is too large');
    }
  }
  return text;
}

const authorization = ({ username, password }: FormPost): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
});

function formBody(form: Record<string, unknown>): string {
  const fields = Object.entries(form).filter(([, value]) => value !== undefined && value !== null);
  return new URLSearchParams(
    fields.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
