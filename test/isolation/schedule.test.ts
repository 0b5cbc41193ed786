import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { draftVisit } from './support/draft-visit.js';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { COURT, TENANT, TENANTS } from './support/world.js';

const RULE = everyField('VisitRule', { every: everyField('VisitSpan') });
const VISIT = everyField('ScheduledVisit', { rule: RULE, home: 'id' });
const SCHEDULE = `query($home: ID!) {
  visitRules { ${RULE} }
  visitSchedule(first: 50, filter: { homeId: $home }) { nodes { ${VISIT} } }
  visitScheduleFigures(homeId: $home) { ${everyField('VisitScheduleFigures')} }
  home(id: $home) { scheduledVisits { ${VISIT} } visitsDone { ${everyField('DoneVisit', { rule: 'name' })} } }
}`;

interface Seen {
  readonly visitRules: readonly { readonly name: string }[];
  readonly visitSchedule: { readonly nodes: readonly Record<string, unknown>[] };
  readonly visitScheduleFigures: Record<string, number>;
  readonly home: { readonly scheduledVisits: readonly unknown[]; readonly visitsDone: readonly unknown[] };
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  // One visit of Brent's that counts, one that it has not finished, and one where nobody was let in.
  for (const facts of [
    { state: 'SHARED', outcome: 'EXPECTATIONS_MET', visited_on: today(-10) },
    { state: 'DRAFT', visited_on: today(-5) },
    { state: 'SHARED', outcome: 'ACCESS_REFUSED', visited_on: today(-3) },
  ]) {
    const [table, row] = draftVisit(newId(), TENANT.brent);
    await scene.insert(table, { ...row, ...facts });
  }
});

afterAll(() => scene.stop());

const today = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const seenBy = async (who: string): Promise<Seen> => (await scene.caller(who)).data<Seen>(SCHEDULE, { home: COURT });

describe('a schedule of visits', () => {
  it('shows a borough its own schedule, field by field, and nobody else any', async () => {
    for (const who of ['brent-placements', 'brent-quality', 'brent-practitioner', 'brent-director', 'brent-admin']) {
      const seen = await seenBy(who);
      expect(seen.visitRules.map(({ name }) => name)).toEqual(['Monitoring visit, twice a year']);
      expect(seen.visitSchedule.nodes).toMatchObject([
        { home: { id: COURT }, state: 'UPCOMING', lastVisitOn: today(-10), clashes: false, rule: { version: 1 } },
      ]);
      expect(seen.home).toMatchObject({
        scheduledVisits: [{ home: { id: COURT } }],
        visitsDone: [{ doneOn: today(-10), wasLate: false, rule: { name: 'Monitoring visit, twice a year' } }],
      });
      expect(seen.visitScheduleFigures).toEqual({ upcoming: 1, due: 0, overdue: 0, done: 1, doneLate: 0 });
    }
    const nothing = {
      visitSchedule: { nodes: [] },
      visitScheduleFigures: { upcoming: 0, due: 0, overdue: 0, done: 0, doneLate: 0 },
      home: { scheduledVisits: [], visitsDone: [] },
    };
    for (const tenant of TENANTS.filter((name) => !['brent', 'city', 'alliance'].includes(name))) {
      // Havering hosts the home, Hammersmith places there: neither learns when Brent comes.
      expect({ tenant, ...(await seenBy(`${tenant} QUALITY`)) }).toMatchObject({ tenant, ...nothing });
    }
    const city = await seenBy('city-commissioning');
    expect(city.visitSchedule.nodes).toMatchObject([
      { lastVisitOn: null, rule: { name: 'Review of placement contract, yearly' } },
    ]);
    for (const who of ['brent-ig', 'brent-dashboard', 'alliance-lead', 'alliance-safeguarding', 'alliance-admin']) {
      expectRefused(await (await scene.caller(who)).send('{ visitRules { id } }'), 'FORBIDDEN');
      const home = 'query($home: ID!) { home(id: $home) { id scheduledVisits { dueOn } } }';
      const { errors } = await (await scene.caller(who)).send(home, { home: COURT });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it('is gone with the last young person, and anew with the next', async () => {
    const number = (young: number) =>
      scene.sql(
        'update placement_number set young_people = $2, used_since = null where borough_id = $1 and home_id = $3',
        [TENANT.city, young, COURT],
      );
    await number(0);
    expect((await seenBy('city-commissioning')).visitSchedule.nodes).toEqual([]);
    await number(1);
    expect((await seenBy('city-commissioning')).visitSchedule.nodes).toHaveLength(1);
  });
});
