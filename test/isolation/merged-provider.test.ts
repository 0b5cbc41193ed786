import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { until } from '@accord/testkit';
import { Register } from '../contract/support/register.js';
import { regulatorFile } from '../contract/support/regulator-file.js';
import { OPERATIONS } from './support/operation.js';
import { placesOf, withAt } from './support/place.js';
import { Scene } from './support/scene.js';
import { SCHEMA } from './support/selection.js';
import { addProvider, mergeTwins, newTwins, sendUndo } from './support/twins.js';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

interface Found {
  readonly id: string;
  readonly name: string;
}

interface Page {
  readonly nodes: { provider: { id: string }; other: { id: string }; grounds: string[] }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string };
}

async function search(words: string): Promise<Found[]> {
  const client = await scene.caller('brent-placements');
  const { providers } = await client.data<{ providers: { nodes: Found[] } }>(
    'query($search: String!) { providers(first: 20, filter: { search: $search }) { nodes { id name } } }',
    { search: words },
  );
  return providers.nodes;
}

const valueAt = (variables: Record<string, unknown>, path: string): string =>
  String(path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], variables));

/** The arguments of operations that name a provider, by the place of its id. */
const PROVIDER_IDS = placesOf(SCHEMA, (_name, type) => type === 'ID').filter(
  (place) => /provider(Ids?)\)$|providerId\)$/i.test(place) || place === 'Query.provider(id)',
);

/** These name two providers, or work on the one that the operation made for itself. */
const OTHERWISE = [
  'Mutation.mergeProviders(input.keptId)',
  'Mutation.mergeProviders(input.mergedId)',
  'Query.previewProviderMerge(input.keptId)',
  'Query.previewProviderMerge(input.mergedId)',
  'Subscription.providerAlerts(filter.providerIds)',
];

