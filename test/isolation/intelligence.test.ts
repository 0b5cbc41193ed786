import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Disclosure } from '@accord/access';
import { londonDate, newId } from '@accord/kernel';
import { until } from '@accord/testkit';
import { classesOf } from './support/classification.js';
import { ITEM_SCENARIOS, outside, type ItemScenario } from './support/intelligence-standing.js';
import { newItem, OPERATIONS } from './support/operation.js';
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

const ids = ({ nodes }: Nodes) => nodes.map((node) => node.id);
const idsOf = (lists: Record<string, Nodes>) =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, ids(list)]));

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
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
    if (field === 'wordings') return [field, []] as const;
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

interface Log {
  readonly nodes: { readonly kind: string; readonly purpose: string | null; readonly reader: Seen }[];
}

describe('the read log', () => {
  it('shows who read to the owner alone', async () => {
    const id = await scene.item();
    const barnet = await scene.caller('barnet-placements');
    await barnet.data(ITEM, { id });
    await barnet.data(OPEN, { id });
    const log = (await see('brent', id))?.['readers'] as Log;
    expect(log.nodes).toMatchObject([
      { kind: 'DETAIL', purpose: 'SAFEGUARDING', note: 'Tonight', itemId: id, itemVersion: 1 },
      { kind: 'SUMMARY', purpose: null, note: null, itemId: id, itemVersion: 1 },
    ]);
    const reader = { displayName: 'Barnet placements officer', tenant: { id: TENANT.barnet } };
    for (const node of log.nodes) expect(node.reader).toMatchObject(reader);
    for (const tenant of ['barnet', 'havering', 'alliance'] as const) {
      expect((await see(tenant, id))?.['readers'] ?? null).toBeNull();
    }
    await scene.removeItem(id);
  });

  it('has a summary that a list showed, once a day, and none that it did not show', async () => {
    const id = await scene.item();
    const read = async () =>
      (await scene.sql<{ n: number }>('select count(*)::int as n from read_log_entry where item_id = $1', [id]))[0]?.n;
    const barnet = await scene.caller('barnet-placements');
    await barnet.data('{ intelligence(first: 20) { nodes { id category tlp provider { name } } } }');
    expect(await read()).toBe(0);
    for (const _ of [1, 2]) await barnet.data('{ intelligence(first: 20) { nodes { summary } } }');
    expect(await read()).toBe(1);
    await (await scene.caller('brent-placements')).data('{ intelligence(first: 20) { edges { node { summary } } } }');
    expect(await read()).toBe(1);
    await scene.removeItem(id);
  });

  it('has what was read also where a field beside it failed', async () => {
    const id = await scene.item();
    const havering = await scene.caller('havering-quality');
    const answer = await havering.send(
      `query($id: ID!, $no: ID!) { intelligenceItem(id: $id) { summary } provider(id: $no) { id } }`,
      { id, no: newId() },
    );
    expect(answer.data).toEqual({ intelligenceItem: { summary: ITEM_SUMMARY }, provider: null });
    const opened = await havering.send(
      `mutation($id: ID!) { openIntelligence(id: $id, purpose: OTHER) { item { detail readers(first: 0) { nodes { id } } provider { homes(first: 999) { nodes { id } } } } } }`,
      { id },
    );
    expect(opened.errors).toBeDefined();
    expect(await scene.sql('select kind from read_log_entry where item_id = $1 order by seq', [id])).toEqual([
      { kind: 'SUMMARY' },
      { kind: 'DETAIL' },
    ]);
    await scene.removeItem(id);
  });

  it('is never altered: no role of a process may', async () => {
    const granted = await scene.sql(
      `select grantee, privilege_type from information_schema.role_table_grants
       where table_name in ('read_log_entry', 'read_log_seal') and grantee like 'accord%' and grantee <> 'accord_owner'
         and privilege_type not in ('SELECT', 'INSERT')`,
    );
    expect(granted).toEqual([]);
  });
});

