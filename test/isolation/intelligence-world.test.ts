import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessFeature } from '@accord/access';
import { createOrm, execute, inTransaction } from '@accord/persistence';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import type { MikroORM } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import type { ModelWorld } from './support/audience-model.js';
import { InsideGateway } from './support/inside-gateway.js';
import { namedTo, surfacesOf } from './support/intelligence-model.js';
import { Reader } from './support/intelligence-surfaces.js';
import { loadWorlds, rowsOf } from './support/load-world.js';
import { ORGANISATIONS, randomWorld } from './support/random-world.js';
import { withoutTraces } from './support/without-traces.js';
import type { Told } from './support/world-reader.js';

/**
 * So many in each run; ACCORD_WORLDS=2000 asks for more than a run of all suites has time for. A run is repeated with
 * the seed that it printed, as ACCORD_WORLD_SEED.
 */
const WORLDS = Number(process.env['ACCORD_WORLDS'] ?? 200);
/** Worlds whose people all read at once: what one of them is told is never another's, whoever's connection it was. */
const AT_ONCE = 8;
const SEED = Number(process.env['ACCORD_WORLD_SEED'] ?? Date.now() % 2 ** 31);

const TENANTS = Array.from({ length: ORGANISATIONS }, (_, tenant) => tenant);

/** What tells somebody of another organisation's: worlds in which nobody was ever told anything would agree too. */
const WAYS: Readonly<Record<string, RegExp>> = {
  list: /^list /,
  search: /^search /,
  others: /^others /,
  home: /^home /,
  provider: /^provider \d \d+ of/,
  open: /^open .*Detail/,
  export: /^export /,
  item: /^item .*Summary/,
  readers: /^readers /,
  log: /^log /,
  'an owner that stays anonymous': /^list .*of nobody/,
  'a withdrawal': /^item .*: null/,
};
const FEWEST_PER_WORLD = 0.05;
/** Worlds of which nobody reads. */
const WORLDS_BESIDE = Math.max(100, WORLDS / 5);

describe('the surfaces of intelligence', () => {
  let database: TestDatabase;
  let loader: MikroORM;
  let gateway: InsideGateway;
  let loaded = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    loader = await createOrm({ url: database.urls.superuser, entities: accessFeature.entities, pool: 1 });
    // Plans are made once for each connection: of tables that have something in them, as everywhere but in a test.
    const others = fc.sample(randomWorld, { seed: SEED, numRuns: WORLDS_BESIDE });
    await inTransaction(loader, async (em) => {
      await loadWorlds(
        em,
        others.map((world, number) => ({ world, rows: rowsOf(`beside ${number} `) })),
      );
      await execute(em, 'analyze');
    });
    gateway = await InsideGateway.open(database);
  });

  afterAll(async () => {
    await gateway.close();
    await loader.close();
    await database.drop();
  });

  it(`say to everybody what the model says, in ${WORLDS} random worlds side by side`, async () => {
    console.log(`random worlds: ${WORLDS} (ACCORD_WORLDS), seed ${SEED} (ACCORD_WORLD_SEED)`);
    const met = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(randomWorld, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (worlds) => {
        const all = await withoutTraces(() => readAll(worlds));
        for (const [number, world] of worlds.entries()) expectAgreement(world, all[number] ?? []);
        for (const way of all.flatMap(waysOf)) met.set(way, (met.get(way) ?? 0) + 1);
      }),
      { seed: SEED, numRuns: Math.ceil(WORLDS / AT_ONCE) },
    );
    expect(Object.keys(WAYS).filter((way) => (met.get(way) ?? 0) < WORLDS * FEWEST_PER_WORLD)).toEqual([]);
  }, 300_000);

  /** Everybody of some new worlds reads at once; then everybody looks at who did. */
  async function readAll(worlds: readonly ModelWorld[]): Promise<Told[][]> {
    const placed = worlds.map((world) => ({ world, rows: rowsOf(`${(loaded += 1)} `) }));
    await inTransaction(loader, (em) => loadWorlds(em, placed));
    const readers = placed.map(({ world, rows }) => TENANTS.map((tenant) => new Reader(gateway, world, rows, tenant)));
    await Promise.all(readers.flat().map((reader) => reader.read()));
    return Promise.all(readers.map((own) => Promise.all(own.map((reader) => reader.look()))));
  }
});

function expectAgreement(world: ModelWorld, told: readonly Told[]): void {
  expect(told.map(({ lines }) => lines)).toEqual(TENANTS.map((tenant) => surfacesOf(world, tenant)));
  const strangers = told.map(({ named }, tenant) => [...named].filter((one) => !namedTo(world, tenant).has(one)));
  expect(strangers).toEqual(TENANTS.map(() => []));
}

/** The ways in which each tenant was told of others', one for each line. */
const waysOf = (told: readonly Told[]): string[] =>
  told.flatMap(({ lines }, tenant) =>
    lines
      .filter((line) => !line.includes(` of ${tenant}:`))
      .flatMap((line) => Object.keys(WAYS).filter((way) => WAYS[way]?.test(line))),
  );
