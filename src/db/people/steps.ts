import type { Channel } from '../../engine/model.ts';
import { didYouMean } from '../../engine/suggest.ts';
import { usageError } from '../../errors.ts';
import type { Connection } from '../connection.ts';
import { versionOf } from '../tick/due.ts';

/** Steps as `CAMPAIGN:STEP`: those of this channel, and those on any. */
export interface StepPlaces {
  channel: Channel;
  own: string[];
  any: string[];
}

interface Place {
  campaignId: number;
  versionId: number;
}

/** Campaigns with the scenario they follow now. */
const places = (connection: Connection, campaignId: number | null): Place[] =>
  connection
    .prepare<[number | null, number | null], Place>(
      'select id as campaignId, scenario_version_id as versionId from campaign where ? is null or id = ?',
    )
    .all(campaignId, campaignId);

export function stepsOn(connection: Connection, channel: Channel, campaignId: number | null): StepPlaces {
  const found: StepPlaces = { channel, own: [], any: [] };
  for (const place of places(connection, campaignId))
    for (const step of versionOf(connection, place.versionId).scenario.steps) {
      const name = `${place.campaignId}:${step.id}`;
      if (step.channel === channel) found.own.push(name);
      if (step.channel === 'auto') found.any.push(name);
    }
  return found;
}

/** @throws UserError for a step that no campaign has, with the nearest */
export function requireStep(connection: Connection, step: string, campaignId: number | null): void {
  const known = new Set(
    places(connection, campaignId).flatMap(({ versionId }) =>
      versionOf(connection, versionId).scenario.steps.map(({ id }) => id),
    ),
  );
  if (known.has(step)) return;
  const where = campaignId === null ? 'no campaign has' : 'the campaign has no';
  throw usageError(`${where} step "${step}"${didYouMean(step, known)}`, 'hector campaign list');
}
