import { createSocket, type RemoteInfo } from 'node:dgram';

/** What is in the zones: names with their TXT records. A name without any is known, and has none. */
export type Zone = Readonly<Record<string, readonly string[]>>;

export interface DnsStandIn {
  /** For HECTOR_DNS. */
  address: string;
  /** Names that were asked for, in small letters. */
  asked: string[];
  close(): Promise<void>;
}

export interface DnsRules {
  /** Names whose questions get no answer at all, or the answer that the server failed. */
  silent?: readonly string[];
  failing?: readonly string[];
}

const RCODE = { ok: 0, failed: 2, absent: 3 };

/** A name server on loopback for TXT records, by UDP (RFC 1035 §4). Long texts are told in several strings, as in truth. */
export async function startDns(zone: Zone, rules: DnsRules = {}): Promise<DnsStandIn> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (question: Buffer, from: RemoteInfo) => {
    const { name, end } = questionOf(question);
    asked.push(name);
    if (rules.silent?.includes(name)) return;
    const texts = zone[name];
    const code = rules.failing?.includes(name) ? RCODE.failed : texts ? RCODE.ok : RCODE.absent;
    socket.send(answerTo(question.subarray(0, end), code, code === RCODE.ok ? (texts ?? []) : []), from.port);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** The first question's name, and where its type and class end. */
function questionOf(packet: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

function answerTo(question: Buffer, code: number, texts: readonly string[]): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(texts.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, ...texts.map(txtRecord)]);
}

/** The name by a pointer to the question; one string holds 255 bytes at most. */
function txtRecord(text: string): Buffer {
  const strings = (text.match(/[\s\S]{1,255}/g) ?? ['']).map((part) =>
    Buffer.concat([Buffer.from([part.length]), Buffer.from(part, 'latin1')]),
  );
  const data = Buffer.concat(strings);
  const fixed = Buffer.alloc(12);
  fixed.writeUInt16BE(0xc00c, 0);
  fixed.writeUInt16BE(16, 2);
  fixed.writeUInt16BE(1, 4);
  fixed.writeUInt32BE(60, 6);
  fixed.writeUInt16BE(data.length, 10);
  return Buffer.concat([fixed, data]);
}
