import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { ROLE } from '@accord/persistence';
import pg from 'pg';
import { newFlag } from './support/operation.js';
import { Scene } from './support/scene.js';
import { COURT, JUNIPERWOOD, TENANT } from './support/world.js';

const RAISE = 'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id } } }';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

async function raise(): Promise<void> {
  const brent = await scene.member('brent');
  await brent.data(RAISE, { input: { ...newFlag(), homeId: COURT, idempotencyKey: newId() } });
}

describe('the sequencer’s role', () => {
  let gateway: pg.Client;

  beforeAll(async () => {
    await raise();
    gateway = new pg.Client({ connectionString: scene.accord.database.urls.gateway });
    await gateway.connect();
    await gateway.query(`set role ${ROLE.sequencer}`);
  });

  afterAll(() => gateway.end());

  it('moves nothing that has its place', async () => {
    const { rowCount } = await gateway.query('update outbox_event set position = position + 1000');
    expect(rowCount).toBe(0);
  });

  it.each([
    ['takes no event back', 'delete from outbox_event'],
    [
      'writes no event',
      `insert into outbox_event (id, kind, owner_id) values (gen_random_uuid(), 'X', gen_random_uuid())`,
    ],
    ['says of none that it was handled', 'update outbox_event set handled_at = now()'],
    ['changes no audience', 'update event_audience set tenant_id = tenant_id'],
    ['takes none away', 'delete from event_audience'],
    ['reads no text', 'select summary from flag'],
    ['reads no number of places', 'select * from placement_number'],
  ])('%s', async (_, sql) => {
    await expect(gateway.query(sql)).rejects.toThrow('permission denied');
  });

  it('leaves no event without a place that it says has one', async () => {
    const [event] = await scene.sql<{ id: string }>(
      `insert into outbox_event (id, kind, owner_id, provider_id, occurred_at)
       values (gen_random_uuid(), 'ACCREDITATION_CHANGED', $1, $2, now()) returning id`,
      [TENANT.alliance, JUNIPERWOOD],
    );
    await expect(gateway.query('update outbox_event set position = null where id = $1', [event?.id])).rejects.toThrow(
      'row-level security',
    );
    await scene.settled();
  });

  it('is not what the gateway is otherwise', async () => {
    await gateway.query('reset role');
    await expect(gateway.query('update outbox_event set position = 1')).rejects.toThrow('permission denied');
    await expect(
      gateway.query('insert into event_audience (tenant_id, position) values ($1, 1)', [TENANT.brent]),
    ).rejects.toThrow('permission denied');
  });
});

it('gives a commit its place though hundreds wait, and leaves what is beyond them to the worker', async () => {
  await scene.sql(
    `insert into outbox_event (id, kind, owner_id, provider_id, occurred_at)
     select gen_random_uuid(), 'ACCREDITATION_CHANGED', $1, $2, now() from generate_series(1, 450)`,
    [TENANT.alliance, JUNIPERWOOD],
  );
  await raise();
  await scene.settled();
  const [row] = await scene.sql(
    `select count(*) filter (where position is null)::int as without,
       count(*) filter (where position <> expected)::int as out_of_order
     from (select position, row_number() over (order by seq) as expected from outbox_event) placed`,
  );
  expect(row).toEqual({ without: 0, out_of_order: 0 });
});
