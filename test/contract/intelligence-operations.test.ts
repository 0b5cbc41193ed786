import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homeId, organisationId, providerId, TENANT_CODE } from '@accord/infra';
import { londonDate } from '@accord/kernel';
import { TestAccord } from '@accord/testkit';
import { contractOperation } from './support/operations.js';

/** The contract's operations on intelligence, sent unchanged on the example world. */

const PROVIDER = providerId('Lanternfield Supported Living Ltd');
const HOME = homeId('Copperbeech House');
const TODAY = londonDate(new Date());
const [BRENT, HAVERING] = [organisationId(TENANT_CODE.brent), organisationId(TENANT_CODE.havering)];

const NAMED = { level: 'NAMED', boroughIds: [BRENT, HAVERING], reason: 'They place there and host it.' };
const INPUT = {
  providerId: PROVIDER,
  homeId: HOME,
  category: 'STAFFING',
  summary: 'Nobody answered the door after ten at night.',
  detail: 'Told by a placing worker, twice in one week.',
  observedOn: TODAY,
  sharing: { ...NAMED, conditions: 'Not to be put to the provider yet.' },
};

interface Recorded {
  readonly recordIntelligence: {
    readonly item: { readonly id: string; readonly version: number; readonly sharing: string };
  };
}

let accord: TestAccord;

beforeAll(async () => {
  accord = await TestAccord.start();
});
afterAll(() => accord.stop());

async function record(input: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const barnet = await accord.as('barnet-placements');
  const { recordIntelligence } = await barnet.data<Recorded>(contractOperation('RecordIntelligence'), {
    input: { ...INPUT, idempotencyKey: randomUUID(), ...input },
  });
  expect(recordIntelligence.item).toMatchObject({ version: 1, sharing: 'NAMED' });
  return recordIntelligence.item.id;
}

describe('on the example world', () => {
  it('PreviewAudience names who would see it, and who would not and why', async () => {
    const asked = await (
      await accord.as('barnet-placements')
    ).data<{
      previewAudience: { boroughs: unknown; excluded: { borough: { name: string }; reason: string }[] };
    }>(contractOperation('PreviewAudience'), { input: { providerId: PROVIDER, homeId: HOME, sharing: NAMED } });
    expect(asked.previewAudience.boroughs).toEqual([{ name: 'Barnet' }, { name: 'Brent' }, { name: 'Havering' }]);
    const reasons = new Map(asked.previewAudience.excluded.map(({ borough, reason }) => [borough.name, reason]));
    expect(reasons.get('City of London')).toBe('It is neither named nor in a group that is.');
    expect(reasons.get('Ealing')).toBe('No sharing agreement in force covers intelligence with it.');
  });

  it('RecordIntelligence, IntelligenceFeed and ProviderListIntelligence show it to those named', async () => {
    const countOf = async (persona: string) =>
      (
        await (
          await accord.as(persona)
        ).data<{ providers: { nodes: { id: string; visibleIntelligenceCount: number }[] } }>(
          contractOperation('ProviderListIntelligence'),
          { first: 100 },
        )
      ).providers.nodes.find((node) => node.id === PROVIDER)?.visibleIntelligenceCount ?? 0;
    const before = [await countOf('havering-quality'), await countOf('city-commissioning')] as const;
    const id = await record();
    const feedOf = async (persona: string) =>
      (
        await (
          await accord.as(persona)
        ).data<{ intelligence: { nodes: Record<string, unknown>[] } }>(contractOperation('IntelligenceFeed'), {
          first: 50,
          filter: { providerId: PROVIDER },
        })
      ).intelligence.nodes.find((node) => node['id'] === id);
    expect(await feedOf('brent-placements')).toEqual({
      id,
      version: 1,
      summary: INPUT.summary,
      category: 'STAFFING',
      observedOn: TODAY,
      sharedOn: TODAY,
      sharing: 'NAMED',
      tlp: 'RED',
      provider: { id: PROVIDER, name: 'Lanternfield Supported Living Ltd' },
      home: { id: HOME, name: 'Copperbeech House' },
      borough: { id: organisationId(TENANT_CODE.barnet), name: 'Barnet' },
    });
    expect(await feedOf('city-commissioning')).toBeUndefined();
    const after = [await countOf('havering-quality'), await countOf('city-commissioning')];
    expect(after).toEqual([before[0] + 1, before[1]]);
  });

  it('OpenIntelligence and WhoCanSee: the reading is known to the owner', async () => {
    const id = await record();
    const opened = await (
      await accord.as('brent-quality')
    ).data(contractOperation('OpenIntelligence'), {
      id,
      purpose: 'PLACEMENT_DECISION',
      note: 'Before Monday’s move.',
    });
    const { summary, detail } = INPUT;
    expect(opened).toEqual({
      openIntelligence: { item: { id, summary, detail, conditions: INPUT.sharing.conditions } },
    });
    const barnet = await accord.as('barnet-placements');
    expect(await barnet.data(contractOperation('WhoCanSee'), { id })).toEqual({
      intelligenceItem: {
        id,
        audience: {
          boroughs: [{ name: 'Barnet' }, { name: 'Brent' }, { name: 'Havering' }],
          reason: NAMED.reason,
        },
        readers: {
          nodes: [
            {
              readAt: expect.any(String),
              purpose: 'PLACEMENT_DECISION',
              reader: { displayName: 'Brent quality officer', tenant: { name: 'Brent' } },
            },
          ],
        },
      },
    });
  });

  it('ChangeSharing and WithdrawIntelligence take it back', async () => {
    const itemId = await record();
    const barnet = await accord.as('barnet-placements');
    const sharing = { level: 'NAMED', boroughIds: [HAVERING], reason: 'Brent no longer places there.' };
    const changed = await barnet.data(contractOperation('ChangeSharing'), {
      input: { itemId, sharing, expectedVersion: 1, idempotencyKey: randomUUID() },
    });
    expect(changed).toEqual({ changeIntelligenceSharing: { item: { id: itemId, version: 2, sharing: 'NAMED' } } });
    const seen = 'query($id: ID!) { intelligenceItem(id: $id) { summary withdrawalReason } }';
    expect((await (await accord.as('brent-quality')).send(seen, { id: itemId })).errors?.[0]?.extensions.code).toBe(
      'NOT_FOUND',
    );
    const withdrawn = await barnet.data(contractOperation('WithdrawIntelligence'), {
      input: { itemId, reason: 'It was another home.', expectedVersion: 2, idempotencyKey: randomUUID() },
    });
    expect(withdrawn).toEqual({ withdrawIntelligence: { item: { id: itemId, withdrawnAt: expect.any(String) } } });
    expect(await (await accord.as('havering-quality')).data(seen, { id: itemId })).toEqual({
      intelligenceItem: { summary: null, withdrawalReason: 'It was another home.' },
    });
  });
});
