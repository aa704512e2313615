// Answers Resend's two sending calls, in a process of its own; told by its parent to count or to stop.
// node mail-stand-in.js [LATENCY]: answers so many milliseconds after a call has come in; at once if not said.
import { createServer } from 'node:http';

const latency = Number(process.argv[2] ?? 0);
let accepted = 0;
/** When each call came in, ms. */
let calls = [];
const server = createServer((request, response) => {
  calls.push(performance.now());
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { status, body } = answer(request, Buffer.concat(chunks).toString('utf8'));
    const text = JSON.stringify(body);
    const respond = () => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    };
    if (latency > 0) setTimeout(respond, latency);
    else respond();
  });
});
server.keepAliveTimeout = 60_000;

function answer({ method, url, headers }, text) {
  const refused = (status, name) => ({ status, body: { statusCode: status, name, message: name } });
  if (method !== 'POST' || (url !== '/emails' && url !== '/emails/batch')) return refused(404, 'not_found');
  if (!headers.authorization?.startsWith('Bearer re_')) return refused(401, 'missing_api_key');
  if (!headers['idempotency-key']) return refused(400, 'invalid_idempotency_key');
  const mails = [JSON.parse(text)].flat();
  if (
    mails.length > 100 ||
    !mails.every(({ from, to, subject, text: body }) => from && to && subject && body)
  )
    return refused(422, 'validation_error');
  const data = mails.map(() => ({ id: `5d2a1c3e-0000-4000-8000-${String(++accepted).padStart(12, '0')}` }));
  return { status: 200, body: url === '/emails' ? data[0] : { data, errors: [] } };
}

/** The most calls that came in within one second, wherever that second begins. */
function busiestSecond() {
  let most = 0;
  let first = 0;
  for (const [index, at] of calls.entries()) {
    while (at - calls[first] >= 1000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

process.on('message', (word) => {
  if (word === 'stop') process.disconnect();
  else process.send({ accepted, calls: calls.length, busiest: busiestSecond() });
  accepted = 0;
  calls = [];
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
