import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { until } from '@accord/testkit';
import { ITEM_SCENARIOS } from './support/intelligence-standing.js';
import { newItem, OPERATIONS } from './support/operation.js';
import { expectRefused } from './support/refusal.js';
import { CONDITIONS, ITEM_DETAIL, ITEM_SUMMARY, Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { COURT, JUNIPERFIELD, TENANT, type TenantName } from './support/world.js';

type Seen = Record<string, unknown>;

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

/** Somebody of a tenant who may open details. */
const officer = (tenant: TenantName) =>
  scene.caller(tenant === 'alliance' ? 'alliance-safeguarding' : `${tenant} PLACEMENTS`);

const FIELDS = `summary detail readers(first: 20) { nodes { ${everyField('LoggedRead', { reader: 'id displayName tenant { id }' })} } }`;
const ITEM = `query($id: ID!) { intelligenceItem(id: $id) { ${FIELDS} } }`;
const OPEN = `mutation($id: ID!) { openIntelligence(id: $id, purpose: SAFEGUARDING, note: "Tonight") { item { ${FIELDS} } } }`;

async function see(tenant: TenantName, id: string): Promise<Seen | null | undefined> {
  return (await (await officer(tenant)).send<{ intelligenceItem: Seen | null }>(ITEM, { id })).data?.intelligenceItem;
}

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

  it('has a summary that a list showed, once a day for each person and version, and none that it did not show', async () => {
    const id = await scene.item();
    const read = () => scene.sql('select item_version as of from read_log_entry where item_id = $1 order by seq', [id]);
    const feed = '{ intelligence(first: 20) { nodes { summary } } }';
    const barnet = await scene.caller('barnet-placements');
    await barnet.data('{ intelligence(first: 20) { nodes { id category tlp provider { name } } } }');
    expect(await read()).toEqual([]);
    for (const _ of [1, 2]) await barnet.data(feed);
    expect(await read()).toEqual([{ of: 1 }]);
    await (await scene.caller('brent-placements')).data('{ intelligence(first: 20) { edges { node { summary } } } }');
    expect(await read()).toEqual([{ of: 1 }]);
    for (const _ of [1, 2]) await (await officer('barnet')).data(feed);
    expect(await read()).toEqual([{ of: 1 }, { of: 1 }]);
    await scene.sql('update intelligence_item set version = 2 where id = $1', [id]);
    for (const _ of [1, 2]) await barnet.data(feed);
    expect(await read()).toEqual([{ of: 1 }, { of: 1 }, { of: 2 }]);
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

  it('names nobody of a group that hides its members, neither before an item is shared with it nor after', async () => {
    const groupId = newId();
    const group = { id: groupId, keeper_id: TENANT.barnet, name: 'Night staff', hides_members: true };
    await scene.insert('borough_group', group);
    for (const member of [TENANT.brent, TENANT.islington]) {
      const membership = { group_id: groupId, organisation_id: member, keeper_id: TENANT.barnet };
      await scene.insert('borough_group_member', { ...membership, member_from: '2025-01-01' });
    }
    const brent = await scene.caller('brent-placements');
    const sharing = { level: 'NAMED', groupIds: [groupId], reason: 'Trying out.' };
    const { previewAudience } = await brent.data<{ previewAudience: Seen }>(
      `query($input: PreviewAudienceInput!) {
        previewAudience(input: $input) { boroughs { id } andMembersOf excluded { borough { id } } } }`,
      { input: { providerId: JUNIPERFIELD, homeId: COURT, sharing } },
    );
    const own = { boroughs: [{ id: TENANT.brent }], andMembersOf: ['Night staff'] };
    expect(previewAudience).toMatchObject(own);
    expect(JSON.stringify(previewAudience)).not.toContain(TENANT.islington);

    const id = await scene.item({ level: 'NAMED', named: [{ group: groupId }] });
    const read = `query($id: ID!) { intelligenceItem(id: $id) { id audience { boroughs { id } andMembersOf } } }`;
    expect(await brent.data(read, { id })).toEqual({ intelligenceItem: { id, audience: own } });
    const islington = await scene.member('islington');
    expect(await islington.data(read, { id })).toEqual({ intelligenceItem: { id, audience: null } });

    await scene.sql(
      `update borough_group_member set member_until = '2026-01-01' where group_id = $1 and organisation_id = $2`,
      [groupId, TENANT.brent],
    );
    const left = { ...own, andMembersOf: ['a group that your organisation has left'] };
    expect(await brent.data(read, { id })).toEqual({ intelligenceItem: { id, audience: left } });
  });
});

describe('a copy', () => {
  it('is sealed for the borough that relied on it, and outlives the withdrawal', async () => {
    const id = await scene.item({ owner: 'barnet' });
    const brent = await scene.caller('brent-placements');
    await brent.data(
      'mutation($input: RelyOnIntelligenceInput!) { relyOnIntelligence(input: $input) { copy { id } } }',
      {
        input: { itemId: id, decision: 'PLACEMENT_CHECK', reference: 'PC-7', idempotencyKey: newId() },
      },
    );
    const [stored] = await scene.sql<{ id: string; sealed: string }>('select * from relied_copy where item_id = $1', [
      id,
    ]);
    expect(JSON.stringify(stored)).not.toMatch(/Agency|rota/);
    await (
      await officer('barnet')
    ).data('mutation($input: WithdrawIntelligenceInput!) { withdrawIntelligence(input: $input) { item { id } } }', {
      input: { itemId: id, reason: 'Wrong home.', expectedVersion: 1, idempotencyKey: newId() },
    });
    // The text is nowhere in the database any more.
    for (const word of [ITEM_SUMMARY, ITEM_DETAIL, CONDITIONS]) expect(await tablesWith(word, id)).toEqual([]);

    const open = `mutation($id: ID!) { openSealedCopy(id: $id, reason: "Complaint 12.") {
        summary detail conditions copy { ${everyField('ReliedCopy')} } } }`;
    const ig = await scene.caller('brent-ig');
    expect(await ig.data(open, { id: stored?.id })).toEqual({
      openSealedCopy: {
        summary: ITEM_SUMMARY,
        detail: ITEM_DETAIL,
        conditions: CONDITIONS,
        copy: {
          id: stored?.id,
          itemId: id,
          itemVersion: 1,
          decision: 'PLACEMENT_CHECK',
          reference: 'PC-7',
          reliedOn: expect.any(String),
        },
      },
    });
    for (const other of ['barnet INFORMATION_GOVERNANCE', 'havering INFORMATION_GOVERNANCE']) {
      expectRefused(await (await scene.caller(other)).send(open, { id: stored?.id }), 'NOT_FOUND');
    }
    const reads = await scene.sql('select kind, purpose, note from read_log_entry where item_id = $1 order by seq', [
      id,
    ]);
    expect(reads).toEqual([
      { kind: 'DETAIL', purpose: 'PLACEMENT_DECISION', note: 'PC-7' },
      { kind: 'SEALED_COPY', purpose: 'INFORMATION_GOVERNANCE', note: 'Complaint 12.' },
    ]);
    // Nor is the sealing of one copy good for another.
    const swapped = await scene.reliedCopy();
    await scene.sql('update relied_copy set sealed = $2 where id = $1', [swapped, stored?.sealed]);
    expectRefused(await ig.send(open, { id: swapped }), 'INTERNAL_SERVER_ERROR');
    await scene.removeItem(id);
  });

  /** Tables in which a row about an item has a text. */
  async function tablesWith(text: string, id: string): Promise<string[]> {
    const tables = await scene.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await scene.sql(
        `select from ${name} t where t::text like '%' || $1 || '%' and t::text like '%' || $2 || '%'`,
        [text, id],
      );
      if (rows.length > 0) found.push(name);
    }
    return found;
  }
});
