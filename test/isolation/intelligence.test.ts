import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Disclosure } from '@accord/access';
import { londonDate } from '@accord/kernel';
import { classesOf } from './support/classification.js';
import { ITEM_SCENARIOS, outside, type ItemScenario } from './support/intelligence-standing.js';
import { expectRefused } from './support/refusal.js';
import {
  CONDITIONS,
  ITEM_DETAIL,
  ITEM_SUMMARY,
  OBSERVED_ON,
  RECORDED_BY,
  Scene,
  SHARING_REASON,
  WITHDRAWAL_REASON,
} from './support/scene.js';
import { everyField } from './support/selection.js';
import { COURT, GROUP, JUNIPERFIELD, TENANT, TENANTS, type TenantName } from './support/world.js';

type Seen = Record<string, unknown>;

const FIELDS = `${everyField('IntelligenceItem', { audience: 'boroughs { id } reason', policeOrigin: 'force' })}
  readers(first: 20) { nodes { ${everyField('LoggedRead', { reader: 'id displayName tenant { id }' })} } }`;
const ITEM = `query($id: ID!) { intelligenceItem(id: $id) { ${FIELDS} } }`;
const OPEN = `mutation($id: ID!) { openIntelligence(id: $id, purpose: SAFEGUARDING, note: "Tonight") { item { ${FIELDS} } } }`;

/** Where a list, a count or a search could show an item. */
const LISTS = `query($id: ID!, $home: ID!) {
  all: intelligence(first: 20) { nodes { id } edges { node { id } } }
  found: intelligence(first: 20, filter: { search: "agency fire", category: [STAFFING] }) { nodes { id } }
  ofHome: intelligence(first: 20, filter: { homeId: $home }) { nodes { id } }
  provider(id: $id) { visibleIntelligenceCount intelligence(first: 20) { nodes { id } } }
}`;

const FILTERS = `{
  observed: intelligence(first: 20, filter: { observedFrom: "2026-11-01", observedTo: "2026-11-01" }) { nodes { id } }
  earlier: intelligence(first: 20, filter: { observedTo: "2026-10-31" }) { nodes { id } }
  other: intelligence(first: 20, filter: { category: [PREMISES] }) { nodes { id } }
  detail: intelligence(first: 20, filter: { search: "rota" }) { nodes { id } }
  mine: intelligence(first: 20, filter: { mine: true }) { nodes { id } }
  theirs: intelligence(first: 20, filter: { mine: false }) { nodes { id } }
}`;

type Nodes = { readonly nodes: { readonly id: string }[] };
type Lists = Record<'all' | 'found' | 'ofHome', Nodes> & {
  readonly provider: { readonly visibleIntelligenceCount: number; readonly intelligence: Nodes };
};

/** Without what the example world has of its own. */
const ids = ({ nodes }: Nodes) => nodes.map((node) => node.id).filter((id) => !ofExample.has(id));
const idsOf = (lists: Record<string, Nodes>) =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, ids(list)]));

/** Empty for whoever is not to see them. */
const LISTS_OF_OWN = ['wordings', 'sharingDecisions', 'corrections'];

let scene: Scene;
let ofExample: ReadonlySet<string>;

beforeAll(async () => {
  scene = await Scene.start();
  const rows = await scene.sql<{ id: string }>(`select id from sharing where kind = 'INTELLIGENCE'`);
  ofExample = new Set(rows.map((row) => row.id));
});

afterAll(() => scene.stop());

/** Somebody of a tenant who may open details. */
const officer = (tenant: TenantName) =>
  scene.caller(tenant === 'alliance' ? 'alliance-safeguarding' : `${tenant} PLACEMENTS`);

async function see(tenant: TenantName, id: string): Promise<Seen | null | undefined> {
  return (await (await officer(tenant)).send<{ intelligenceItem: Seen | null }>(ITEM, { id })).data?.intelligenceItem;
}

async function withItem({ facts }: ItemScenario, check: (id: string) => Promise<void>): Promise<void> {
  const id = await scene.item(facts);
  try {
    await check(id);
  } finally {
    await scene.removeItem(id);
  }
}

/** What one of the audience sees: what the owner sees of the classes that are shown to it, and null for the rest. */
function expected(full: Seen, anonymous: boolean): Seen {
  const fields = [...classesOf('IntelligenceItem')].map(([field, disclosure]) => {
    if (LISTS_OF_OWN.includes(field)) return [field, []] as const;
    const shown = disclosure === 'audience' || (disclosure === ('owner-named' satisfies Disclosure) && !anonymous);
    return [field, shown ? full[field] : null] as const;
  });
  return Object.fromEntries(fields);
}

