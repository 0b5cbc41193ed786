import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessFeature } from '@accord/access';
import { createOrm, execute, TODAY } from '@accord/persistence';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { knowledge, type Member, type ModelWorld } from './support/audience-model.js';
import { loads, rowOf } from './support/load-world.js';
import { ORGANISATIONS, randomWorld } from './support/random-world.js';

const WORLDS = 150;
/** Worlds in which nobody ever gained or lost anything would agree too. */
const FEWEST_TOLD = 3;

/** Which part of a world ends today, by its place among those there are. */
interface Change {
  readonly of: 'agreement' | 'group';
  readonly number: number;
  readonly member: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  of: fc.constantFrom('agreement' as const, 'group' as const),
  number: fc.nat(2),
  member: fc.nat(8),
});

describe('who is told of sight gained and lost', () => {
  let database: TestDatabase;
  let orm: MikroORM;

  beforeAll(async () => {
    database = await createTestDatabase();
    orm = await createOrm({ url: database.urls.superuser, entities: accessFeature.entities, pool: 1 });
  });

  afterAll(async () => {
    await orm.close();
    await database.drop();
  });

  /** Does something in a random world, and says what was told by it. Nothing of it is kept. */
  async function inWorld(world: ModelWorld, act: (em: EntityManager) => Promise<void>): Promise<string[]> {
    const em = orm.em.fork();
    await em.begin();
    try {
      for (const { sql, rows } of loads(world)) await execute(em, sql, [JSON.stringify(rows)]);
      await act(em);
      const events = await execute<{ kind: string; sharing_id: string; recipients: string[] }>(
        em,
        'select kind, sharing_id, recipients from outbox_event',
      );
      return events
        .flatMap(({ kind, sharing_id: id, recipients }) => recipients.map((tenant) => `${kind} ${id} ${tenant}`))
        .toSorted();
    } finally {
      await em.rollback();
    }
  }

  it(`is who the model says when a part in an agreement or a group ends, in ${WORLDS} random worlds`, async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(randomWorld, change, async (world, asked) => {
        const [after, ended] = end(world, asked);
        const events = await inWorld(world, async (em) => {
          const concerned = `{${rowOf('organisation', ended.organisation)}}`;
          await execute(em, 'select remember_sight(?::uuid[])', [concerned]);
          const { table, column } = TABLES[asked.of];
          await execute(
            em,
            `update ${table} set member_until = greatest(member_from, ${TODAY}) where ${column} = ? and organisation_id = ?
               and member_from = ${TODAY} + ?::int and (member_until is null or member_until > greatest(member_from, ${TODAY}))`,
            [rowOf(asked.of, ended.of), rowOf('organisation', ended.organisation), ended.from],
          );
          await execute(em, 'select tell_of_sight(?::uuid[])', [concerned]);
        });
        told += events.length;
        expect(events).toEqual(difference(world, after));
      }),
      { numRuns: WORLDS },
    );
    expect(told).toBeGreaterThan(FEWEST_TOLD);
  }, 120_000);

  it(`is who the model says when a day begins, in ${WORLDS} random worlds`, async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(randomWorld, async (world) => {
        const events = await inWorld(world, async (em) => {
          await execute(em, 'select tell_of_the_day()');
          await execute(em, 'select tell_of_the_day()');
        });
        told += events.length;
        expect(events).toEqual(difference(dayBefore(world), world));
      }),
      { numRuns: WORLDS },
    );
    expect(told).toBeGreaterThan(FEWEST_TOLD);
  }, 120_000);
});

const TABLES = {
  agreement: { table: 'agreement_member', column: 'agreement_id' },
  group: { table: 'borough_group_member', column: 'group_id' },
} as const;

/** The world with one membership ended today, and which it was. */
function end(world: ModelWorld, { of, number, member }: Change): [ModelWorld, Member & { readonly of: number }] {
  const all: readonly { readonly members: readonly Member[] }[] = of === 'agreement' ? world.agreements : world.groups;
  const place = number % all.length;
  const members = all[place]?.members ?? [];
  const ending = members[member % members.length];
  if (ending === undefined) throw new Error('A world has members.');
  const until = Math.max(0, ending.from);
  const ended = members.map((each) =>
    each === ending && (each.until === null || each.until > until) ? { ...each, until } : each,
  );
  const changed = <T extends { readonly members: readonly Member[] }>(list: readonly T[]): T[] =>
    list.map((each, index) => (index === place ? { ...each, members: ended } : each));
  const after =
    of === 'agreement'
      ? { ...world, agreements: changed(world.agreements) }
      : { ...world, groups: changed(world.groups) };
  return [after, { ...ending, of: place }];
}

/** The world as it was a day earlier: its days, counted from that day. That a placement check runs out is told to nobody. */
function dayBefore(world: ModelWorld): ModelWorld {
  const later = <T extends { readonly from: number; readonly until: number | null }>(each: T): T => ({
    ...each,
    from: each.from + 1,
    until: each.until === null ? null : each.until + 1,
  });
  return {
    ...world,
    agreements: world.agreements.map((each) => ({ ...later(each), members: each.members.map(later) })),
    groups: world.groups.map((each) => ({ ...each, members: each.members.map(later) })),
  };
}

const GAINED: Readonly<Record<string, string>> = {
  FLAG: 'FLAG_RAISED',
  HOLD: 'HOLD_STARTED',
  INTELLIGENCE: 'INTELLIGENCE_SHARED',
  VISIT: 'VISIT_SHARED',
};

/** Who of those who are there knows all of something in one world and not in the other; of a gain, while it is open. */
function difference(before: ModelWorld, after: ModelWorld): string[] {
  const events: string[] = [];
  for (const [number, sharing] of before.sharings.entries()) {
    // Of answers nobody is told, as they come or go: there are dozens to each home.
    if (sharing.kind === 'DUE_DILIGENCE') continue;
    for (let tenant = 0; tenant < ORGANISATIONS; tenant += 1) {
      const [knew, knows] = [before, after].map((world) => knowledge(world, sharing, tenant) === 'all');
      if (knew === knows || before.suspended[tenant]) continue;
      const whom = `${rowOf('sharing', number)} ${rowOf('organisation', tenant)}`;
      if (knew) events.push(`ACCESS_ENDED ${whom}`);
      else if (!sharing.ended) events.push(`${GAINED[sharing.kind]} ${whom}`);
    }
  }
  return events.toSorted();
}