describe('a provider that was merged', () => {
  it('is asked for by its old id in every operation that takes one', () => {
    expect(PROVIDER_IDS.length).toBeGreaterThan(8);
  });

  it.each(PROVIDER_IDS.filter((place) => !OTHERWISE.includes(place)))(
    'answers at %s with the one that stays',
    async (place) => {
      const found = OPERATIONS.find(({ field }) => place.startsWith(`${field}(`));
      if (!found) throw new Error(`${place} belongs to no operation.`);
      const sent = await found.variables(scene);
      const path = /\((.*)\)$/.exec(place)?.[1] ?? '';
      // The operation's own provider, of the standing that it wants, is the one that stays. One has it as `id` in its variables.
      const at = path.includes('.') ? path : 'id';
      const keptId = valueAt(sent, at);
      const mergedId = newId();
      await addProvider(scene, mergedId, 'Sorrelbank Homes');
      await mergeTwins(scene, { keptId, mergedId });
      const withOldId = withAt(sent, at, mergedId);
      const [row] = await scene.sql<{ version: number }>('select version from provider where id = $1', [keptId]);
      const isChange = found.field === 'Mutation.changeProvider';
      const variables = isChange ? withAt(withOldId, 'input.expectedVersion', row?.version) : withOldId;
      const answer = await (await scene.caller(found.owner)).send(found.document, variables);
      expect(answer.errors).toBeUndefined();
      // Nothing is written under an id that no provider has.
      const columns = await scene.sql<{ table_name: string }>(
        `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'provider_id'
         and table_name not in ('placement_number', 'borough_concerned', 'concerning_caller')`,
      );
      for (const { table_name: table } of columns) {
        const left = await scene.sql(`select from ${table} where provider_id = $1`, [mergedId]);
        expect({ table, left: left.length }).toEqual({ table, left: 0 });
      }
    },
  );

  it('is in no list, and found by its old names as the one that stays', async () => {
    const twins = await newTwins(scene);
    await scene.sql(
      `update provider set name = 'Quincebeck Care', trading_names = '{Marshwiggle}', postcode = 'ZZ1 9QB' where id = $1`,
      [twins.mergedId],
    );
    await scene.sql(`update provider set name = 'Dovetrellis Ltd' where id = $1`, [twins.keptId]);
    const id = await mergeTwins(scene, twins);
    for (const words of ['quincebeck', 'marshwiggle', 'dovetrellis', 'zz19qb'])
      expect([words, await search(words)]).toEqual([words, [{ id: twins.keptId, name: 'Dovetrellis Ltd' }]]);
    const { provider } = await (
      await scene.caller('brent-placements')
    ).data<{ provider: unknown }>(
      'query($id: ID!) { provider(id: $id) { name mergedFrom { id name tradingNames } } }',
      {
        id: twins.mergedId,
      },
    );
    expect(provider).toEqual({
      name: 'Dovetrellis Ltd',
      mergedFrom: [{ id: twins.mergedId, name: 'Quincebeck Care', tradingNames: ['Marshwiggle'] }],
    });
    await sendUndo(scene, id);
    expect((await search('quincebeck')).map((found) => found.id)).toEqual([twins.mergedId]);
    expect((await search('dovetrellis')).map((found) => found.id)).toEqual([twins.keptId]);
  });

  it('is listed as likely before, and no longer after', async () => {
    const [one, other, third] = [newId(), newId(), newId()];
    for (const [id, name, postcode] of [
      [one, 'The Brackenholt Trust Ltd', 'ZZ1 7BH'],
      [other, 'Brackenholt Trust Limited', null],
      [third, 'Brakenholt Trust', 'ZZ1 7BH'],
    ] as const)
      await scene.insert('provider', {
        id,
        name,
        postcode,
        trading_names: [],
        directors: [],
        version: 1,
        updated_at: new Date(),
      });
    const list = async () => {
      const client = await scene.caller('alliance-accreditation');
      const found: Page['nodes'] = [];
      let after: string | null = null;
      do {
        const answer: { likelyDuplicates: Page } = await client.data(
          'query($after: String) { likelyDuplicates(first: 20, after: $after) { nodes { provider { id } other { id } grounds } pageInfo { hasNextPage endCursor } } }',
          { after },
        );
        const page = answer.likelyDuplicates;
        found.push(...page.nodes);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      return found
        .filter((pair) => [one, other, third].includes(pair.provider.id))
        .map((pair) => [[pair.provider.id, pair.other.id].toSorted(), pair.grounds]);
    };
    const before = await list();
    expect(before).toContainEqual([[one, other].toSorted(), ['SAME_NAME']]);
    expect(before).toContainEqual([[one, third].toSorted(), ['SAME_POSTCODE_AND_SIMILAR_NAME']]);
    expect(before).toHaveLength(2);
    await mergeTwins(scene, { keptId: one, mergedId: other });
    expect(await list()).toEqual([[[one, third].toSorted(), ['SAME_POSTCODE_AND_SIMILAR_NAME']]]);
  });

  it('is found by the regulator’s file as the one that stays', async () => {
    const register = new Register(scene.accord.database);
    const owner = (name: string, urn: string, more = {}) => ({
      'Organisation which owns the provider': name,
      URN: urn,
      'Inspection event number': `9${urn}`,
      ...more,
    });
    await register.bringIn(
      regulatorFile(owner('Withywind Limited', '9912001'), owner('Withywind Care Limited', '9912002')),
    );
    const providerOf = async (urn: string) =>
      (await scene.sql<{ provider_id: string }>(`select provider_id from registration where reference = $1`, [urn]))[0]
        ?.provider_id ?? '';
    const [keptId, mergedId] = [await providerOf('9912001'), await providerOf('9912002')];
    const id = await mergeTwins(scene, { keptId, mergedId });
    const report = await register.bringIn(
      regulatorFile(
        owner('Withywind Limited', '9912001'),
        owner('Withywind Care Limited', '9912002', { Places: '9' }),
        owner('Withywind Care Ltd', '9912003'),
      ),
    );
    expect(report.remarks).toEqual([]);
    expect(report.providers).toMatchObject({ added: 0 });
    expect([await providerOf('9912002'), await providerOf('9912003')]).toEqual([keptId, keptId]);
    expect(await scene.sql(`select from provider where name like 'Withywind%'`)).toHaveLength(2);
    // Undone, the old registration and home go back with what was imported of them; a new one stays where it came in.
    expect((await sendUndo(scene, id)).errors).toBeUndefined();
    expect([await providerOf('9912002'), await providerOf('9912003')]).toEqual([mergedId, keptId]);
    const homes = await scene.sql<{ provider_id: string; beds: number }>(
      `select h.provider_id, h.beds from home h join registration r on r.home_id = h.id where r.reference = '9912002'`,
    );
    expect(homes).toEqual([{ provider_id: mergedId, beds: 9 }]);
    expect((await register.bringIn(regulatorFile(owner('Withywind Care Limited', '9912002')))).remarks).toEqual([]);
  });

  it('is what a stream asked for by its old id hears of, and old notifications name the one that stays', async () => {
    const twins = await newTwins(scene);
    const client = await scene.caller('barnet-placements');
    interface Seen {
      readonly providerAlerts: { kind: string; provider: { id: string }; flag: { id: string } | null };
    }
    const watched = client.subscribe<Seen>(
      'subscription($filter: AlertFilter) { providerAlerts(filter: $filter) { kind provider { id } flag { id } } }',
      { filter: { providerIds: [twins.mergedId] } },
    );
    const raise = async (providerId: string, homeId: string | null): Promise<string> =>
      (
        await (
          await scene.caller('brent-placements')
        ).data<{ raiseFlag: { flag: { id: string } } }>(
          'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id } } }',
          { input: { providerId, homeId, kind: 'OTHER', severity: 'HIGH', summary: 's', idempotencyKey: newId() } },
        )
      ).raiseFlag.flag.id;
    // Whether the stream is open yet shows when the first comes; the last has come before anything is merged.
    let last = '';
    await until(async () => {
      last = await raise(twins.mergedId, twins.mergedHome);
      return watched.events.length > 0;
    });
    await until(() => watched.events.some(({ data }) => data?.providerAlerts.flag?.id === last));
    await mergeTwins(scene, twins);
    await raise(twins.keptId, twins.mergedHome);
    const heard = () =>
      watched.events.map(({ data }) => [data?.providerAlerts.kind, data?.providerAlerts.provider.id] as const);
    await until(() => {
      const [kind, about] = heard().at(-1) ?? [];
      return kind === 'FLAG_RAISED' && about === twins.keptId;
    });
    watched.close();
    expect(heard().slice(-3)).toEqual([
      ['FLAG_RAISED', twins.mergedId],
      ['PROVIDER_CHANGED', twins.keptId],
      ['FLAG_RAISED', twins.keptId],
    ]);
    await scene.settled();
    const { notifications } = await client.data<{ notifications: { nodes: { provider: { id: string } }[] } }>(
      '{ notifications(first: 3) { nodes { provider { id } } } }',
    );
    expect(notifications.nodes.map(({ provider }) => provider.id)).toEqual([twins.keptId, twins.keptId, twins.keptId]);
  });
});
