import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { londonDate } from '@accord/kernel';
import type { Disclosure } from '@accord/access';
import { classesOf } from './support/classification.js';
import { expectRefused } from './support/refusal.js';
import { CONDITIONS, DETAIL, OUTCOME_REASON, Scene, SHARING_REASON, SUMMARY } from './support/scene.js';
import { everyField } from './support/selection.js';
import { homeOf, SCENARIOS, standing, type Scenario, type Standing } from './support/standing.js';
import { JUNIPERFIELD, JUNIPERWOOD, TENANT, TENANTS, type TenantName } from './support/world.js';

type SeenFlag = Record<string, unknown>;

/** To whom a class of fields is shown, as `DISCLOSURES` says it in words. */
const SHOWN_TO: Partial<Record<Disclosure | 'by action', readonly Standing[]>> = {
  existence: ['owner', 'audience', 'existence'],
  audience: ['owner', 'audience'],
  'owner-named': ['owner', 'audience'],
  owner: ['owner'],
};

const FLAG = `query($id: ID!) { flag(id: $id) { ${everyField('Flag')} } }`;

const ON_THE_PROVIDER = `query($id: ID!) {
  provider(id: $id) { openFlagCount flags(first: 10) { nodes { ${everyField('Flag')} } edges { node { id } } } }
  open: providers(first: 10, filter: { hasOpenFlag: true, search: "juniper" }) { totalCount nodes { id openFlagCount } }
  none: providers(first: 10, filter: { hasOpenFlag: false, search: "juniper" }) { totalCount nodes { id openFlagCount } }
  most: providers(first: 1, filter: { search: "juniper" }, orderBy: { field: OPEN_FLAG_COUNT, direction: DESC }) { nodes { id } }
}`;

interface OnTheProvider {
  provider: { openFlagCount: number; flags: { nodes: SeenFlag[]; edges: { node: { id: string } }[] } };
  open: { totalCount: number; nodes: { id: string; openFlagCount: number }[] };
  none: { totalCount: number; nodes: { id: string; openFlagCount: number }[] };
  most: { nodes: { id: string }[] };
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

async function see(tenant: TenantName, id: string): Promise<SeenFlag | null | undefined> {
  const { data } = await (await scene.member(tenant)).send<{ flag: SeenFlag | null }>(FLAG, { id });
  return data?.flag;
}

/** Makes the flag of a scenario, for the time of a check. */
async function withFlag({ facts }: Scenario, check: (id: string) => Promise<void>): Promise<void> {
  const id = await scene.flag(facts);
  try {
    await check(id);
  } finally {
    await scene.removeFlag(id);
  }
}

/** What a tenant may see of a flag: what the owner sees of the classes that are shown to it, and null for the rest. */
function expected(full: SeenFlag, how: Standing, anonymous: boolean): SeenFlag {
  const fields = [...classesOf('Flag')].map(([field, disclosure]) => {
    if (disclosure === 'tenant') return [field, []] as const;
    if (field === 'existenceOnly') return [field, how === 'existence'] as const;
    const shown =
      SHOWN_TO[disclosure]?.includes(how) === true && !(disclosure === 'owner-named' && anonymous && how !== 'owner');
    return [field, shown ? full[field] : null] as const;
  });
  return Object.fromEntries(fields);
}

describe.each(SCENARIOS)('a flag $title', (scenario) => {
  const { facts, standings } = scenario;
  const isOpen = (facts.outcome ?? null) === null;

  it('shows each tenant just the fields of its standing', async () => {
    await withFlag(scenario, async (id) => {
      const full = (await see('brent', id)) ?? {};
      expect(full).toMatchObject({
        id,
        severity: 'HIGH',
        existenceOnly: false,
        provider: { id: JUNIPERFIELD },
        home: homeOf(facts) === null ? null : { id: homeOf(facts) },
        kind: 'SAFEGUARDING_CONCERN',
        status: facts.outcome ?? 'OPEN',
        summary: SUMMARY,
        detail: DETAIL,
        outcomeReason: isOpen ? null : OUTCOME_REASON,
        conditions: CONDITIONS,
        version: 1,
        raisedOn: londonDate(new Date()),
        raisedBy: { id: TENANT.brent },
        sharing: facts.level ?? 'BOROUGHS_CONCERNED',
        sharingReason: SHARING_REASON,
      });
      expect(full['raisedAt']).not.toBeNull();
      const seen = await Promise.all(TENANTS.map(async (tenant) => [tenant, await see(tenant, id)]));
      const wanted = TENANTS.map((tenant) => {
        const how = standings[tenant];
        return [tenant, how === 'hidden' ? null : expected(full, how, facts.anonymous === true)];
      });
      expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(wanted));
    });
  });

  it('is absent for those from whom it is hidden', async () => {
    await withFlag(scenario, async (id) => {
      for (const tenant of standing(scenario, 'hidden')) {
        expectRefused(await (await scene.member(tenant)).send(FLAG, { id }), 'NOT_FOUND');
      }
    });
  });

  it('is in the lists, counts, filters and orders of those alone who may know of it', async () => {
    await withFlag(scenario, async (id) => {
      for (const tenant of TENANTS) {
        const seen = await (await scene.member(tenant)).data<OnTheProvider>(ON_THE_PROVIDER, { id: JUNIPERFIELD });
        const known = standings[tenant] !== 'hidden';
        const counted = known && isOpen ? 1 : 0;
        expect({ tenant, ...summaryOf(seen) }).toEqual({
          tenant,
          flags: known ? [id] : [],
          edges: known ? [id] : [],
          openFlagCount: counted,
          open: { totalCount: counted, nodes: counted === 1 ? [{ id: JUNIPERFIELD, openFlagCount: 1 }] : [] },
          none: 2 - counted,
          // Without a flag that counts, the two are in the order of their ids.
          most: counted === 1 ? JUNIPERFIELD : JUNIPERWOOD,
        });
        expect(seen.provider.flags.nodes[0] ?? null).toEqual((await see(tenant, id)) ?? null);
      }
    });
  });
});

