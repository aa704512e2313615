/** A small reader of what the outbox writes: enough MIME to see what a mail program would see. */
export interface MimePart {
  headers: Map<string, string>;
  /** Decoded text. */
  text: string;
  parts: MimePart[];
}

export function parseMime(raw: Buffer): MimePart {
  const source = raw.toString('latin1');
  const end = source.indexOf('\r\n\r\n');
  const headers = parseHeaders(source.slice(0, end));
  const body = source.slice(end + 4);
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) return { headers, text: decodeBody(body, headers), parts: [] };
  const pieces = body.split(`--${boundary}`).slice(1, -1);
  return {
    headers,
    text: '',
    parts: pieces.map((piece) => parseMime(Buffer.from(piece.replace(/^\r\n|\r\n$/g, ''), 'latin1'))),
  };
}

function parseHeaders(block: string): Map<string, string> {
  const lines = block.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon < 1 || headers.has(name)) throw new Error(`no header, or one twice: ${line}`);
    headers.set(name, decodeWords(line.slice(colon + 1).trim()));
  }
  return headers;
}

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

function decodeBody(body: string, headers: Map<string, string>): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return (encoding === 'quoted-printable' ? quotedPrintable(body) : Buffer.from(body, 'latin1')).toString(
    'utf8',
  );
}

/** RFC 2047, UTF-8 only; blanks between two encoded words vanish. */
function decodeWords(text: string): string {
  const joined = text.replace(/(=\?utf-8\?[BQ]\?[^?]*\?=)\s+(?==\?utf-8\?)/gi, '$1');
  const bytes = joined.replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(word, 'base64').toString('latin1')
      : quotedPrintable(word.replaceAll('_', ' ')).toString('latin1'),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
