import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessFeature, audienceOf } from '@accord/access';
import { createOrm, execute, ROLE } from '@accord/persistence';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { knowledge, seesMember, type Knowledge, type ModelWorld } from './support/audience-model.js';
import { loadWorld, rowOf } from './support/load-world.js';
import { ORGANISATIONS, randomWorld } from './support/random-world.js';

/** Times that worlds are added for the sake of a way that was rare among them. */
const MOST_MORE = 4;
const WORLDS = 500;

/** By sharing and tenant, in the model's numbers. */
type Table = Readonly<Record<string, Knowledge>>;

describe('the audience', () => {
  let database: TestDatabase;
  let orm: MikroORM;

  beforeAll(async () => {
    database = await createTestDatabase();
    // The superuser loads each world and then becomes the gateway, inside one transaction that is rolled back.
    orm = await createOrm({ url: database.urls.superuser, entities: accessFeature.entities, pool: 1 });
  });

  afterAll(async () => {
    await orm.close();
    await database.drop();
  });

  it(`is the same to the row policy, to the all-tenant statement and to the model, in ${WORLDS} random worlds`, async () => {
    const seed = Number(process.env['ACCORD_WORLD_SEED'] ?? Date.now() % 2 ** 31);
    console.log(`random worlds: seed ${seed} (ACCORD_WORLD_SEED)`);
    const met = new Map<string, number>();
    const rare = () => WAYS.filter((way) => (met.get(way) ?? 0) < FEWEST_OF_A_WAY);
    const agree = fc.asyncProperty(randomWorld, async (world) => {
      const model = tableOf(world, (sharing, tenant) => knowledge(world, sharing, tenant));
      count(met, world);
      const { policy, all, memberships } = await inDatabase(world);
      expect(policy).toEqual(model);
      expect(memberships).toEqual(membershipsOf(world));
      // Nobody of a suspended organisation is there to be told.
      expect(all).toEqual(
        tableOf(world, (sharing, tenant) => (world.suspended[tenant] ? 'nothing' : knowledge(world, sharing, tenant))),
      );
    });
    await fc.assert(agree, { seed, numRuns: WORLDS });
    // Worlds in which nobody ever knows of anything would agree too. The rarest way is now and then in none of so many.
    for (let more = 1; more <= MOST_MORE && rare().length > 0; more += 1)
      await fc.assert(agree, { seed: seed + more, numRuns: WORLDS });
    expect(rare()).toEqual([]);
  }, 180_000);

  async function inDatabase(world: ModelWorld): Promise<{ policy: Table; all: Table; memberships: string[] }> {
    const em = orm.em.fork();
    await em.begin();
    try {
      await loadWorld(em, world);
      // Thousands of executions of a few statements: planned once, and not each time anew.
      await em.execute('set local plan_cache_mode = force_generic_plan');
      await em.execute(`set local session authorization ${ROLE.gateway}`);
      const memberships = await seenMemberships(em);
      return { policy: await policyOf(em, world), all: await allOf(em, world), memberships };
    } finally {
      await em.rollback();
    }
  }
});

/** How somebody other than the owner comes to know of something, each met so often in a run. */
const FEWEST_OF_A_WAY = 20;
const WAYS = [
  'OWN_BOROUGH all',
  'NAMED all',
  'BOROUGHS_CONCERNED all',
  'ALLIANCE all',
  'NAMED existence',
  'BOROUGHS_CONCERNED existence',
  'ALLIANCE existence',
];

function count(met: Map<string, number>, world: ModelWorld): void {
  for (const sharing of world.sharings) {
    for (let tenant = 0; tenant < ORGANISATIONS; tenant += 1) {
      if (tenant === sharing.owner) continue;
      const way = `${sharing.level} ${knowledge(world, sharing, tenant)}`;
      met.set(way, (met.get(way) ?? 0) + 1);
    }
  }
}

