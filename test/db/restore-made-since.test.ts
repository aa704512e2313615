import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/db/connection.ts';
import { senderUsage } from '../../src/db/tick/senders.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aProspect, DAY, HOUR, NOW } from '../builders.ts';
import { backedUp, restored } from './backed-up.ts';

const SENDER = 'linkedin';
const INVITATION = { channel: 'linkedin', kind: 'invitation', sender: SENDER } as const;

/** An invitation by hand that is in the ledger. */
function invited(connection: Connection, enrolmentId: number, sentAt: number) {
  const messageId = aMessage(connection, { ...INVITATION, enrolmentId, state: 'sent', sentAt });
  anEvent(connection, { type: 'sent', messageId, at: sentAt });
}

const week = (connection: Connection) =>
  senderUsage(connection, [{ lane: 'invitation', channel: 'linkedin', sender: SENDER }], {
    ...{ hour: NOW - HOUR, day: NOW - DAY, week: NOW - 7 * DAY },
  })[0]?.week;

describe('what campaigns made since have sent', () => {
  it('counts for the caps, and for each person, with the campaign paused', async () => {
    const folder = await backedUp(
      (connection) => aProspect(connection),
      (connection) => {
        const campaignId = aCampaign(connection, { name: 'Été', caps: { invitation: 5 } });
        const later = aProspect(connection);
        invited(
          connection,
          anEnrolment(connection, { prospectId: 1, campaignId, step: 'email-2' }),
          NOW - HOUR,
        );
        invited(connection, anEnrolment(connection, { prospectId: later, campaignId }), NOW - 2 * HOUR);
        // Who got nothing is what is taken back; so is a campaign that sent nothing, or a rehearsal.
        anEnrolment(connection, { campaignId });
        anEnrolment(connection, { campaignId: aCampaign(connection) });
        aMessage(connection, {
          enrolmentId: anEnrolment(connection, { campaignId: aCampaign(connection, { mode: 'rehearsal' }) }),
          state: 'sent',
        });
      },
    );
    const { result, all, connection } = await restored(folder);
    expect(week(connection)).toBe(2);
    expect(all('select name, status, caps from campaign')).toEqual([
      { name: 'Été', status: 'paused', caps: '{"invitation":5}' },
    ]);
    expect(all('select prospect_id, step from enrolment order by id')).toEqual([
      { prospect_id: 1, step: 'email-2' },
      { prospect_id: 2, step: 'email-1' },
    ]);
    expect(all('select id, email from prospect')).toEqual([
      { id: 1, email: 'claire.durand@firme-1.example' },
      { id: 2, email: 'claire.durand@firme-2.example' },
    ]);
    expect(all('select type, campaign_id from event')).toHaveLength(2);
    expect(all("select json_extract(body, '$.scenario.slug') as slug from scenario_version")).toEqual([
      { slug: 'essai' },
    ]);
    expect(result).toMatchObject({
      ...{ unknown_people: 0, uncounted_until: null, people_taken_over: 1, enrolments_taken_over: 2 },
      ...{ campaigns_taken_over: ['Été'], paused: ['Été'] },
    });
  });

  it('is there under another name where the backup has that name', async () => {
    const folder = await backedUp(
      (connection) => aCampaign(connection, { name: 'Printemps' }),
      (connection) => {
        connection.exec("update campaign set name = 'Automne'");
        invited(
          connection,
          anEnrolment(connection, { campaignId: aCampaign(connection, { name: 'PRINTEMPS' }) }),
          NOW,
        );
      },
    );
    const { result, connection } = await restored(folder);
    expect(result).toMatchObject({ campaigns_taken_over: ['PRINTEMPS (2)'], unknown_people: 0 });
    expect(week(connection)).toBe(1);
  });

  it('keeps the answer of who came since, as theirs', async () => {
    const folder = await backedUp(
      () => undefined,
      (connection) => {
        const enrolmentId = anEnrolment(connection, { status: 'replied', reason: 'replied' });
        invited(connection, enrolmentId, NOW - HOUR);
        anEvent(connection, { type: 'replied', enrolmentId });
      },
    );
    const { result, all } = await restored(folder);
    expect(all('select status from enrolment')).toEqual([{ status: 'replied' }]);
    expect(all("select campaign_id from event where type = 'replied'")).toEqual([{ campaign_id: 1 }]);
    expect(result.blacklisted).toBe(0);
  });

  it('does not bring back who was erased: the touch counts, without a name', async () => {
    const folder = await backedUp(
      () => undefined,
      (connection) => {
        invited(connection, anEnrolment(connection), NOW - HOUR);
        connection.exec('update prospect set erased_at = 5, email = null, first_name = null');
      },
    );
    const { all, connection } = await restored(folder);
    expect(week(connection)).toBe(1);
    expect(all('select email, erased_at from prospect')).toEqual([{ email: null, erased_at: 5 }]);
  });
});

