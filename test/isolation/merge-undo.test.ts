import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessFeature } from '@accord/access';
import { turnAccreditationClock } from '@accord/accreditation';
import { newId } from '@accord/kernel';
import { createOrm } from '@accord/persistence';
import { newProposal, newProvider } from './support/accreditation-file.js';
import { flagOn, rowsOf } from './support/merged.js';
import { Scene } from './support/scene.js';
import { mergeTwins, newTwins, place, sendMerge, sendUndo, type Twins } from './support/twins.js';
import { TENANT } from './support/world.js';

describe('providers that are one', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await Scene.start();
  });

  afterAll(() => scene.stop());

  describe('a merge, undone,', () => {
    it('leaves everything as it was', async () => {
      const twins = await newTwins(scene);
      const { keptId, mergedId, mergedHome } = twins;
      await flagOn(scene, mergedId, mergedHome, { level: 'OWN_BOROUGH' });
      await flagOn(scene, keptId, null);
      await place(scene, 'barnet', mergedId, null, 3);
      await place(scene, 'barnet', keptId, null, 0);
      await place(scene, 'ealing', mergedId, null, 1);
      for (const provider of [keptId, mergedId])
        await scene.insert('declared_use', {
          borough_id: TENANT.barnet,
          provider_id: provider,
          young_people_rounded: 5,
        });
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
      const before = await rowsOf(scene, twins);
      const id = await mergeTwins(scene, twins);
      const merged = await rowsOf(scene, twins);
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
      expect(await rowsOf(scene, twins)).toEqual(before);
      expect((await sendUndo(scene, id)).errors?.[0]?.extensions.code).toBe('CONFLICT');
      expect(await rowsOf(scene, twins)).toEqual(before);
      // And it can be merged again.
      const again = await mergeTwins(scene, twins);
      expect(await rowsOf(scene, twins)).toEqual(merged);
      await sendUndo(scene, again);
      expect(await rowsOf(scene, twins)).toEqual(before);
    });

    it('gives back what has changed since with what it is about, and keeps what is about the provider', async () => {
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
      const before = [await rowsOf(scene, one), await rowsOf(scene, two)];
      const first = await mergeTwins(scene, { keptId: b, mergedId: a });
      const second = await mergeTwins(scene, { keptId: c, mergedId: b });
      const third = await mergeTwins(scene, { keptId: c, mergedId: two.mergedId });
      const client = await scene.caller('brent-placements');
      const idOf = async (id: string) =>
        (await client.data<{ provider: { id: string } }>('query($id: ID!) { provider(id: $id) { id } }', { id }))
          .provider.id;
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
      expect([await rowsOf(scene, one), await rowsOf(scene, two)]).toEqual(before);
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
        client.data(
          'mutation($input: ChangeProviderInput!) { changeProvider(input: $input) { provider { version } } }',
          {
            input: { providerId: twins.mergedId, expectedVersion, provider: { companyNumber } },
          },
        );
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

  describe('the accreditation of two that are one', () => {
    const standing = async (providerId: string) => {
      const { provider } = await (
        await scene.caller('brent-placements')
      ).data<{ provider: unknown }>(
        'query($id: ID!) { provider(id: $id) { accreditation { status } mergedFrom { accreditationSetAside { status history(first: 5) { nodes { status } } } } } }',
        { id: providerId },
      );
      return provider;
    };
    const pair = async (kept: string | null, merged: string | null): Promise<Pick<Twins, 'keptId' | 'mergedId'>> => ({
      keptId: await newProvider(scene, kept),
      mergedId: await newProvider(scene, merged),
    });
    const refusal = async (twins: Pick<Twins, 'keptId' | 'mergedId'>, more = {}) => {
      await scene.settled();
      const before = await scene.footprint();
      const { errors } = await sendMerge(scene, twins, more);
      expect(await scene.footprint()).toEqual(before);
      return [errors?.[0]?.extensions.code, errors?.[0]?.message];
    };

    it('goes over where there is one, with what waits in it, and comes back', async () => {
      const twins = await pair(null, null);
      const decisionId = await newProposal(scene, { told: true });
      const [proposal] = await scene.sql<{ provider_id: string }>(
        'select provider_id from accreditation_proposal where id = $1',
        [decisionId],
      );
      const mergedId = proposal?.provider_id ?? '';
      const id = await mergeTwins(scene, { keptId: twins.keptId, mergedId });
      // Somebody else decides on it under the provider that stays.
      const { rejectAccreditationDecision: decided } = await (
        await scene.caller('alliance-lead')
      ).data<{ rejectAccreditationDecision: { decision: { provider: { id: string } } } }>(
        'mutation($input: DecideAccreditationProposalInput!) { rejectAccreditationDecision(input: $input) { decision { provider { id } } } }',
        { input: { decisionId, reason: 'Not now.', idempotencyKey: newId() } },
      );
      expect(decided.decision.provider.id).toBe(twins.keptId);
      await sendUndo(scene, id);
      for (const table of ['accreditation_proposal', 'accreditation_verdict', 'accreditation_standing'])
        expect([table, await scene.sql(`select from ${table} where provider_id = $1`, [twins.keptId])]).toEqual([
          table,
          [],
        ]);
      expect(await scene.sql('select from accreditation_verdict where provider_id = $1', [mergedId])).toHaveLength(1);
    });

    it('of both has to be chosen, and no decision is undone by the choice', async () => {
      const twins = await pair('ACCREDITED', 'SUSPENDED');
      expect(await refusal(twins)).toEqual(['CONFLICT', expect.stringContaining('Say whose goes on')]);
      for (const accreditationOf of [twins.keptId, twins.mergedId]) {
        expect(await refusal(twins, { accreditationOf })).toEqual([
          'CONFLICT',
          expect.stringContaining('A merge decides nothing'),
        ]);
      }
    });

    it('that is set aside stays readable, falls due no more, and comes back', async () => {
      const twins = await pair('APPLIED', 'ACCREDITED');
      const id = await mergeTwins(scene, twins, { accreditationOf: twins.mergedId });
      expect(await standing(twins.mergedId)).toEqual({
        accreditation: { status: 'ACCREDITED' },
        mergedFrom: [{ accreditationSetAside: { status: 'APPLIED', history: { nodes: expect.any(Array) } } }],
      });
      await sendUndo(scene, id);
      expect(await standing(twins.keptId)).toMatchObject({ accreditation: { status: 'APPLIED' }, mergedFrom: [] });
      expect(await standing(twins.mergedId)).toMatchObject({ accreditation: { status: 'ACCREDITED' }, mergedFrom: [] });
      const same = await pair('ACCREDITED', 'ACCREDITED');
      await scene.sql(`update accreditation_standing set review_due = '2026-01-01' where provider_id = $1`, [
        same.mergedId,
      ]);
      await mergeTwins(scene, same, { accreditationOf: same.keptId });
      const orm = await createOrm({
        url: scene.accord.database.urls.worker,
        entities: accessFeature.entities,
        pool: 2,
      });
      try {
        expect((await turnAccreditationClock(orm, new Date())).faults).toEqual([]);
      } finally {
        await orm.close();
      }
      expect(await standing(same.keptId)).toMatchObject({
        accreditation: { status: 'ACCREDITED' },
        mergedFrom: [{ accreditationSetAside: { status: 'ACCREDITED' } }],
      });
    });
  });
});
