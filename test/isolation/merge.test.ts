import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { until } from '@accord/testkit';
import pg from 'pg';
import { expectRefusal } from './support/refusal.js';
import { DETAIL, Scene, SUMMARY, type FlagFacts } from './support/scene.js';
import { mergeTwins, newTwins, place, sendMerge, sendUndo, type Twins } from './support/twins.js';
import { TENANT, type TenantName } from './support/world.js';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

/** A flag of Brent's on one of the two. */
async function flagOn(providerId: string, homeId: string | null, facts: FlagFacts = {}): Promise<string> {
  const id = await scene.flag({ ...facts, home: homeId });
  await scene.sql('update sharing set provider_id = $2 where id = $1', [id, providerId]);
  return id;
}

async function knows(tenant: TenantName, flagId: string): Promise<boolean> {
  const { data } = await (
    await scene.member(tenant)
  ).send<{ flag: { id: string } | null }>('query($id: ID!) { flag(id: $id) { id } }', { id: flagId });
  return data?.flag?.id === flagId;
}

/** Who was told of a flag, and how. */
async function told(flagId: string): Promise<string[]> {
  await scene.settled();
  const rows = await scene.sql<{ line: string }>(
    `select distinct e.kind || ' ' || o.name as line from outbox_event e join event_audience a on a.position = e.position
     join organisation o on o.id = a.tenant_id where e.sharing_id = $1 order by 1`,
    [flagId],
  );
  return rows.map((row) => row.line);
}

const PREVIEW = `query($input: PreviewProviderMergeInput!) { previewProviderMerge(input: $input) {
  kept { id } merged { id } moves { what count } differences { field kept merged } obstacles reachingFurther } }`;

interface Preview {
  readonly moves: { what: string; count: number }[];
  readonly obstacles: string[];
  readonly reachingFurther: number;
}

async function preview({ keptId, mergedId }: Twins, more: Record<string, unknown> = {}): Promise<Preview> {
  const client = await scene.caller('alliance-accreditation');
  const input = { keptId, mergedId, ...more };
  return (await client.data<{ previewProviderMerge: Preview }>(PREVIEW, { input })).previewProviderMerge;
}

/** Everything but the history of merges, versions and events. */
async function register({ keptId, mergedId }: Twins): Promise<unknown> {
  const rows = await scene.sql<{ table_name: string }>(
    `select table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and column_name = 'provider_id'
       and table_name not in ('outbox_event', 'notification') order by 1`,
  );
  const found: Record<string, unknown> = {};
  for (const { table_name: table } of rows) {
    found[table] = await scene.sql(
      `select to_jsonb(t) as row from ${table} t where provider_id in ($1, $2) order by t::text`,
      [keptId, mergedId],
    );
  }
  found['provider'] = await scene.sql(
    `select to_jsonb(p) - 'version' - 'updated_at' as row from provider p where id in ($1, $2) order by id`,
    [keptId, mergedId],
  );
  return found;
}

