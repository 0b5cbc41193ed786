import { organisationId } from './example-rows.js';
import { BOROUGH_CODES } from './bench-world-boroughs.js';
import type { Random } from './bench-world-random.js';
import type { BenchRegister } from './bench-world-register.js';
import type { Rows } from './bench-world-rows.js';

const PLACEMENTS_PER_BOROUGH = 150;
const NOBODY_THERE_ANY_MORE = 0.05;

export interface BenchUses {
  /** Boroughs that have to do with a home, because they place there or host it, by its id. */
  readonly concerned: ReadonlyMap<string, readonly string[]>;
  readonly rows: Rows;
}

interface Placed {
  readonly borough: string;
  readonly providerId: string;
  readonly homeId: string | null;
  readonly youngPeople: number;
}

/** Who uses whom: boroughs share a few hundred providers among them, and use many more alone. */
export function benchUses(random: Random, { homes, agencies }: BenchRegister): BenchUses {
  const popular = random.shuffled(homes);
  const placed = BOROUGH_CODES.flatMap((borough) => {
    const inHomes = new Set(Array.from({ length: PLACEMENTS_PER_BOROUGH }, () => random.pickSkewed(popular)));
    const youngPeople = () => (random.chance(NOBODY_THERE_ANY_MORE) ? 0 : random.whole(1, 4));
    return [
      ...[...inHomes].map((home): Placed => ({
        borough,
        providerId: home.provider.id,
        homeId: home.id,
        youngPeople: youngPeople(),
      })),
      ...random
        .some(agencies, 8)
        .map((agency): Placed => ({ borough, providerId: agency.id, homeId: null, youngPeople: youngPeople() })),
    ];
  });
  const concerned = new Map<string, string[]>();
  for (const { id, host } of homes) if (host !== null) concerned.set(id, [host]);
  for (const { homeId, borough, youngPeople } of placed) {
    if (homeId === null || youngPeople === 0) continue;
    const known = concerned.get(homeId) ?? [];
    if (!known.includes(borough)) concerned.set(homeId, [...known, borough]);
  }
  return { concerned, rows: useRows(random, placed) };
}

function useRows(random: Random, placed: readonly Placed[]): Rows {
  const byPair = [...Map.groupBy(placed, ({ borough, providerId }) => `${borough} ${providerId}`).values()];
  const pairs = byPair.map((of) => ({
    borough_id: organisationId(of[0]?.borough ?? ''),
    provider_id: of[0]?.providerId,
    total: of.reduce((sum, { youngPeople }) => sum + youngPeople, 0),
  }));
  return {
    placement_number: placed.map(({ borough, providerId, homeId, youngPeople }) => ({
      id: random.id(),
      borough_id: organisationId(borough),
      provider_id: providerId,
      home_id: homeId,
      young_people: youngPeople,
      as_at: '2026-11-01',
    })),
    commissioning_arrangement: pairs.map(({ borough_id, provider_id }) => ({
      id: random.id(),
      borough_id,
      provider_id,
      route: random.weighted({ DPV: 50, FRAMEWORK: 25, SPOT: 20, BLOCK: 5 }),
      starts_on: random.date('2024-04-01', '2026-10-31'),
    })),
    declared_use: pairs
      .filter(({ total }) => total > 0 && random.chance(0.3))
      .map(({ borough_id, provider_id, total }) => ({
        borough_id,
        provider_id,
        // As Accord itself rounds what is declared.
        young_people_rounded: Math.max(5, Math.round(total / 5) * 5),
      })),
  };
}
