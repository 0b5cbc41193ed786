import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { until } from '@accord/testkit';
import { rowsOf, told } from './support/merged.js';
import { lookForPatterns } from './support/patterns.js';
import { Scene, type ItemFacts } from './support/scene.js';
import { mergeTwins, newTwins, place, sendUndo } from './support/twins.js';
import { TENANT, type TenantName } from './support/world.js';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

const EARLIER = '2026-01-05';

/** An item of Brent's on one of two providers, shared some time ago. */
async function itemOn(providerId: string, homeId: string | null, facts: ItemFacts = {}): Promise<string> {
  const id = await scene.item({ ...facts, home: homeId });
  await scene.sql(`update sharing set provider_id = $2, shared_on = '${EARLIER}' where id = $1`, [id, providerId]);
  await scene.sql(`update sharing_named set shared_on = '${EARLIER}' where sharing_id = $1`, [id]);
  return id;
}

const OTHERS = ['barnet', 'city', 'havering', 'camden', 'ealing', 'enfield', 'alliance'] as const;

const ofTenant = (tenant: TenantName) =>
  scene.caller(tenant === 'alliance' ? 'alliance-safeguarding' : `${tenant} PLACEMENTS`);

/** Who of the others may read an item. */
async function readersOf(id: string): Promise<string[]> {
  const seen = await Promise.all(
    OTHERS.map(async (tenant) => {
      const { data } = await (
        await ofTenant(tenant)
      ).send<{ intelligenceItem: { id: string } | null }>('query($id: ID!) { intelligenceItem(id: $id) { id } }', {
        id,
      });
      return data?.intelligenceItem ? [tenant] : [];
    }),
  );
  return seen.flat();
}

const sharedOn = async (id: string) =>
  (await scene.sql<{ day: string }>('select shared_on::text as day from sharing where id = $1', [id]))[0]?.day;

interface Feed {
  readonly intelligence: { readonly nodes: { id: string; provider: { id: string } }[] };
  readonly provider: {
    readonly id: string;
    readonly visibleIntelligenceCount: number;
    readonly heldIntelligence: { id: string }[];
  };
}

/** What a borough finds about a provider, by whichever of its ids. */
const feedOf = async (tenant: TenantName, id: string): Promise<Feed> =>
  (await ofTenant(tenant)).data<Feed>(
    `query($id: ID!) {
      intelligence(first: 20, filter: { providerId: $id }) { nodes { id provider { id } } }
      provider(id: $id) { id visibleIntelligenceCount heldIntelligence { id } }
    }`,
    { id },
  );