describe('a merge', () => {
  it('is the alliance’s alone to look at, to do and to undo', async () => {
    const twins = await newTwins(scene);
    const { keptId, mergedId } = twins;
    const versions = { expectedVersion: 1, expectedMergedVersion: 1 };
    const input = { keptId, mergedId, ...versions, reason: 'One company.', idempotencyKey: newId() };
    const merge = 'mutation($input: MergeProvidersInput!) { mergeProviders(input: $input) { merge { id } } }';
    for (const who of [
      'brent-director',
      'brent-admin',
      'barnet-placements',
      'alliance-safeguarding',
      'alliance-admin',
    ]) {
      const client = await scene.caller(who);
      await expectRefusal(scene, client, 'FORBIDDEN', merge, { input });
      await expectRefusal(scene, client, 'FORBIDDEN', PREVIEW, { input: { keptId, mergedId } });
      const list = '{ likelyDuplicates(first: 5) { nodes { grounds provider { id } other { id } } } }';
      await expectRefusal(scene, client, 'FORBIDDEN', list, {});
    }
    const id = await mergeTwins(scene, twins);
    const undo = 'mutation($input: UndoProviderMergeInput!) { undoProviderMerge(input: $input) { merge { id } } }';
    for (const who of ['brent-director', 'alliance-safeguarding']) {
      const client = await scene.caller(who);
      const sent = { input: { mergeId: id, reason: 'r', idempotencyKey: newId() } };
      await expectRefusal(scene, client, 'FORBIDDEN', undo, sent);
      const history = 'query($id: ID!) { provider(id: $id) { merges { merged { reason by at } undone { by } } } }';
      expect((await client.send(history, { id: keptId })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const staff = await scene.caller('alliance-lead');
    const { provider } = await staff.data<{ provider: { merges: unknown[] } }>(
      'query($id: ID!) { provider(id: $id) { merges { id keptId mergedId name merged { reason by at } undone { reason } } } }',
      { id: mergedId },
    );
    expect(provider.merges).toEqual([
      {
        id,
        keptId,
        mergedId,
        name: expect.stringMatching(/^Sorrelbank/),
        merged: { reason: 'One company.', by: expect.any(String), at: expect.any(String) },
        undone: null,
      },
    ]);
    // The database itself gives a borough no row of it, and nobody a row of what moved.
    const gateway = new pg.Client({ connectionString: scene.accord.database.urls.gateway });
    await gateway.connect();
    await gateway.query(`select set_config('app.tenant', $1, false)`, [TENANT.brent]);
    expect((await gateway.query('select from provider_merge_note')).rowCount).toBe(0);
    await expect(gateway.query('select merge_provider($1)', [id])).rejects.toThrow('only the alliance');
    await expect(gateway.query('select unmerge_provider($1)', [id])).rejects.toThrow('only the alliance');
    await gateway.query(`select set_config('app.tenant', $1, false)`, [TENANT.alliance]);
    await expect(gateway.query('select from provider_merge_row')).rejects.toThrow('permission denied');
    // Nor does it work twice, or on what nobody undid.
    await expect(gateway.query('select merge_provider($1)', [id])).rejects.toThrow('not two providers');
    await expect(gateway.query('select unmerge_provider($1)', [id])).rejects.toThrow();
    await gateway.end();
  });

  it('moves flags of boroughs of which the alliance is shown nothing, before, during and after', async () => {
    const twins = await newTwins(scene);
    const hidden = [
      await flagOn(twins.mergedId, twins.mergedHome, { level: 'OWN_BOROUGH' }),
      await flagOn(twins.mergedId, null, { level: 'NAMED', named: [{ borough: 'barnet' }] }),
    ];
    const { moves, reachingFurther } = await preview(twins);
    expect(moves).toContainEqual({ what: 'flags and other shared things', count: 0 });
    expect(reachingFurther).toBe(0);
    const client = await scene.caller('alliance-accreditation');
    const answer = await sendMerge(scene, twins);
    const seen = await client.send(
      'query($id: ID!) { provider(id: $id) { id openFlagCount flags(first: 9) { nodes { id } } usedBy { youngPeople } } }',
      { id: twins.mergedId },
    );
    expect(seen.data).toEqual({
      provider: { id: twins.keptId, openFlagCount: 0, flags: { nodes: [] }, usedBy: [] },
    });
    for (const id of hidden) expect(answer.text + seen.text).not.toContain(id);
    const rows = await scene.sql('select provider_id from sharing where id = any($1)', [hidden]);
    expect(rows).toEqual([{ provider_id: twins.keptId }, { provider_id: twins.keptId }]);
    // Whose it is reads and ends it, under the provider that stays.
    const owner = await scene.caller('brent-placements');
    const { flag } = await owner.data<{ flag: unknown }>(
      'query($id: ID!) { flag(id: $id) { provider { id } home { id } detail } }',
      { id: hidden[0] },
    );
    expect(flag).toEqual({ provider: { id: twins.keptId }, home: { id: twins.mergedHome }, detail: DETAIL });
    await owner.data('mutation($input: FlagActionInput!) { resolveFlag(input: $input) { flag { status } } }', {
      input: { flagId: hidden[0], reason: 'Settled.', idempotencyKey: newId() },
    });
    for (const id of hidden) expect(await knows('alliance', id)).toBe(false);
    // What is kept goes nowhere; of what goes to others by name, who places with the provider learns that it is there.
    const [kept = '', named = ''] = hidden;
    expect([await knows('city', kept), await told(kept)]).toEqual([false, ['FLAG_RESOLVED Brent']]);
    const existence = await (
      await scene.member('city')
    ).send('query($id: ID!) { flag(id: $id) { severity existenceOnly summary raisedBy { name } } }', { id: named });
    expect(existence.data).toEqual({
      flag: { severity: 'HIGH', existenceOnly: true, summary: null, raisedBy: null },
    });
    expect(await told(named)).toEqual(['FLAG_RAISED City of London']);
  });

  it('tells those who place at the one what goes to the boroughs concerned with the other, and nobody else', async () => {
    const twins = await newTwins(scene);
    const ofProvider = await flagOn(twins.mergedId, null);
    const ofKept = await flagOn(twins.keptId, null);
    const ofHome = await flagOn(twins.mergedId, twins.mergedHome);
    const resolved = await flagOn(twins.mergedId, null, { outcome: 'RESOLVED' });
    expect([await knows('city', ofProvider), await knows('barnet', ofKept)]).toEqual([false, false]);
    expect((await preview(twins)).reachingFurther).toBe(2);
    const id = await mergeTwins(scene, twins);
    // A provider is one: whoever places with it needs to know of it. A home is where it was.
    expect([await knows('city', ofProvider), await knows('barnet', ofKept)]).toEqual([true, true]);
    expect([await knows('city', ofHome), await knows('barnet', ofHome)]).toEqual([false, true]);
    // Those who host homes of the one, too; outside the agreement nobody who does not place there.
    expect([
      await knows('havering', ofKept),
      await knows('camden', ofProvider),
      await knows('enfield', ofKept),
    ]).toEqual([true, false, false]);
    expect(await told(ofProvider)).toEqual(['FLAG_RAISED City of London']);
    expect(await told(ofKept)).toEqual(['FLAG_RAISED Barnet', 'FLAG_RAISED Havering']);
    expect([await told(ofHome), await told(resolved)]).toEqual([[], []]);
    const inbox = await (
      await scene.caller('city-commissioning')
    ).data<{ notifications: { nodes: { kind: string; flag: { summary: string } | null }[] } }>(
      '{ notifications(first: 9) { nodes { kind flag { summary } } } }',
    );
    expect(inbox.notifications.nodes).toContainEqual({ kind: 'FLAG_RAISED', flag: { summary: SUMMARY } });
    expect((await sendUndo(scene, id)).errors).toBeUndefined();
    expect([await knows('city', ofProvider), await knows('barnet', ofKept)]).toEqual([false, false]);
    expect(await told(ofProvider)).toEqual(['ACCESS_ENDED City of London', 'FLAG_RAISED City of London']);
    expect(await told(ofHome)).toEqual([]);
  });

  it('is told to every member once, and undone once for each of the two', async () => {
    const twins = await newTwins(scene);
    await scene.settled();
    const changed = async () =>
      (
        await scene.sql<{ n: number; tenants: number }>(
          `select count(*)::int as n, (count(distinct a.tenant_id))::int as tenants from outbox_event e
           join event_audience a on a.position = e.position where e.kind = 'PROVIDER_CHANGED' and e.provider_id in ($1, $2)`,
          [twins.keptId, twins.mergedId],
        )
      )[0];
    const id = await mergeTwins(scene, twins);
    await scene.settled();
    expect(await changed()).toEqual({ n: 34, tenants: 34 });
    await sendUndo(scene, id);
    await scene.settled();
    expect(await changed()).toEqual({ n: 3 * 34, tenants: 34 });
  });

  it('undone, leaves everything as it was', async () => {
    const twins = await newTwins(scene);
    const { keptId, mergedId, mergedHome } = twins;
    await flagOn(mergedId, mergedHome, { level: 'OWN_BOROUGH' });
    await flagOn(keptId, null);
    await place(scene, 'barnet', mergedId, null, 3);
    await place(scene, 'barnet', keptId, null, 0);
    await place(scene, 'ealing', mergedId, null, 1);
    for (const provider of [keptId, mergedId])
      await scene.insert('declared_use', { borough_id: TENANT.barnet, provider_id: provider, young_people_rounded: 5 });
    for (const [reference, home] of [
      ['9911001', mergedHome],
      ['9911002', null],
    ] as const)
      await scene.insert('registration', {
        id: newId(),
        provider_id: mergedId,
        home_id: home,
        regulator: 'OFSTED',
        reference,
        status: 'REGISTERED',
      });
    await scene.insert('commissioning_arrangement', {
      id: newId(),
      borough_id: TENANT.barnet,
      provider_id: mergedId,
      route: 'SPOT',
      starts_on: '2026-01-01',
    });
    await scene.insert('accreditation_standing', {
      provider_id: mergedId,
      status: 'APPLIED',
      effective_from: '2026-10-01',
      conditions: [],
    });
    const before = await register(twins);
    const id = await mergeTwins(scene, twins);
    const merged = await register(twins);
    expect(merged).not.toEqual(before);
    // The borough's own numbers are its own, together; what another may know is rounded.
    const usedBy = async (who: string) =>
      (
        await (
          await scene.caller(who)
        ).data<{ provider: unknown }>(
          'query($id: ID!) { provider(id: $id) { usedBy { borough { name } youngPeople } accreditation { status } } }',
          { id: mergedId },
        )
      ).provider;
    expect(await usedBy('barnet-placements')).toEqual({
      usedBy: [{ borough: { name: 'Barnet' }, youngPeople: 5 }],
      accreditation: { status: 'APPLIED' },
    });
    expect(await usedBy('brent-placements')).toMatchObject({
      usedBy: [{ borough: { name: 'Barnet' }, youngPeople: 5 }],
    });
    expect((await sendUndo(scene, id)).errors).toBeUndefined();
    expect(await register(twins)).toEqual(before);
    expect((await sendUndo(scene, id)).errors?.[0]?.extensions.code).toBe('CONFLICT');
    expect(await register(twins)).toEqual(before);
    // And it can be merged again.
    const again = await mergeTwins(scene, twins);
    expect(await register(twins)).toEqual(merged);
    await sendUndo(scene, again);
    expect(await register(twins)).toEqual(before);
  });

  it('undone, gives back what has changed since with what it is about, and keeps what is about the provider', async () => {
    const twins = await newTwins(scene);
    const { keptId, mergedId, mergedHome } = twins;
    await place(scene, 'brent', mergedId, null, 3);
    await place(scene, 'brent', keptId, null, 1);
    const id = await mergeTwins(scene, twins);
    const brent = await scene.caller('brent-placements');
    const raise = async (homeId: string | null): Promise<string> =>
      (
        await brent.data<{ raiseFlag: { flag: { id: string } } }>(
          'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id } } }',
          {
            input: {
              providerId: mergedId,
              homeId,
              kind: 'OTHER',
              severity: 'LOW',
              summary: 's',
              idempotencyKey: newId(),
            },
          },
        )
      ).raiseFlag.flag.id;
    const [onHome, onProvider] = [await raise(mergedHome), await raise(null)];
    const say = (providerId: string, homeId: string | null, youngPeople: number) =>
      brent.data(
        'mutation($input: RecordPlacementNumberInput!) { recordPlacementNumber(input: $input) { provider { id } } }',
        { input: { providerId, homeId, youngPeople, asAt: '2026-11-01' } },
      );
    await say(mergedId, mergedHome, 7);
    await say(mergedId, null, 9);
    expect((await sendUndo(scene, id)).errors).toBeUndefined();
    const [home] = await scene.sql('select provider_id from home where id = $1', [mergedHome]);
    expect(home).toEqual({ provider_id: mergedId });
    const about = async (flagId: string) =>
      (await scene.sql<{ provider_id: string }>('select provider_id from sharing where id = $1', [flagId]))[0]
        ?.provider_id;
    expect([await about(onHome), await about(onProvider)]).toEqual([mergedId, keptId]);
    const numbers = await scene.sql<{ provider_id: string; home_id: string | null; young_people: number }>(
      'select provider_id, home_id, young_people from placement_number where borough_id = $1 and provider_id in ($2, $3)',
      [TENANT.brent, keptId, mergedId],
    );
    expect(numbers).toHaveLength(3);
    expect(numbers).toContainEqual({ provider_id: keptId, home_id: null, young_people: 9 });
    expect(numbers).toContainEqual({ provider_id: mergedId, home_id: null, young_people: 3 });
    expect(numbers).toContainEqual({ provider_id: mergedId, home_id: mergedHome, young_people: 7 });
  });

  it('follows on from another, and comes off in reverse order', async () => {
    const [one, two] = [await newTwins(scene), await newTwins(scene)];
    const [a, b, c] = [one.mergedId, one.keptId, two.keptId];
    const before = [await register(one), await register(two)];
    const first = await mergeTwins(scene, { keptId: b, mergedId: a });
    const second = await mergeTwins(scene, { keptId: c, mergedId: b });
    const third = await mergeTwins(scene, { keptId: c, mergedId: two.mergedId });
    const client = await scene.caller('brent-placements');
    const idOf = async (id: string) =>
      (await client.data<{ provider: { id: string } }>('query($id: ID!) { provider(id: $id) { id } }', { id })).provider
        .id;
    expect([await idOf(a), await idOf(b), await idOf(c)]).toEqual([c, c, c]);
    const { provider } = await client.data<{ provider: { mergedFrom: { id: string }[] } }>(
      'query($id: ID!) { provider(id: $id) { mergedFrom { id } } }',
      { id: a },
    );
    expect(provider.mergedFrom.map(({ id }) => id)).toEqual([a, b, two.mergedId]);
    for (const early of [first, second]) {
      const { errors } = await sendUndo(scene, early);
      expect([errors?.[0]?.extensions.code, errors?.[0]?.message]).toEqual([
        'CONFLICT',
        expect.stringContaining('undone first'),
      ]);
    }
    for (const [undone, expected] of [
      [third, [c, c]],
      [second, [b, b]],
      [first, [a, b]],
    ] as const) {
      expect((await sendUndo(scene, undone)).errors).toBeUndefined();
      expect([await idOf(a), await idOf(b)]).toEqual(expected);
    }
    expect([await register(one), await register(two)]).toEqual(before);
  });

  it('happens once, however many ask for it at once', async () => {
    const twins = await newTwins(scene);
    const third = await newTwins(scene);
    const swapped = { keptId: twins.mergedId, mergedId: twins.keptId };
    const answers = await Promise.all([
      sendMerge(scene, twins),
      sendMerge(scene, swapped, {}, 'alliance-lead'),
      sendMerge(scene, { keptId: third.keptId, mergedId: twins.mergedId }),
    ]);
    const done = answers.filter(({ errors }) => errors === undefined);
    const codes = answers.flatMap(({ errors }) => errors?.map((error) => error.extensions.code) ?? []);
    // The third may find the provider under its new id.
    expect(done.length).toBeGreaterThan(0);
    expect(codes.every((code) => code === 'CONFLICT' || code === 'BAD_USER_INPUT')).toBe(true);
    const [row] = await scene.sql<{ there: number; merged: number }>(
      `select count(*) filter (where merged_into is null)::int as there, count(*) filter (where merged_into is not null)::int as merged
       from provider where id in ($1, $2, $3)`,
      [twins.keptId, twins.mergedId, third.keptId],
    );
    expect(row).toEqual({ there: 3 - done.length, merged: done.length });
    const homes = await scene.sql(
      `select h.id from home h join provider p on p.id = h.provider_id and p.merged_into is null where h.id in ($1, $2)`,
      [twins.keptHome, twins.mergedHome],
    );
    expect(homes).toHaveLength(2);
  });

  it('waits for what is being written about either, and what waits for it is written of the one that stays', async () => {
    const twins = await newTwins(scene);
    const brent = await scene.caller('brent-placements');
    const writer = new pg.Client({ connectionString: scene.accord.database.urls.superuser });
    await writer.connect();
    await writer.query('begin');
    await writer.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`provider ${twins.mergedId}`]);
    const waiting = (count: number) =>
      until(async () => {
        const [row] = await scene.sql<{ n: number }>(
          `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`,
        );
        return row?.n === count;
      });
    const merging = sendMerge(scene, twins);
    await waiting(1);
    const input = { providerId: twins.mergedId, kind: 'OTHER', severity: 'LOW', summary: 's', idempotencyKey: newId() };
    const raising = brent.data<{ raiseFlag: { flag: { provider: { id: string } } } }>(
      'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { provider { id } } } }',
      { input },
    );
    await waiting(2);
    await writer.query('commit');
    await writer.end();
    expect((await merging).errors).toBeUndefined();
    expect((await raising).raiseFlag.flag.provider.id).toBe(twins.keptId);
    expect(await scene.sql('select from sharing where provider_id = $1', [twins.mergedId])).toHaveLength(0);
  });

  it('is refused in words, and leaves nothing', async () => {
    const twins = await newTwins(scene);
    const refused = async (more: Record<string, unknown>): Promise<(string | undefined)[]> => {
      await scene.settled();
      const before = await scene.footprint();
      const { errors } = await sendMerge(scene, twins, more);
      expect(await scene.footprint()).toEqual(before);
      return [errors?.[0]?.extensions.code, errors?.[0]?.message];
    };
    expect(await refused({ mergedId: twins.keptId })).toEqual([
      'BAD_USER_INPUT',
      expect.stringContaining('one provider already'),
    ]);
    expect(await refused({ mergedId: newId() })).toEqual(['NOT_FOUND', expect.any(String)]);
    expect(await refused({ expectedVersion: 7 })).toEqual(['CONFLICT', expect.stringContaining('changed this')]);
    expect(await refused({ expectedMergedVersion: 7 })).toEqual(['CONFLICT', expect.stringContaining('changed this')]);
    expect(await refused({ reason: ' ' })).toEqual(['BAD_USER_INPUT', expect.any(String)]);
    expect(await refused({ accreditationOf: newId() })).toEqual([
      'BAD_USER_INPUT',
      expect.stringContaining('one of the two'),
    ]);
    await scene.sql(
      `update provider set company_number = '9911000' || case id when $1 then '1' else '2' end where id in ($1, $2)`,
      [twins.keptId, twins.mergedId],
    );
    expect(await refused({})).toEqual(['CONFLICT', expect.stringContaining('99110001 and 99110002')]);
    expect((await preview(twins)).obstacles).toEqual([expect.stringContaining('one legal entity')]);
    const importing = new pg.Client({ connectionString: scene.accord.database.urls.superuser });
    await importing.connect();
    await importing.query(`select pg_advisory_lock(hashtextextended('import of the regulator', 0))`);
    expect(await refused({})).toEqual(['CONFLICT', expect.stringContaining('imported')]);
    await importing.end();
  });

  it('with the same key is done once, and another input under it is refused', async () => {
    const twins = await newTwins(scene);
    const key = { idempotencyKey: newId(), expectedVersion: 1, expectedMergedVersion: 1 };
    const id = await mergeTwins(scene, twins, key);
    expect(await mergeTwins(scene, twins, key)).toBe(id);
    const other = await sendMerge(scene, twins, { ...key, reason: 'Another.' });
    expect(other.errors?.[0]?.extensions.code).toBe('CONFLICT');
  });

  it('lets a company number go on with the one that stays, and comes off only when it is free again', async () => {
    const twins = await newTwins(scene);
    await scene.sql(`update provider set company_number = '99110009' where id = $1`, [twins.mergedId]);
    const id = await mergeTwins(scene, twins);
    const client = await scene.caller('alliance-lead');
    const add = await client.send(
      'mutation($input: AddProviderInput!) { addProvider(input: $input) { provider { id } } }',
      {
        input: { provider: { name: 'Again', companyNumber: '99110009' }, idempotencyKey: newId() },
      },
    );
    expect(add.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', matchId: twins.keptId });
    const change = (companyNumber: string | null, expectedVersion: number) =>
      client.data('mutation($input: ChangeProviderInput!) { changeProvider(input: $input) { provider { version } } }', {
        input: { providerId: twins.mergedId, expectedVersion, provider: { companyNumber } },
      });
    expect(await change('99110009', 2)).toEqual({ changeProvider: { provider: { version: 3 } } });
    const { errors } = await sendUndo(scene, id);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('correct that first'),
      extensions: { code: 'CONFLICT' },
    });
    await change(null, 3);
    expect((await sendUndo(scene, id)).errors).toBeUndefined();
  });
});