describe.each(ITEM_SCENARIOS)('an item $title', (scenario) => {
  const { facts, audience } = scenario;
  const isAlive = facts.withdrawn !== true;

  it('shows each tenant just the fields of its standing', async () => {
    await withItem(scenario, async (id) => {
      const full = (await see('brent', id)) ?? {};
      expect(full).toMatchObject({
        id,
        version: 1,
        summary: isAlive ? ITEM_SUMMARY : null,
        detail: isAlive ? ITEM_DETAIL : null,
        category: 'STAFFING',
        observedOn: OBSERVED_ON,
        sharedOn: londonDate(new Date()),
        sharing: facts.level ?? 'BOROUGHS_CONCERNED',
        conditions: isAlive ? CONDITIONS : null,
        withdrawalReason: isAlive ? null : WITHDRAWAL_REASON,
        withdrawnOn: isAlive ? null : londonDate(new Date()),
        borough: { id: TENANT.brent },
        provider: { id: JUNIPERFIELD },
        home: facts.home === null ? null : { id: COURT },
        recordedBy: RECORDED_BY,
        mayCount: true,
        sharingReason: SHARING_REASON,
        audience: { reason: SHARING_REASON },
      });
      const { boroughs } = full['audience'] as { boroughs: { id: string }[] };
      expect(new Set(boroughs.map((borough) => borough.id))).toEqual(
        new Set([TENANT.brent, ...audience.map((tenant) => TENANT[tenant])]),
      );
      const seen = await Promise.all(TENANTS.map(async (tenant) => [tenant, await see(tenant, id)]));
      const wanted = TENANTS.map((tenant) => {
        if (tenant === 'brent') return [tenant, full];
        return [tenant, audience.includes(tenant) ? expected(full, facts.anonymous === true) : null];
      });
      expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(wanted));
    });
  });

  it('is absent for everybody else, also to be opened', async () => {
    await withItem(scenario, async (id) => {
      for (const tenant of outside(scenario)) {
        for (const document of [ITEM, OPEN]) {
          expectRefused(await (await officer(tenant)).send(document, { id }), 'NOT_FOUND');
        }
      }
      expect(await scene.sql('select from read_log_entry where item_id = $1', [id])).toEqual([]);
    });
  });

  it('is in the lists, counts and searches of those alone who may see it', async () => {
    await withItem(scenario, async (id) => {
      for (const tenant of TENANTS) {
        const isOwn = tenant === 'brent';
        const shown = isAlive && (isOwn || audience.includes(tenant)) ? [id] : [];
        const lists = await (await officer(tenant)).data<Lists>(LISTS, { id: JUNIPERFIELD, home: COURT });
        const { provider, ...others } = lists;
        expect({
          tenant,
          ...idsOf(others),
          ofProvider: ids(provider.intelligence),
          count: provider.visibleIntelligenceCount,
        }).toEqual({
          tenant,
          all: shown,
          found: shown,
          ofHome: facts.home === null ? [] : shown,
          ofProvider: shown,
          count: shown.length,
        });
      }
    });
  });

  if (isAlive) {
    it('opens for its audience, and each opening is known to the owner before the text is out', async () => {
      await withItem(scenario, async (id) => {
        for (const tenant of audience) {
          const { openIntelligence } = await (
            await officer(tenant)
          ).data<{ openIntelligence: { item: Seen } }>(OPEN, { id });
          expect(openIntelligence.item).toMatchObject({ summary: ITEM_SUMMARY, detail: ITEM_DETAIL, readers: null });
          // Elsewhere the detail stays closed, also to who has just opened it.
          expect((await see(tenant, id))?.['detail']).toBeNull();
        }
        const rows = await scene.sql<{ tenant: string }>(
          `select reader_tenant_id as tenant from read_log_entry where item_id = $1 and kind = 'DETAIL' and purpose = 'SAFEGUARDING' and note = 'Tonight' order by seq`,
          [id],
        );
        expect(rows.map((row) => row.tenant)).toEqual(audience.map((tenant) => TENANT[tenant]));
      });
    });
  }
});

describe('the feed', () => {
  it('is narrowed by what is shown, and never by the detail of another', async () => {
    const id = await scene.item();
    const seen = { observed: [id], earlier: [], other: [], detail: [] };
    for (const [tenant, whose] of [
      ['brent', { mine: [id], theirs: [] }],
      ['havering', { mine: [], theirs: [id] }],
    ] as const) {
      const lists = await (await officer(tenant)).data<Record<string, Nodes>>(FILTERS);
      expect(idsOf(lists)).toEqual({ ...seen, ...whose });
    }
    await scene.removeItem(id);
  });

  it('is paged without gap or repeat, whatever the way in which each came to be visible', async () => {
    const made = [
      await scene.item(),
      await scene.item({ level: 'ALLIANCE' }),
      await scene.item({ level: 'NAMED', named: [{ borough: 'barnet' }, { group: GROUP }] }),
      await scene.item({ owner: 'barnet', level: 'OWN_BOROUGH' }),
      await scene.item({ level: 'OWN_BOROUGH', granted: [{ to: 'barnet' }] }),
    ];
    const barnet = await officer('barnet');
    for (const filter of ['{}', '{ search: "agency" }', `{ providerId: "${JUNIPERFIELD}" }`]) {
      const paged: string[] = [];
      let after = '';
      do {
        const { intelligence } = await barnet.data<{
          intelligence: Nodes & { pageInfo: { hasNextPage: boolean; endCursor: string } };
        }>(`{ intelligence(first: 2${after}, filter: ${filter}) { nodes { id } pageInfo { hasNextPage endCursor } } }`);
        paged.push(...ids(intelligence));
        after = intelligence.pageInfo.hasNextPage ? `, after: "${intelligence.pageInfo.endCursor}"` : '';
      } while (after !== '');
      expect(paged).toEqual(made.toSorted().toReversed());
    }
    for (const id of made) await scene.removeItem(id);
  });
});
