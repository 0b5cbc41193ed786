import { describe, expect, it } from '@jest/globals';
import { BENCH_PRINCIPALS, createBenchWorld } from './bench-world.js';
import type { Rows } from './bench-world-rows.js';

const world = createBenchWorld();

describe('bench world', () => {
  it('is the same at every run', () => {
    expect(createBenchWorld()).toEqual(world);
  });

  it('is as large as the contract says', () => {
    expect(rowsOf('provider')).toHaveLength(2_000);
    expect(rowsOf('home')).toHaveLength(6_000);
    expect(rowsOf('flag')).toHaveLength(3_000);
    expect(rowsOf('visit')).toHaveLength(30_000);
    expect(new Set(BENCH_PRINCIPALS.map(({ tenant }) => tenant)).size).toBe(34);
  });

  it('names everything once', () => {
    for (const column of ['id', 'name', 'company_number']) expect(distinct('provider', column)).toBe(2_000);
    expect(distinct('home', 'id')).toBe(6_000);
    expect(distinct('registration', 'reference')).toBe(rowsOf('registration').length);
  });

  it('lies in areas that no post office serves', () => {
    for (const { postcode } of [...rowsOf('provider'), ...rowsOf('home')])
      expect(postcode).toMatch(/^ZZ[1-9] [1-9][A-Z]{2}$/);
  });

  it('shares flags at every level, and names somebody for those that are for named ones', () => {
    expect(new Set(rowsOf('sharing').map(({ level }) => level)).size).toBe(4);
    const named = new Set(rowsOf('sharing_named').map(({ sharing_id: id }) => id));
    for (const { id, level } of rowsOf('sharing')) expect(named.has(id)).toBe(level === 'NAMED');
  });

  it('leaves nothing for the clock to do when it is loaded', () => {
    const due = rowsOf('accreditation_standing').filter(({ review_due: day }) => typeof day === 'string');
    const late = due.filter(({ status }) => status === 'REVIEW_OVERDUE');
    const ahead = due.filter(({ status }) => status !== 'REVIEW_OVERDUE');
    for (const some of [late, ahead]) expect(some.length).toBeGreaterThan(50);
    expect(ahead.filter(({ review_due: day }) => (day as string) < '2032')).toEqual([]);
    const told = rowsOf('accreditation_reminder').map((row) => ({ id: row['subject_id'], day: row['due_on'] }));
    expect(told).toEqual(late.map((row) => ({ id: row['provider_id'], day: row['review_due'] })));
    const decided = new Set(rowsOf('accreditation_verdict').map(({ proposal_id: id }) => id));
    expect(rowsOf('accreditation_proposal').filter(({ id }) => !decided.has(id))).toEqual([]);
  });

  it('puts every flag on a home of its provider, or on the provider', () => {
    const providers = new Map(rowsOf('home').map(({ id, provider_id: provider }) => [id, provider]));
    const onHomes = rowsOf('sharing').filter(({ home_id: home }) => home !== null);
    expect(onHomes.length).toBeGreaterThan(0);
    expect(onHomes.filter(({ home_id: home, provider_id: provider }) => providers.get(home) !== provider)).toEqual([]);
  });
});

function rowsOf(table: string): Rows[string] {
  return world[table] ?? [];
}

const distinct = (table: string, column: string): number => new Set(rowsOf(table).map((row) => row[column])).size;
