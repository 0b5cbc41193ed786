import type { EntityManager } from '@mikro-orm/postgresql';
import { overRows } from '../import/recordset.js';
import type { MatchedRow } from './use-change.js';
import type { UseRow } from './use-file.js';

interface Match {
  readonly line: number;
  readonly provider_id: string;
  readonly home_id: string | null;
  readonly label: string;
}

/** How a home's name and postcode stand in a row. */
const NAME = `lower(regexp_replace(trim(h.name), '\\s+', ' ', 'g'))`;
const POSTCODE = `replace(h.postcode, ' ', '')`;

/**
 * What of the register each row is about: by the home's id; else by the registration, which is a home's, or that of a
 * provider without homes (fostering), or of one whose home the name and postcode tell; else by name and postcode.
 */
export async function matchRows(em: EntityManager, rows: readonly UseRow[]): Promise<MatchedRow[]> {
  const matches = await overRows<Match>(
    em,
    `with v as (select * from :rows as v(line int, home_id uuid, reference text, home text, postcode text)),
     by_reference as (
       select v.line, v.home, v.postcode, r.provider_id, r.home_id
       from v join registration r on r.reference = v.reference where v.home_id is null
     )
     select v.line, h.provider_id, h.id as home_id, h.name as label from v join home h on h.id = v.home_id
     union
     select g.line, h.provider_id, h.id, h.name from by_reference g join home h on h.id = g.home_id
     union
     select g.line, h.provider_id, h.id, h.name from by_reference g
       join home h on h.provider_id = g.provider_id and ${NAME} = g.home and ${POSTCODE} = g.postcode
       where g.home_id is null
     union
     select g.line, p.id, null, p.name from by_reference g join provider p on p.id = g.provider_id
       where g.home_id is null and not exists (select from home h where h.provider_id = p.id)
     union
     select v.line, h.provider_id, h.id, h.name from v
       join home h on ${NAME} = v.home and ${POSTCODE} = v.postcode
       where v.home_id is null and v.reference is null`,
    rows.map(({ line, homeId, reference, home, postcode }) => ({ line, home_id: homeId, reference, home, postcode })),
  );
  const byLine = Map.groupBy(matches, ({ line }) => line);
  return rows.map((row) => ({
    row,
    found: (byLine.get(row.line) ?? []).map((match) => ({
      providerId: match.provider_id,
      homeId: match.home_id,
      label: match.label,
    })),
  }));
}
