import type { Connection } from '../connection.ts';
import { columnsOf } from './columns.ts';

/**
 * A live campaign whose scenario was changed since goes on by the changed one, since those who went on stand at its
 * steps. Leaves these campaigns in `temp.moved`: all of their people have to be taken over.
 */
export function carryVersions(connection: Connection): void {
  connection.exec(`create temp table moved as select m.id as campaign_id, pv.id as old, pv.slug, pv.hash
    from main.campaign m join present.campaign p on p.id = m.id and p.created_at = m.created_at
    join main.scenario_version mv on mv.id = m.scenario_version_id
    join present.scenario_version pv on pv.id = p.scenario_version_id
    where m.mode = 'live' and (mv.slug <> pv.slug or mv.hash <> pv.hash)`);
  addVersions(connection, 'select old from temp.moved');
  connection.exec(`update main.campaign as m set scenario_version_id = v.id
      from temp.moved x join main.scenario_version v on v.slug = x.slug and v.hash = x.hash
      where x.campaign_id = m.id`);
}

/** Versions of the database attached as `present`, under a new number where theirs is taken. @param ids a query */
export function addVersions(connection: Connection, ids: string): void {
  const columns = columnsOf(connection, 'scenario_version', ['id']);
  connection.exec(`insert or ignore into main.scenario_version (id, ${columns.join(', ')})
      select case when exists (select 1 from main.scenario_version m where m.id = p.id) then null else p.id end,
        ${columns.map((column) => `p.${column}`).join(', ')}
      from present.scenario_version p where p.id in (${ids})`);
}
