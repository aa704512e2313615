import type { PeopleSource } from '../engine/ports/campaigns.ts';
import { usageError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { findCampaign } from './find-campaign.ts';
import { knownImports } from './known-imports.ts';

/** The people of a source, by id. @throws UserError where there is no such campaign or import */
export async function candidates(connection: Connection, source: PeopleSource): Promise<number[]> {
  const ids = (sql: string, ...parameters: number[]): number[] =>
    connection
      .prepare<number[], number>(sql)
      .pluck()
      .all(...parameters);
  switch (source.kind) {
    case 'all':
      return ids('select id from prospect where erased_at is null order by id');
    case 'campaign': {
      const { id } = findCampaign(connection, source.name);
      return ids('select prospect_id from enrolment where campaign_id = ? order by prospect_id', id);
    }
    case 'where': {
      const { PeopleQuery } = await import('./people-query.ts');
      return new PeopleQuery(connection, source.filter, source.now).ids();
    }
    case 'import': {
      const status = connection
        .prepare<[number], string>('select status from import_run where id = ?')
        .pluck()
        .get(source.id);
      if (status === undefined)
        throw usageError(
          `no import ${source.id}${knownImports(connection)}`,
          'hector prospect import --help',
        );
      if (status !== 'done')
        throw usageError(`import ${source.id} is ${status}: it has no people`, 'hector prospect list');
      return ids(
        `select id from prospect where import_id = ? union
         select prospect_id from import_change where import_id = ? order by 1`,
        source.id,
        source.id,
      );
    }
  }
}
