import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/connection.ts';
import { portionsOf } from '../../src/engine/linkedin/portions.ts';
import type { Findings } from '../../src/engine/ports/linkedin.ts';
import { aCampaign, anEnrolment, aProspect, DAY, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { connections, linkedinWorkspace, messages } from './workspace.ts';

const reply = (prospectId: number, optOut = false) => ({
  ...{ prospectId, optOut, at: NOW, text: '', conversation: '', sender: '', answersUs: true },
});
const sending = (prospectId: number) => ({
  ...{ messageId: prospectId, prospectId, invitation: false, at: NOW, body: null },
});
const connection = (prospectId: number) => ({ prospectId, on: '2026-11-20', slug: null });

describe('findings go in by portions', () => {
  const idsOf = ({ sendings, connections, replies }: Findings) =>
    [sendings, connections, replies].map((each) => each.map(({ prospectId }) => prospectId));

  it('refusals first, then answers, a person and a firm whole, each in the order of the files', () => {
    const findings = {
      sendings: [sending(5), sending(2)],
      connections: [connection(1), connection(4), connection(3)],
      replies: [reply(2), reply(3, true), reply(4)],
    };
    const firms = new Map([
      [3, 'ateliers'],
      [5, 'ateliers'],
    ]);
    expect(portionsOf(findings, firms, 15).map(idsOf)).toEqual([
      [[5], [3], [3]],
      [[2], [], [2]],
      [[], [1, 4], [4]],
    ]);
  });

  it('a firm that fills a portion alone is not parted either', () => {
    const findings = { sendings: [], connections: [1, 2, 3, 4].map(connection), replies: [] };
    const firms = new Map([1, 2, 3].map((id) => [id, 'ateliers'] as const));
    expect(portionsOf(findings, firms, 2).map(idsOf)).toEqual([
      [[], [1, 2, 3], []],
      [[], [4], []],
    ]);
  });
});

/** More than one portion: as many people in a campaign, each connected and with an answer; the last one refuses. */
async function manyAnswers() {
  const workspace = await linkedinWorkspace();
  const { connection: base, file } = workspace;
  const slugs = Array.from({ length: 100 }, (_, number) => `claire-${number}`);
  base.transaction(() => {
    const campaignId = aCampaign(base);
    for (const [index, linkedin] of slugs.entries()) {
      const mobile = index === slugs.length - 1 ? '+33612345678' : null;
      const prospectId = aProspect(base, { linkedin, mobile, company: null });
      anEnrolment(base, { campaignId, prospectId, createdAt: NOW - 20 * DAY });
    }
    // Another row of whoever refuses.
    const prospectId = aProspect(base, { linkedin: null, mobile: '+33612345678' });
    anEnrolment(base, { campaignId, prospectId, createdAt: NOW - 20 * DAY });
  })();
  const files = [
    file(
      'c.csv',
      connections(...slugs.map((slug) => `A,B,https://www.linkedin.com/in/${slug}/,,C,D,05 Oct 2023`)),
    ),
    file(
      'm.csv',
      messages(
        ...slugs.map((from, index) => ({
          from,
          text: index === slugs.length - 1 ? 'Merci de ne plus me contacter' : 'Oui, volontiers',
        })),
      ),
    ),
  ];
  return { ...workspace, files };
}

it('broken off by ctrl-C, refusals are in, and the same import goes on: each answer counts once', async () => {
  const { files, folder, rows, import: take, dump } = await manyAnswers();
  const broken = testContext({ folder, json: true });
  const store = await broken.context.stores.linkedin();
  broken.context.stores.linkedin = async () => ({
    ...store,
    async begin(options) {
      const taking = await store.begin(options);
      return {
        ...taking,
        take(portion) {
          process.emit('SIGINT');
          return taking.take(portion);
        },
      };
    },
  });
  const { importLinkedin } = await import('../../src/commands/linkedin/import.ts');
  await expect(
    importLinkedin(broken.context, files, { dryRun: false, confirmSent: false, me: null, list: false }),
  ).rejects.toMatchObject({
    exitCode: 130,
    message: 'interrupted: 180 of 200 findings are in and hold; the same command goes on from there',
  });
  const ended = "select reason, count(*) as people from enrolment where status <> 'active' group by 1";
  expect(rows(ended)).toEqual([
    { reason: 'blacklisted', people: 1 },
    { reason: 'opted_out', people: 1 },
    { reason: 'replied', people: 89 },
  ]);
  expect((await take(files)).counts).toMatchObject({ replied: 10, reply_known: 90 });
  const atOnce = await manyAnswers();
  await atOnce.import(files);
  expect(dump()).toEqual(atOnce.dump());
});

it('a dry run waits for nobody, and nobody for it', async () => {
  const { folder, files, import: take, dump } = await manyAnswers();
  const before = dump();
  const other = openDatabase(testContext({ folder }).context.workspace().database, NOW);
  other.exec('begin immediate');
  expect((await take(files, { dryRun: true })).counts).toMatchObject({ replied: 99, opted_out: 1 });
  other.exec('rollback');
  other.close();
  expect(dump()).toEqual(before);
});
