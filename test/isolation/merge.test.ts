import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import pg from 'pg';
import { flagOn, knows, PREVIEW, previewOf, told } from './support/merged.js';
import { expectRefusal } from './support/refusal.js';
import { DETAIL, Scene, SUMMARY } from './support/scene.js';
import { mergeTwins, newTwins, sendMerge, sendUndo } from './support/twins.js';
import { TENANT } from './support/world.js';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

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
    await expect(gateway.query('select unmerge_provider($1)', [id])).rejects.toThrow('no rows');
    await gateway.end();
  });

  it('moves flags of boroughs of which the alliance is shown nothing, before, during and after', async () => {
    const twins = await newTwins(scene);
    const hidden = [
      await flagOn(scene, twins.mergedId, twins.mergedHome, { level: 'OWN_BOROUGH' }),
      await flagOn(scene, twins.mergedId, null, { level: 'NAMED', named: [{ borough: 'barnet' }] }),
    ];
    const { moves, reachingFurther } = await previewOf(scene, twins);
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
    for (const id of hidden) expect(await knows(scene, 'alliance', id)).toBe(false);
    // What is kept goes nowhere; of what goes to others by name, who places with the provider learns that it is there.
    const [kept = '', named = ''] = hidden;
    expect([await knows(scene, 'city', kept), await told(scene, kept)]).toEqual([false, ['FLAG_RESOLVED Brent']]);
    const existence = await (
      await scene.member('city')
    ).send('query($id: ID!) { flag(id: $id) { severity existenceOnly summary raisedBy { name } } }', { id: named });
    expect(existence.data).toEqual({
      flag: { severity: 'HIGH', existenceOnly: true, summary: null, raisedBy: null },
    });
    expect(await told(scene, named)).toEqual(['FLAG_RAISED City of London']);
  });

  it('tells those who place at the one what goes to the boroughs concerned with the other, and nobody else', async () => {
    const twins = await newTwins(scene);
    const ofProvider = await flagOn(scene, twins.mergedId, null);
    const ofKept = await flagOn(scene, twins.keptId, null);
    const ofHome = await flagOn(scene, twins.mergedId, twins.mergedHome);
    const resolved = await flagOn(scene, twins.mergedId, null, { outcome: 'RESOLVED' });
    expect([await knows(scene, 'city', ofProvider), await knows(scene, 'barnet', ofKept)]).toEqual([false, false]);
    expect((await previewOf(scene, twins)).reachingFurther).toBe(2);
    const id = await mergeTwins(scene, twins);
    // A provider is one: whoever places with it needs to know of it. A home is where it was.
    expect([await knows(scene, 'city', ofProvider), await knows(scene, 'barnet', ofKept)]).toEqual([true, true]);
    expect([await knows(scene, 'city', ofHome), await knows(scene, 'barnet', ofHome)]).toEqual([false, true]);
    // Those who host homes of the one, too; outside the agreement nobody who does not place there.
    expect([
      await knows(scene, 'havering', ofKept),
      await knows(scene, 'camden', ofProvider),
      await knows(scene, 'enfield', ofKept),
    ]).toEqual([true, false, false]);
    expect(await told(scene, ofProvider)).toEqual(['FLAG_RAISED City of London']);
    expect(await told(scene, ofKept)).toEqual(['FLAG_RAISED Barnet', 'FLAG_RAISED Havering']);
    expect([await told(scene, ofHome), await told(scene, resolved)]).toEqual([[], []]);
    const inbox = await (
      await scene.caller('city-commissioning')
    ).data<{ notifications: { nodes: { kind: string; flag: { summary: string } | null }[] } }>(
      '{ notifications(first: 9) { nodes { kind flag { summary } } } }',
    );
    expect(inbox.notifications.nodes).toContainEqual({ kind: 'FLAG_RAISED', flag: { summary: SUMMARY } });
    expect((await sendUndo(scene, id)).errors).toBeUndefined();
    expect([await knows(scene, 'city', ofProvider), await knows(scene, 'barnet', ofKept)]).toEqual([false, false]);
    expect(await told(scene, ofProvider)).toEqual(['ACCESS_ENDED City of London', 'FLAG_RAISED City of London']);
    expect(await told(scene, ofHome)).toEqual([]);
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
    const merging = sendMerge(scene, twins);
    await scene.waiting(1);
    const input = { providerId: twins.mergedId, kind: 'OTHER', severity: 'LOW', summary: 's', idempotencyKey: newId() };
    const raising = brent.data<{ raiseFlag: { flag: { provider: { id: string } } } }>(
      'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { provider { id } } } }',
      { input },
    );
    await scene.waiting(2);
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
    expect((await previewOf(scene, twins)).obstacles).toEqual([expect.stringContaining('one legal entity')]);
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
});
