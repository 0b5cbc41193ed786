import { expect } from '@jest/globals';
import { until } from '@accord/testkit';
import type pg from 'pg';
import { PLACES, toldOf, type RaisedFlag } from './flags.js';

/** How long it may take until everything is handled, with every core at work on other suites. */
export const PATIENCE_MS = 30_000;

interface ToldFlag {
  readonly id: string;
  readonly position: string;
  readonly told: string[];
}

/**
 * Waits until the outbox is handled, and expects that nothing is lost, doubled or out of order.
 * @param raised every flag that was raised, those about one provider in the order of their commits.
 * @returns the flags in the order of their places.
 */
export async function expectEverybodyTold(database: pg.Client, raised: readonly RaisedFlag[]): Promise<RaisedFlag[]> {
  await until(async () => (await countOf(database, UNHANDLED)) === 0, PATIENCE_MS);
  const { rows } = await database.query<ToldFlag>(TOLD, [raised.map(({ id }) => id)]);
  const byId = new Map(raised.map((flag) => [flag.id, flag]));
  expect(rows.map(({ id }) => id).sort()).toEqual([...byId.keys()].sort());
  const placed = rows.map(({ id, told }) => {
    const flag = byId.get(id);
    if (!flag) throw new Error('The query asks for these alone.');
    expect({ flag, told }).toEqual({ flag, told: toldOf(flag.place) });
    return flag;
  });
  for (const place of PLACES) {
    const here = (flag: RaisedFlag) => flag.place === place;
    expect(placed.filter(here)).toEqual(raised.filter(here));
  }
  expect(await countOf(database, OUT_OF_PLACE)).toBe(0);
  expect(await countOf(database, NOT_DELIVERED_ONCE)).toBe(0);
  return placed;
}

export async function countOf(database: pg.Client, query: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await database.query<{ count: string }>(`select count(*) from (${query}) counted`, [...values]);
  return Number(rows[0]?.count);
}

const UNHANDLED = 'select from outbox_event where position is null or handled_at is null';

/** A row per event, so that an event too many shows. */
const TOLD = `
  select e.sharing_id as id, e.position,
    array(select p.subject from notification n join principal p on p.id = n.recipient_id where n.event_id = e.id order by 1) as told
  from outbox_event e where e.kind = 'FLAG_RAISED' and e.sharing_id = any($1::uuid[]) order by e.position`;

/** Places are 1, 2, 3 and so on: none twice, none left out. */
const OUT_OF_PLACE = `
  select from (select position, row_number() over (order by position) as expected from outbox_event) placed
  where position is distinct from expected`;

const NOT_DELIVERED_ONCE = `
  select from notification n where (
    select array_agg(row(d.channel, d.state, a.number, a.outcome)::text)
    from delivery d left join delivery_attempt a on a.delivery_id = d.id where d.notification_id = n.id
  ) is distinct from array['(IN_APP,DELIVERED,1,DELIVERED)']`;