function summaryOf({ provider, open, none, most }: OnTheProvider) {
  return {
    flags: provider.flags.nodes.map((flag) => flag['id']),
    edges: provider.flags.edges.map((edge) => edge.node.id),
    openFlagCount: provider.openFlagCount,
    open,
    none: none.totalCount,
    most: most.nodes[0]?.id,
  };
}

const ACKNOWLEDGE = `mutation($input: FlagActionInput!) { acknowledgeFlag(input: $input) { flag { status } } }`;

describe('acknowledgements', () => {
  it('shows acknowledgements to the one that acknowledged and to the owner', async () => {
    const id = await scene.flag();
    for (const tenant of ['barnet', 'havering'] as const) {
      const client = await scene.member(tenant);
      await client.data(ACKNOWLEDGE, { input: { flagId: id, idempotencyKey: tenant } });
    }
    const by = async (tenant: TenantName) => {
      const flag = await see(tenant, id);
      const acknowledgements = (flag?.['acknowledgements'] ?? []) as { acknowledgedBy: string }[];
      return {
        status: flag?.['status'],
        by: acknowledgements.map((acknowledgement) => acknowledgement.acknowledgedBy),
      };
    };
    expect({
      brent: await by('brent'),
      barnet: await by('barnet'),
      havering: await by('havering'),
      city: await by('city'),
      ealing: await by('ealing'),
    }).toEqual({
      brent: { status: 'OPEN', by: ['Barnet placements officer', 'Havering quality officer'] },
      barnet: { status: 'ACKNOWLEDGED', by: ['Barnet placements officer'] },
      havering: { status: 'ACKNOWLEDGED', by: ['Havering quality officer'] },
      city: { status: 'OPEN', by: [] },
      ealing: { status: null, by: [] },
    });
    await scene.removeFlag(id);
  });

  it('are refused to those who know only that the flag exists', async () => {
    const id = await scene.flag();
    const ealing = await scene.member('ealing');
    expectRefused(await ealing.send(ACKNOWLEDGE, { input: { flagId: id, idempotencyKey: 'ealing' } }), 'FORBIDDEN');
    await scene.removeFlag(id);
  });
});

describe('roles that see no flags', () => {
  it('learn of none by counts, filters, orders and lists', async () => {
    const id = await scene.flag();
    const admin = await scene.caller('brent-admin');
    const { provider } = await admin.data<{ provider: unknown }>(
      'query($id: ID!) { provider(id: $id) { openFlagCount } }',
      {
        id: JUNIPERFIELD,
      },
    );
    expect(provider).toEqual({ openFlagCount: null });
    for (const narrowed of ['filter: { hasOpenFlag: true }', 'orderBy: { field: OPEN_FLAG_COUNT, direction: ASC }']) {
      expectRefused(await admin.send(`{ providers(first: 5, ${narrowed}) { totalCount nodes { id } } }`), 'FORBIDDEN');
    }
    await scene.removeFlag(id);
  });
});
