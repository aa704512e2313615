import type { Owner } from '../engine/ports/ticks.ts';
import type { Connection } from './connection.ts';
import { isKeptByAnother, type LeaseRow } from './tick/lease.ts';

/** Its launch is under way, or was cut off: the launch leaves its row, and who pauses a campaign leaves a time. */
export const UNFINISHED = `campaign.status = 'paused' and (campaign.paused_at is null
  or exists (select 1 from lease where lease.name = 'launch:' || campaign.id))`;

/** Real time, as of every lease. */
export const holdLaunch = (connection: Connection, campaignId: number, { host, pid }: Owner): void =>
  void connection
    .prepare<[string, string, number, number]>(
      'insert or replace into lease (name, host, pid, heartbeat_at) values (?, ?, ?, ?)',
    )
    .run(`launch:${campaignId}`, host, pid, Date.now());

export const endLaunch = (connection: Connection, campaignId: number): void =>
  void connection.prepare<[string]>('delete from lease where name = ?').run(`launch:${campaignId}`);

/** It shows itself: another host cannot see otherwise that it lives. */
export const renewLaunch = (connection: Connection, campaignId: number): void =>
  void connection
    .prepare<[number, string]>('update lease set heartbeat_at = ? where name = ?')
    .run(Date.now(), `launch:${campaignId}`);

/** A program that lives takes people into it. */
export function isLaunchedElsewhere(connection: Connection, campaignId: number, owner: Owner): boolean {
  const held = connection
    .prepare<[string], LeaseRow>('select host, pid, heartbeat_at from lease where name = ?')
    .get(`launch:${campaignId}`);
  return held !== undefined && isKeptByAnother(held, owner);
}