describe('who was moved since', () => {
  const moved = (connection: Connection, campaignId: number) => {
    connection.exec("update enrolment set status = 'stopped', reason = 'moved', step = null where id = 1");
    anEvent(connection, { type: 'stopped', enrolmentId: 1, data: { reason: 'moved' } });
    // Nobody else who was enrolled there since, and got nothing.
    anEnrolment(connection, { campaignId });
    anEnrolment(connection, { prospectId: 1, campaignId, step: 'email-2' });
  };
  const places = `select c.name, e.status, e.step from enrolment e join campaign c on c.id = e.campaign_id order by e.id`;
  const printemps = { name: 'Printemps', status: 'stopped', step: null };
  const ete = { name: 'Été', status: 'active', step: 'email-2' };
  const inPrintemps = (connection: Connection) =>
    anEnrolment(connection, { campaignId: aCampaign(connection, { name: 'Printemps' }) });

  it('is where they were moved to, also in a campaign made since that has sent nothing', async () => {
    const folder = await backedUp(inPrintemps, (connection) =>
      moved(connection, aCampaign(connection, { name: 'Été' })),
    );
    const { result, all } = await restored(folder);
    expect(all(places)).toEqual([printemps, ete]);
    expect(result).toMatchObject({ campaigns_taken_over: ['Été'], people_taken_over: 0 });
  });

  it('is where they were moved to in a campaign that the backup has', async () => {
    const folder = await backedUp(
      (connection) => {
        inPrintemps(connection);
        aCampaign(connection, { name: 'Été' });
      },
      (connection) => moved(connection, 2),
    );
    const { all } = await restored(folder);
    expect(all(places)).toEqual([printemps, ete]);
  });

  it('keeps only what the backup knows of it, where that was before', async () => {
    const folder = await backedUp(
      (connection) => {
        inPrintemps(connection);
        moved(connection, aCampaign(connection, { name: 'Été' }));
      },
      (connection) => anEnrolment(connection, { prospectId: 1, campaignId: aCampaign(connection) }),
    );
    const { all } = await restored(folder);
    expect(all(places)).toHaveLength(3);
  });
});

it('a restore keeps what the budgets, and the proof of the caps, are made of', async () => {
  const folder = await backedUp(
    () => undefined,
    (connection) => {
      connection.exec(`insert into tick (started_at, host, pid) values (5, 'h', 1);
        insert into sender_day (sender, lane, date, day_cap) values ('linkedin', 'invitation', '2026-11-23', 20);
        insert into model_call (at, purpose, model, input_tokens, output_tokens, cache_read_tokens,
          cache_write_tokens, cost, latency_ms, result) values (5, 'write', 'm', 1, 1, 0, 0, 700, 1, 'answered')`);
    },
  );
  const { all } = await restored(folder);
  expect(all('select cost from model_call')).toEqual([{ cost: 700 }]);
  expect(all('select day_cap from sender_day')).toEqual([{ day_cap: 20 }]);
  expect(all('select started_at from tick')).toEqual([{ started_at: 5 }]);
});

it('a rehearsal stands where it stood in the backup: nothing of it went out', async () => {
  const folder = await backedUp(
    (connection) => anEnrolment(connection, { campaignId: aCampaign(connection, { mode: 'rehearsal' }) }),
    (connection) => {
      connection.exec("update enrolment set step = 'email-2'");
      aMessage(connection, { enrolmentId: 1, state: 'sent' });
      anEvent(connection, { type: 'sent', messageId: 1 });
    },
  );
  const { result, all } = await restored(folder);
  expect(all('select step from enrolment')).toEqual([{ step: 'email-1' }]);
  expect(all('select 1 from message')).toEqual([]);
  expect(result.enrolments_taken_over).toBe(0);
});
