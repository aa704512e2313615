import { describe, expect, it } from 'vitest';
import {
  aCampaign,
  aMessage,
  anEnrolment,
  anEvent,
  aProspect,
  aScenario,
  aStep,
  aSuppression,
  NOW,
} from '../builders.ts';
import { backedUp, restored } from './backed-up.ts';

describe('what happened since the backup', () => {
  it('is there for who was enrolled since, under a new number where its own is taken', async () => {
    const folder = await backedUp(
      (connection) => {
        aProspect(connection);
        aProspect(connection);
        aCampaign(connection);
        anEnrolment(connection, { prospectId: 2, campaignId: 1 });
      },
      (connection) => {
        // In the present one the number 1 is of the other person.
        connection.exec('delete from enrolment');
        const enrolmentId = anEnrolment(connection, { prospectId: 1, campaignId: 1, status: 'replied' });
        connection.exec('update enrolment set id = 1');
        const messageId = aMessage(connection, { enrolmentId: 1, state: 'sent' });
        anEvent(connection, { type: 'replied', messageId });
        expect(enrolmentId).toBe(2);
      },
    );
    const { result, all } = await restored(folder);
    expect(all('select id, prospect_id, status from enrolment order by id')).toEqual([
      { id: 1, prospect_id: 2, status: 'active' },
      { id: 3, prospect_id: 1, status: 'replied' },
    ]);
    expect(all('select enrolment_id, prospect_id, state from message')).toEqual([
      { enrolment_id: 3, prospect_id: 1, state: 'sent' },
    ]);
    expect(all('select type, enrolment_id, message_id from event')).toEqual([
      { type: 'replied', enrolment_id: 3, message_id: 1 },
    ]);
    expect(result).toMatchObject({ enrolments_taken_over: 1, unknown_people: 0 });
  });

  it('leaves out who was enrolled since and got nothing: that may be what is taken back', async () => {
    const folder = await backedUp(
      (connection) => {
        aProspect(connection);
        aCampaign(connection);
      },
      (connection) => {
        anEvent(connection, {
          type: 'enrolled',
          enrolmentId: anEnrolment(connection, { prospectId: 1, campaignId: 1 }),
        });
      },
    );
    const { result, all } = await restored(folder);
    expect(all('select 1 from enrolment')).toEqual([]);
    expect(result.enrolments_taken_over).toBe(0);
  });

  it('claims nothing where nothing has happened, though somebody was erased before', async () => {
    const folder = await backedUp(
      (connection) => {
        const messageId = aMessage(connection, { state: 'sent' });
        anEvent(connection, { type: 'sent', messageId });
        connection.exec('update prospect set erased_at = 5, email = null');
      },
      () => undefined,
    );
    expect((await restored(folder)).result).toMatchObject({ enrolments_taken_over: 0, blacklisted: 0 });
  });

  it('keeps the answers to campaigns that the backup does not know', async () => {
    const folder = await backedUp(
      (connection) => aProspect(connection),
      (connection) => {
        const campaignId = aCampaign(connection);
        const known = anEnrolment(connection, { prospectId: 1, campaignId, status: 'replied' });
        anEvent(connection, { type: 'replied', enrolmentId: known });
        const prospectId = aProspect(connection, {
          email: 'anne@refus.example',
          mobile: null,
          linkedin: null,
        });
        const unknown = anEnrolment(connection, { prospectId, campaignId, status: 'replied' });
        anEvent(connection, { type: 'replied', enrolmentId: unknown });
        const rehearsed = anEnrolment(connection, {
          campaignId: aCampaign(connection, { mode: 'rehearsal' }),
        });
        anEvent(connection, { type: 'replied', enrolmentId: rehearsed });
      },
    );
    const { result, all } = await restored(folder);
    expect(all('select type, prospect_id, campaign_id, enrolment_id from event')).toEqual([
      { type: 'replied', prospect_id: 1, campaign_id: null, enrolment_id: null },
    ]);
    expect(all('select value, source from suppression')).toEqual([
      { value: 'anne@refus.example', source: 'restore' },
    ]);
    expect(result).toMatchObject({ blacklisted: 1, people_taken_over: 0, campaigns_taken_over: [] });
  });

  it('is judged by the scenario that the campaign has now, for all of its people', async () => {
    const changed = aScenario({ steps: [aStep({ id: 'nouveau' }), aStep({ id: 'suite', wait: '3d' })] });
    const folder = await backedUp(
      (connection) => {
        const campaignId = aCampaign(connection);
        const enrolmentId = anEnrolment(connection, { campaignId });
        anEnrolment(connection, { campaignId });
        aMessage(connection, { enrolmentId, state: 'ready' });
      },
      (connection) => {
        connection
          .prepare(
            "insert into scenario_version (id, slug, name, hash, body, created_at) values (7, 'essai', 'Essai', 'changed', ?, 9)",
          )
          .run(JSON.stringify({ scenario: changed, templates: {} }));
        connection.exec(`update campaign set scenario_version_id = 7; update enrolment set step = 'nouveau';
          update enrolment set step = 'suite' where id = 1; update message set state = 'cancelled'`);
        aMessage(connection, { enrolmentId: 1, step: 'nouveau', state: 'sent' });
      },
    );
    const { result, all } = await restored(folder);
    expect(
      all('select hash from scenario_version v join campaign c on c.scenario_version_id = v.id'),
    ).toEqual([{ hash: 'changed' }]);
    expect(all('select step from enrolment order by id')).toEqual([{ step: 'suite' }, { step: 'nouveau' }]);
    expect(all('select step, state from message order by id')).toEqual([
      { step: 'email-1', state: 'cancelled' },
      { step: 'nouveau', state: 'sent' },
    ]);
    expect(result.enrolments_taken_over).toBe(2);
  });

  it('leaves a person paused who was paused', async () => {
    const folder = await backedUp(
      (connection) => anEnrolment(connection),
      (connection) =>
        connection.exec("update enrolment set status = 'paused', reason = 'operator', next_at = null"),
    );
    expect((await restored(folder)).all('select status from enrolment')).toEqual([{ status: 'paused' }]);
  });

  it('gives no number twice: keys are made of them', async () => {
    const folder = await backedUp(
      (connection) => {
        aCampaign(connection);
        aProspect(connection);
      },
      (connection) => {
        aMessage(connection, { state: 'draft', enrolmentId: anEnrolment(connection) });
        aMessage(connection, { state: 'draft', enrolmentId: anEnrolment(connection) });
      },
    );
    const { all, connection } = await restored(folder);
    const next = (table: string) =>
      connection.prepare('select seq from sqlite_sequence where name = ?').pluck().get(table);
    expect(['message', 'enrolment', 'prospect', 'campaign'].map(next)).toEqual([2, 2, 3, 3]);
    expect(all('select 1 from message')).toEqual([]);
    expect(aMessage(connection, { createdAt: NOW })).toBe(3);
  });

  it('keeps a mail that was perhaps sent, with its key: the repeat is the same one', async () => {
    const folder = await backedUp(
      (connection) => aMessage(connection, { enrolmentId: anEnrolment(connection), state: 'ready' }),
      (connection) => connection.exec("update message set idempotency_key = 'hector-1', attempts = 1"),
    );
    const { all } = await restored(folder);
    expect(all('select state, idempotency_key from message')).toEqual([
      { state: 'ready', idempotency_key: 'hector-1' },
    ]);
  });

  it('does not bring back what was taken back', async () => {
    const folder = await backedUp(
      (connection) => {
        const enrolmentId = anEnrolment(connection);
        anEvent(connection, { type: 'accepted', enrolmentId });
      },
      (connection) => connection.exec(`update event set type = 'undone', data = '{"was":"accepted"}'`),
    );
    const { all } = await restored(folder);
    expect(all('select type from event')).toEqual([{ type: 'undone' }]);
  });

  it('carries no image for an undo: its numbers are those of the other file', async () => {
    const folder = await backedUp(
      (connection) => anEnrolment(connection),
      (connection) => {
        anEvent(connection, { type: 'accepted', enrolmentId: 1 });
        connection.exec(
          `update event set data = '{"undo":{"act":"accepted"},"by":"hand"}' where type = 'accepted'`,
        );
      },
    );
    const { all } = await restored(folder);
    expect(all("select data from event where type = 'accepted'")).toEqual([{ data: '{"by":"hand"}' }]);
  });

  it('hears an answer whose enrolment could not be read', async () => {
    const folder = await backedUp(
      (connection) => anEnrolment(connection),
      (connection) => {
        anEvent(connection, { type: 'replied', enrolmentId: 1 });
        connection.pragma('foreign_keys = OFF');
        connection.exec('delete from enrolment');
      },
    );
    const { all } = await restored(folder);
    expect(all('select status from enrolment')).toEqual([{ status: 'replied' }]);
    expect(all("select count(*) as n from event where type = 'replied'")).toEqual([{ n: 1 }]);
  });

  it('says so where nobody got anything', async () => {
    const folder = await backedUp(
      (connection) => aSuppression(connection, 'email', 'anne@refus.example'),
      () => undefined,
    );
    expect((await restored(folder)).result).toMatchObject({ taken_over: true, not_read: [], blacklisted: 0 });
  });
});
