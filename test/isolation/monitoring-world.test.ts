import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessFeature } from '@accord/access';
import { londonDate } from '@accord/kernel';
import { createOrm, execute, inTransaction } from '@accord/persistence';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import type { MikroORM } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { InsideGateway } from './support/inside-gateway.js';
import { loadQuestions, monitoringLoads } from './support/load-monitoring.js';
import { loadWorlds, rowsOf as rowsOfWorld } from './support/load-world.js';
import { surfacesOf } from './support/monitoring-model.js';
import { rowsOf, rowsSeen } from './support/monitoring-rows.js';
import { MonitoringReader } from './support/monitoring-surfaces.js';
import type { MonitoringWorld } from './support/monitoring-world.js';
import { monitoringWorld } from './support/random-monitoring.js';
import { ORGANISATIONS } from './support/random-world.js';
import { withoutTraces } from './support/without-traces.js';

/**
 * So many in each run; ACCORD_WORLDS asks for more. A run is repeated with the seed that it printed, as
 * ACCORD_WORLD_SEED.
 */
const WORLDS = Number(process.env['ACCORD_WORLDS'] ?? 40);
/** Worlds whose people all read at once: what one of them is told is never another's, whoever's connection it was. */
const AT_ONCE = 4;
const SEED = Number(process.env['ACCORD_WORLD_SEED'] ?? Date.now() % 2 ** 31);
/** Worlds of which nobody reads. */
const WORLDS_BESIDE = 40;

const TENANTS = Array.from({ length: ORGANISATIONS }, (_, tenant) => tenant);

/**
 * What somebody is told of another's: worlds in which nobody was ever told anything would agree too. Of so many worlds
 * as are enough, none is without one of them by chance.
 */
const WAYS: Readonly<Record<string, RegExp>> = {
  'a visit': /^visit .*"SHARED".*"sharing":null.*Said-seen/,
  'a visit taken back': /^visit .*"WITHDRAWN".*"sharing":null/,
  'a visit whose borough stays anonymous': /^visit .*"borough":null.*Said-seen/,
  'what a visitor in care said': /^visit .*"sharing":null.*"by":"Said-visitor.*Said-words/,
  'what a visitor in care said, without a name': /^visit .*"sharing":null.*"by":null.*Said-words/,
  'a photo that a visitor in care shows': /^visit .*"sharing":null.*"shownToOthers":true/,
  'a finding': /^visit .*"sharing":null.*Said-finding/,
  'an action whose finding is not published': /^visit .*"sharing":null.*Said-action[^}]*"findingId":null/,
  'a hold': /^hold .*Said-hold.*"sharing":null/,
  'that there is a hold': /^hold .*"existenceOnly":true/,
  'an answer': /^answer .*Said-answer.*"recordedBy":null/,
  'what is missing': /dueDiligence .*"MISSING"/,
  'what is challenged': /dueDiligence .*"CHALLENGED"/,
  'what has expired': /dueDiligence .*"EXPIRED"/,
  'what was answered before': /dueDiligence .*"earlier":\[\{/,
  'what is asked again': /dueDiligence .*"isAskedAgain":true/,
  'a reference to whoever asked': /references .*"youngPeople":17.*"sharedWithAlliance":null/,
  'a reference to all members': /references .*"answers":\[.*"requestedBy":null/,
  'a reference that was declined': /references .*Said-declined.*"sharedWithAlliance":null/,
  'enough references': /^request .*"COMPLETE"/,
  'what is to be visited': /^visitSchedule .*"lastVisitOn":null/,
  'what was visited': /^visitSchedule .*"lastVisitOn":"/,
  'a notice': /^hostNotices .*"isBehind":null/,
};
const ENOUGH_WORLDS = 100;

describe('what is monitored', () => {
  let database: TestDatabase;
  let loader: MikroORM;
  let sessions: MikroORM;
  let gateway: InsideGateway;
  let loaded = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    loader = await createOrm({ url: database.urls.superuser, entities: accessFeature.entities, pool: 1 });
    sessions = await createOrm({ url: database.urls.gateway, entities: accessFeature.entities, pool: 4 });
    const beside = fc.sample(monitoringWorld, { seed: SEED, numRuns: WORLDS_BESIDE });
    await inTransaction(loader, async (em) => {
      await loadQuestions(em);
      const placed = beside.map((world, number) => ({ world, rows: rowsOfWorld(`beside ${number} `) }));
      await loadWorlds(em, placed, monitoringLoads);
      // Plans are made once for each connection: of tables that have something in them.
      await execute(em, 'analyze');
    });
    gateway = await InsideGateway.open(database);
  });

  afterAll(async () => {
    await gateway.close();
    await sessions.close();
    await loader.close();
    await database.drop();
  });

  it(`is to everybody what the model says, in ${WORLDS} random worlds side by side`, async () => {
    console.log(`random worlds: ${WORLDS} (ACCORD_WORLDS), seed ${SEED} (ACCORD_WORLD_SEED)`);
    const met = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(monitoringWorld, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (worlds) => {
        const today = londonDate(new Date());
        const told = await withoutTraces(() => tellAll(worlds));
        // What was loaded on one day and looked at on the next has days of both.
        fc.pre(londonDate(new Date()) === today);
        expect(told).toEqual(worlds.map((world) => TENANTS.map((tenant) => modelOf(world, tenant))));
        for (const { lines } of told.flat())
          for (const way of Object.keys(WAYS))
            if (lines.some((line) => WAYS[way]?.test(line))) met.set(way, (met.get(way) ?? 0) + 1);
      }),
      // A world that differs is shown as it is: each one that is smaller would be asked as much.
      { seed: SEED, numRuns: Math.ceil(WORLDS / AT_ONCE), endOnFailure: true },
    );
    expect(met.get('a visit')).toBeGreaterThan(0);
    expect(Object.keys(WAYS).filter((way) => WORLDS >= ENOUGH_WORLDS && !met.has(way))).toEqual([]);
  }, 300_000);

  /** Everybody of some new worlds looks at once. */
  async function tellAll(worlds: readonly MonitoringWorld[]): Promise<ToldOfAll[][]> {
    const placed = worlds.map((world) => ({ world, rows: rowsOfWorld(`${(loaded += 1)} `) }));
    await inTransaction(loader, (em) => loadWorlds(em, placed, monitoringLoads));
    return Promise.all(
      placed.map(({ world, rows: rowOf }) =>
        Promise.all(
          TENANTS.map(async (tenant) => {
            const { lines, met: all } = await new MonitoringReader(gateway, world, rowOf, tenant).read();
            const known = knownTo(world, tenant);
            const beyond = [...all].filter((one) => !known(one));
            return { lines, beyond, rows: await rowsSeen(sessions, world, rowOf, tenant) };
          }),
        ),
      ),
    );
  }
});

/** What somebody of a tenant was told, and which rows there are for their tenant. */
interface ToldOfAll {
  readonly lines: readonly string[];
  /** What was somewhere in an answer and is in no line. */
  readonly beyond: readonly string[];
  readonly rows: readonly string[];
}

const modelOf = (world: MonitoringWorld, tenant: number): ToldOfAll => ({
  lines: surfacesOf(world, tenant),
  beyond: [],
  rows: rowsOf(world, tenant),
});

/** Whether somebody may meet with something anywhere: it is in a line, in the register, or they themselves. */
function knownTo(world: MonitoringWorld, tenant: number): (what: string) => boolean {
  const text = surfacesOf(world, tenant).join('\n');
  return (what) =>
    /^(home|provider) /.test(what) || what === `organisation ${tenant}` || text.includes(JSON.stringify(what));
}