describe('intelligence on a provider that is merged', () => {
  it('has the audience that it had, and further only those concerned with the other, who are told', async () => {
    const twins = await newTwins(scene);
    const { keptId, mergedId, mergedHome } = twins;
    // Each with who may read it before.
    const unchanged: [string, string[]][] = [
      [await itemOn(mergedId, null, { level: 'OWN_BOROUGH' }), []],
      [await itemOn(mergedId, null, { level: 'NAMED', named: [{ borough: 'enfield' }] }), ['enfield']],
      [await itemOn(mergedId, mergedHome), ['barnet', 'havering']],
      [await itemOn(mergedId, null, { consent: ['barnet'] }), ['barnet']],
      [await itemOn(mergedId, null, { level: 'OWN_BOROUGH', granted: [{ to: 'enfield' }] }), ['enfield']],
      [await itemOn(mergedId, null, { level: 'ALLIANCE' }), ['barnet', 'city', 'havering', 'enfield', 'alliance']],
      [await itemOn(mergedId, null, { level: 'OWN_BOROUGH', mayBeAskedFor: true }), []],
    ];
    const ofMerged = await itemOn(mergedId, null);
    const ofKept = await itemOn(keptId, null);
    const withdrawn = await itemOn(mergedId, null, { withdrawn: true });
    const expectAudiences = async (merged: string[], kept: string[]) => {
      for (const [id, readers] of unchanged) expect([id, await readersOf(id)]).toEqual([id, readers]);
      expect([await readersOf(ofMerged), await readersOf(ofKept)]).toEqual([merged, kept]);
    };
    await expectAudiences(['barnet', 'havering'], ['city']);
    const mergeId = await mergeTwins(scene, twins);
    await expectAudiences(['barnet', 'city', 'havering'], ['barnet', 'city', 'havering']);
    expect(await told(scene, ofMerged)).toEqual(['INTELLIGENCE_SHARED City of London']);
    expect(await told(scene, ofKept)).toEqual(['INTELLIGENCE_SHARED Barnet', 'INTELLIGENCE_SHARED Havering']);
    for (const id of [...unchanged.map(([item]) => item), withdrawn]) expect(await told(scene, id)).toEqual([]);
    // Who gains sight finds it at the head of their feed; all else stands where it stood.
    expect([(await sharedOn(ofMerged)) === EARLIER, (await sharedOn(ofKept)) === EARLIER]).toEqual([false, false]);
    for (const [id] of unchanged.slice(0, 6)) expect([id, await sharedOn(id)]).toEqual([id, EARLIER]);
    expect((await sendUndo(scene, mergeId)).errors).toBeUndefined();
    await expectAudiences(['barnet', 'havering'], ['city']);
    expect(await told(scene, ofMerged)).toEqual(['ACCESS_ENDED City of London', 'INTELLIGENCE_SHARED City of London']);
  });

  it('is found under either id, opened for the one that stays, and corrected by its owner', async () => {
    const twins = await newTwins(scene);
    const { keptId, mergedId } = twins;
    const [shared, held] = [
      await itemOn(mergedId, null),
      await itemOn(mergedId, null, { level: 'OWN_BOROUGH', mayBeAskedFor: true }),
    ];
    expect((await feedOf('city', mergedId)).provider.heldIntelligence).toEqual([]);
    await mergeTwins(scene, twins);
    for (const id of [keptId, mergedId]) {
      expect(await feedOf('city', id)).toEqual({
        intelligence: { nodes: [{ id: shared, provider: { id: keptId } }] },
        provider: { id: keptId, visibleIntelligenceCount: 1, heldIntelligence: [{ id: held }] },
      });
    }
    const city = await ofTenant('city');
    await city.data('mutation($id: ID!) { openIntelligence(id: $id, purpose: MONITORING) { item { detail } } }', {
      id: shared,
    });
    // The purpose is asked once per provider and day, under either id.
    const { provider } = await city.data<{ provider: unknown }>(
      'query($id: ID!) { provider(id: $id) { readPurposeToday } }',
      { id: mergedId },
    );
    expect(provider).toEqual({ readPurposeToday: 'MONITORING' });
    const owner = await scene.caller('brent-placements');
    await owner.data(
      'mutation($input: CorrectIntelligenceInput!) { correctIntelligence(input: $input) { item { version } } }',
      {
        input: {
          itemId: shared,
          expectedVersion: 1,
          summary: 'Two of three nights.',
          reason: 'A slip.',
          idempotencyKey: newId(),
        },
      },
    );
    expect(await told(scene, shared)).toEqual([
      'INTELLIGENCE_CHANGED Barnet',
      'INTELLIGENCE_CHANGED Brent',
      'INTELLIGENCE_CHANGED City of London',
      'INTELLIGENCE_CHANGED Havering',
      'INTELLIGENCE_SHARED City of London',
    ]);
  });

  it('is named on a stream by its id alone to whoever loses it when the merge is undone', async () => {
    const twins = await newTwins(scene);
    const item = await itemOn(twins.mergedId, null);
    const watched = (await ofTenant('city')).subscribe<{ providerAlerts: { kind: string } }>(
      'subscription { providerAlerts { kind flag { id } intelligence { id category } } }',
    );
    await until(async () => {
      await scene.sql(
        `insert into outbox_event (id, kind, owner_id, provider_id, occurred_at) values ($1, 'PROVIDER_CHANGED', $2, $3, now())`,
        [newId(), TENANT.alliance, twins.keptId],
      );
      return watched.events.length > 0;
    });
    const mergeId = await mergeTwins(scene, twins);
    await sendUndo(scene, mergeId);
    const ended = { kind: 'ACCESS_ENDED', flag: null, intelligence: { id: item, category: null } };
    await until(() => watched.events.some(({ data }) => data?.providerAlerts.kind === 'ACCESS_ENDED'));
    const heard = watched.events.map(({ data }) => data?.providerAlerts);
    watched.close();
    expect(heard).toContainEqual({
      kind: 'INTELLIGENCE_SHARED',
      flag: null,
      intelligence: { id: item, category: 'STAFFING' },
    });
    expect(heard).toContainEqual(ended);
  });

  it('goes with what was found and decided on it, and comes back with it', async () => {
    const twins = await newTwins(scene);
    const { keptId, mergedId, mergedHome } = twins;
    await place(scene, 'brent', mergedId, mergedHome, 1);
    const item = await itemOn(mergedId, mergedHome, { owner: 'barnet' });
    const review = newId();
    await scene.insert('pattern_review', { id: review, provider_id: mergedId, state: 'FOUND' });
    const rely = async (reference: string) =>
      (await scene.caller('brent-placements')).data(
        'mutation($input: RelyOnIntelligenceInput!) { relyOnIntelligence(input: $input) { copy { id } } }',
        { input: { itemId: item, decision: 'DECISION', reference, idempotencyKey: newId() } },
      );
    await rely('D-1');
    const before = await rowsOf(scene, twins);
    const mergeId = await mergeTwins(scene, twins);
    const aboutOf = async (table: string) =>
      (
        await scene.sql<{ provider_id: string }>(
          `select distinct provider_id from ${table} where provider_id in ($1, $2)`,
          [keptId, mergedId],
        )
      ).map((row) => row.provider_id);
    expect([await aboutOf('pattern_review'), await aboutOf('relied_copy')]).toEqual([[keptId], [keptId]]);
    // What is logged stays as it was sealed.
    expect(await aboutOf('read_log_entry')).toEqual([mergedId]);
    expect((await sendUndo(scene, mergeId)).errors).toBeUndefined();
    expect(await rowsOf(scene, twins)).toEqual(before);
    // What was decided on it since goes back with it.
    const again = await mergeTwins(scene, twins);
    await rely('D-2');
    await sendUndo(scene, again);
    expect(await aboutOf('relied_copy')).toEqual([mergedId]);
  });

  it('makes a pattern with what stood under the other name', async () => {
    const twins = await newTwins(scene);
    const kept = { level: 'OWN_BOROUGH' } as const;
    await itemOn(twins.mergedId, null, kept);
    await itemOn(twins.mergedId, null, { ...kept, owner: 'barnet' });
    await itemOn(twins.keptId, null, { ...kept, owner: 'city' });
    const found = async () => {
      await lookForPatterns(scene);
      return scene.sql(`select provider_id from pattern_review where provider_id in ($1, $2)`, [
        twins.keptId,
        twins.mergedId,
      ]);
    };
    expect(await found()).toEqual([]);
    await mergeTwins(scene, twins);
    expect(await found()).toEqual([{ provider_id: twins.keptId }]);
    expect(await found()).toHaveLength(1);
  });
});