describe('an alert', () => {
  it('is told of to those alone who may see it, without its text', async () => {
    const watch = 'subscription { providerAlerts { kind flag { id } intelligence { id category tlp version } } }';
    const watchers = await Promise.all(
      (['brent', 'barnet', 'camden', 'alliance'] as const).map(async (tenant) => {
        const stream = (await officer(tenant)).subscribe<{ providerAlerts: Seen }>(watch);
        await until(() => stream.status === 101);
        return [tenant, stream] as const;
      }),
    );
    const raise = OPERATIONS.find(({ field }) => field === 'Mutation.raiseFlag');
    const record = OPERATIONS.find(({ field }) => field === 'Mutation.recordIntelligence');
    const brent = await scene.caller('brent-placements');
    const input = { ...newItem(), sharing: { level: 'BOROUGHS_CONCERNED', reason: 'They place there.' } };
    const told = async () => {
      const { recordIntelligence } = await brent.data<{ recordIntelligence: { item: { id: string } } }>(
        record?.document ?? '',
        { input: { ...input, idempotencyKey: newId() } },
      );
      return recordIntelligence.item.id;
    };
    // Until each stream is open for sure, so that what is not told was not merely missed.
    await until(async () => {
      await told();
      return watchers.filter(([, stream]) => stream.events.length > 0).length >= 2;
    }, 20_000);
    const id = await told();
    // The alliance and Barnet are told of a flag that comes after it; what was before it has come by then.
    const sharing = { level: 'ALLIANCE', reason: 'Everybody.' };
    const flag = { providerId: JUNIPERFIELD, kind: 'OTHER', severity: 'HIGH', summary: 'Later', sharing };
    await brent.data(raise?.document ?? '', { input: { ...flag, idempotencyKey: newId() } });
    for (const [tenant, stream] of watchers) {
      if (tenant !== 'camden') {
        await until(() => stream.events.some(({ data }) => data?.providerAlerts['flag'] !== null));
      }
      const mine = stream.events.filter(
        ({ data }) => (data?.providerAlerts['intelligence'] as Seen | null)?.['id'] === id,
      );
      const alert = {
        kind: 'INTELLIGENCE_SHARED',
        flag: null,
        intelligence: { id, category: 'STAFFING', tlp: 'AMBER', version: 1 },
      };
      const tells = tenant === 'brent' || tenant === 'barnet';
      expect([tenant, mine]).toEqual([tenant, tells ? [{ data: { providerAlerts: alert } }] : []]);
      stream.close();
    }
  });
});

describe('a preview', () => {
  it('previews whom a sharing would reach, for the caller alone', async () => {
    const preview = OPERATIONS.find(({ field }) => field === 'Query.previewAudience');
    const ask = async (sharing: Seen) => {
      const brent = await scene.caller('brent-placements');
      const input = { providerId: JUNIPERFIELD, homeId: COURT, sharing: { reason: 'Trying out.', ...sharing } };
      const { previewAudience } = await brent.data<{
        previewAudience: { boroughs: { id: string }[]; excluded: { borough: { id: string }; reason: string }[] };
      }>(preview?.document.replace('{ name }', '{ id }').replace('{ reason }', '{ borough { id } reason }') ?? '', {
        input,
      });
      return previewAudience;
    };
    for (const { facts, audience } of ITEM_SCENARIOS) {
      if (facts.consent || facts.granted || facts.home === null) continue;
      const { boroughs, excluded } = await ask({
        level: facts.level ?? 'BOROUGHS_CONCERNED',
        boroughIds: (facts.named ?? []).flatMap(({ borough }) => (borough ? [TENANT[borough]] : [])),
        groupIds: (facts.named ?? []).flatMap(({ group }) => group ?? []),
      });
      expect(new Set(boroughs.map(({ id }) => id))).toEqual(
        new Set([TENANT.brent, ...audience.map((tenant) => TENANT[tenant])]),
      );
      // Everybody is on one of the two lists, and who is not reached is told why.
      const organisations = await scene.sql('select from organisation');
      expect(boroughs.length + excluded.length).toBe(organisations.length);
    }
    const { excluded } = await ask({ level: 'BOROUGHS_CONCERNED' });
    const reasonOf = (tenant: TenantName) => excluded.find(({ borough }) => borough.id === TENANT[tenant])?.reason;
    // Whether Ealing places there is not told: it is outside the agreement, and so is Camden.
    expect(reasonOf('ealing')).toBe(reasonOf('camden'));
    expect(reasonOf('enfield')).toMatch(/neither places there nor hosts it/);
  });
});