/** What the row policies show each tenant in turn: the sharing's row, the flag's, and to the owner its detail. */
async function policyOf(em: EntityManager, world: ModelWorld): Promise<Table> {
  const known = new Map<string, Knowledge>();
  const ids = `{${idsOf(world).join(',')}}`;
  for (let tenant = 0; tenant < ORGANISATIONS; tenant += 1) {
    await execute(em, `select set_config('app.tenant', ?, true)`, [rowOf('organisation', tenant)]);
    const [seen] = await execute<{ sharings: string[]; flags: string[]; details: string[] }>(
      em,
      `select array(select id::text from sharing where id = any(?::uuid[])) as sharings,
         array(select id::text from flag where id = any(?::uuid[])) as flags,
         array(select flag_id::text from flag_detail where flag_id = any(?::uuid[])) as details`,
      [ids, ids, ids],
    );
    for (const [number, { owner }] of world.sharings.entries()) {
      const id = rowOf('sharing', number);
      const [sharing, flag, detail] = [
        seen?.sharings.includes(id),
        seen?.flags.includes(id),
        seen?.details.includes(id),
      ];
      expect({ tenant, number, detail }).toEqual({ tenant, number, detail: owner === tenant });
      // Content without the sharing that it hangs on would be neither of the three.
      if (flag && !sharing) throw new Error(`Tenant ${tenant} sees the flag ${number} and not its sharing.`);
      known.set(`${number} ${tenant}`, flag ? 'all' : sharing ? 'existence' : 'nothing');
    }
  }
  return tableOf(world, (_sharing, tenant, number) => known.get(`${number} ${tenant}`) ?? 'nothing');
}

/** Which memberships of groups the policies show each tenant in turn. */
async function seenMemberships(em: EntityManager): Promise<string[]> {
  const seen: string[] = [];
  for (let tenant = 0; tenant < ORGANISATIONS; tenant += 1) {
    await execute(em, `select set_config('app.tenant', ?, true)`, [rowOf('organisation', tenant)]);
    const rows = await execute<{ group_id: string; organisation_id: string }>(
      em,
      'select group_id, organisation_id, member_from from borough_group_member',
    );
    seen.push(...rows.map((row) => `${tenant} sees ${row.organisation_id} in ${row.group_id}`));
  }
  return seen.toSorted();
}

const membershipsOf = ({ groups }: ModelWorld): string[] =>
  groups
    .flatMap((group, number) =>
      Array.from({ length: ORGANISATIONS }, (_, tenant) => tenant).flatMap((tenant) =>
        group.members
          .filter((member) => seesMember(group, tenant, member))
          .map((member) => `${tenant} sees ${rowOf('organisation', member.organisation)} in ${rowOf('group', number)}`),
      ),
    )
    .toSorted();

const idsOf = ({ sharings }: ModelWorld): string[] => sharings.map((_, number) => rowOf('sharing', number));

/** What the one statement for all tenants says. */
async function allOf(em: EntityManager, world: ModelWorld): Promise<Table> {
  const known = new Map(
    (await audienceOf(em, idsOf(world))).map((knows) => [`${knows.sharingId} ${knows.tenantId}`, knows.inFull]),
  );
  return tableOf(world, (_sharing, tenant, number) => {
    const inFull = known.get(`${rowOf('sharing', number)} ${rowOf('organisation', tenant)}`);
    if (inFull === undefined) return 'nothing';
    return inFull ? 'all' : 'existence';
  });
}

function tableOf(
  world: ModelWorld,
  of: (sharing: ModelWorld['sharings'][number], tenant: number, number: number) => Knowledge,
): Table {
  const tenants = Array.from({ length: ORGANISATIONS }, (_, tenant) => tenant);
  return Object.fromEntries(
    world.sharings.flatMap((sharing, number) =>
      tenants.map((tenant) => [`sharing ${number} to tenant ${tenant}`, of(sharing, tenant, number)]),
    ),
  );
}
