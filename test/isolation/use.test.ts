import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { COURT, JUNIPERFIELD, TENANT, TENANTS, type TenantName } from './support/world.js';

const USE = `query($id: ID!) {
  provider(id: $id) {
    usedBy { ${everyField('ProviderUse', { borough: 'id' })} }
    arrangements { ${everyField('CommissioningArrangement')} }
  }
  used: providers(first: 5, filter: { usedByMyBorough: true, search: "juniper" }) { totalCount nodes { id } }
  unused: providers(first: 5, filter: { usedByMyBorough: false, search: "juniper" }) { totalCount }
}`;

const RECORD =
  'mutation($input: RecordPlacementNumberInput!) { recordPlacementNumber(input: $input) { provider { id } } }';
const DECLARE =
  'mutation($id: ID!, $declared: Boolean!) { declareUse(providerId: $id, declared: $declared) { provider { id } } }';

interface Seen {
  provider: { usedBy: { borough: { id: string }; youngPeople: number | null }[]; arrangements: { route: string }[] };
  used: { totalCount: number; nodes: { id: string }[] };
  unused: { totalCount: number };
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

/** Who uses Juniperfield, by tenant, as somebody of a tenant sees it. */
async function usesSeenBy(tenant: TenantName): Promise<Record<string, number | null>> {
  const { provider } = await (await scene.member(tenant)).data<Seen>(USE, { id: JUNIPERFIELD });
  return Object.fromEntries(
    provider.usedBy.map(({ borough, youngPeople }) => [
      TENANTS.find((name) => TENANT[name] === borough.id) ?? '',
      youngPeople,
    ]),
  );
}

const OWN_NUMBERS: Partial<Record<TenantName, number>> = {
  brent: 2,
  barnet: 4,
  city: 1,
  hammersmith: 3,
  islington: 1,
  ealing: 1,
  hackney: 1,
  haringey: 1,
};

describe('the use of a provider', () => {
  it('shows exact numbers to their borough alone, and declared ones rounded', async () => {
    for (const tenant of TENANTS) {
      const own = OWN_NUMBERS[tenant];
      const declared = tenant === 'barnet' ? {} : { barnet: 5 };
      const wanted = own === undefined ? declared : { ...declared, [tenant]: own };
      expect({ tenant, uses: await usesSeenBy(tenant) }).toEqual({ tenant, uses: wanted });
    }
  });

  it('shows arrangements to their borough alone', async () => {
    const routes = await Promise.all(
      TENANTS.map(async (tenant) => {
        const { provider } = await (await scene.member(tenant)).data<Seen>(USE, { id: JUNIPERFIELD });
        return [tenant, provider.arrangements.map(({ route }) => route)] as const;
      }),
    );
    expect(Object.fromEntries(routes.filter(([, own]) => own.length > 0))).toEqual({
      brent: ['SPOT'],
      barnet: ['BLOCK'],
    });
  });

  it('narrows by the own borough’s use and nobody else’s; whoever has nobody left uses nothing', async () => {
    for (const tenant of TENANTS) {
      const { used, unused } = await (await scene.member(tenant)).data<Seen>(USE, { id: JUNIPERFIELD });
      const uses = OWN_NUMBERS[tenant] !== undefined;
      expect({ tenant, used: used.nodes.map(({ id }) => id), unused: unused.totalCount }).toEqual({
        tenant,
        used: uses ? [JUNIPERFIELD] : [],
        unused: uses ? 1 : 2,
      });
    }
  });

  it('follows each number that is recorded, for others only where it was declared and rounded', async () => {
    const hammersmith = await scene.caller('hammersmith PLACEMENTS');
    const record = (youngPeople: number) =>
      hammersmith.data(RECORD, { input: { providerId: JUNIPERFIELD, homeId: COURT, youngPeople, asAt: '2026-11-01' } });
    await record(13);
    expect(await usesSeenBy('brent')).toEqual({ brent: 2, barnet: 5 });
    await hammersmith.data(DECLARE, { id: JUNIPERFIELD, declared: true });
    expect(await usesSeenBy('brent')).toEqual({ brent: 2, barnet: 5, hammersmith: 15 });
    await record(1);
    expect(await usesSeenBy('camden')).toEqual({ barnet: 5, hammersmith: 5 });
    await record(0);
    expect(await usesSeenBy('camden')).toEqual({ barnet: 5 });
    expect(await usesSeenBy('hammersmith')).toEqual({ barnet: 5 });
    await record(3);
    await hammersmith.data(DECLARE, { id: JUNIPERFIELD, declared: false });
    expect(await usesSeenBy('alliance')).toEqual({ barnet: 5 });
  });
});
