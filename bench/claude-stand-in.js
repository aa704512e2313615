// The stand-in of Claude that the tests have, in a process of its own; told by its parent to count or to stop.
// node claude-stand-in.js LATENCY: answers so many milliseconds after a call has come in.
import { bundle } from './bundle.js';

const { ANTHROPIC_TEST_KEY, startAnthropic } = await import(
  await bundle('claude', "export * from './test/stand-ins/anthropic.ts';")
);

const BODY = `Bonjour {name},

Quand une mission sort de l’ordinaire, la confiez-vous à vos équipes ou à un prestataire ? Je pose la question parce que votre réponse m’évitera de vous parler de ce qui ne vous sert pas.

Si tout se fait en interne, je n’ai sans doute rien à vous proposer, et je ne reviendrai pas vers vous. Sinon, un échange de dix minutes suffit pour voir si nous pouvons vous être utiles. Un seul mot en réponse me va très bien.`;

/** Greets whoever the facts name. */
function reply({ messages: [first] }) {
  const name = /"id":"first_name","about":"person","value":"([^"]+)"/.exec(first.content)?.[1] ?? '';
  return JSON.stringify({
    subject: 'Vos missions hors norme',
    body: BODY.replace('{name}', name),
    claims: [],
  });
}

const server = await startAnthropic({ latency: Number(process.argv[2] ?? 0), reply });

process.on('message', (word) => {
  if (word === 'stop') process.disconnect();
  else process.send({ calls: server.messages.length });
  server.messages.length = 0;
  server.requests.length = 0;
});
process.on('disconnect', () => process.exit(0));
process.send({ port: Number(new URL(server.url).port), key: ANTHROPIC_TEST_KEY });
