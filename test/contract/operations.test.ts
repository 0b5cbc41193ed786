import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { homeId, providerId } from '@accord/infra';
import { TestAccord } from '@accord/testkit';
import { parse, validate } from 'graphql';
import { CONTRACT_OPERATIONS, contractOperation, printedSchema } from './support/operations.js';
import { eventually, streamsOpened } from './support/wait.js';

/** What runs already; each is executed below. */
const RUNS = [
  'Viewer',
  'ProviderList',
  'RaiseFlag',
  'AcknowledgeFlag',
  'ResolveFlag',
  'WithdrawFlag',
  'ProviderAlerts',
  'MyNotifications',
  'MarkRead',
];

/** Run by `intelligence-operations.test.ts`. */
const OF_INTELLIGENCE = [
  'ProviderListIntelligence',
  'IntelligenceFeed',
  'PreviewAudience',
  'RecordIntelligence',
  'ChangeSharing',
  'WithdrawIntelligence',
  'OpenIntelligence',
  'WhoCanSee',
];
/** Executed in due-diligence.test.ts. */
const DUE_DILIGENCE = ['ProviderDueDiligence'];
/** Executed in visits.test.ts. */
const VISITS = ['HomeVisits'];
/** Executed in placement-check.test.ts. */
const PLACEMENTS = ['PlacementCheck'];
/** Executed in accreditation.test.ts. */
const ACCREDITATION = ['ProviderDossier', 'AssessStage', 'ProposeDecision', 'ApproveDecision', 'RejectDecision'];

const namesFrom = (from: string): string[] =>
  CONTRACT_OPERATIONS.filter((operation) => operation.from === from).map((operation) => operation.name);

test('every operation is run', () => {
  expect(namesFrom('A1')).toEqual(RUNS);
  expect(namesFrom('A2')).toEqual(ACCREDITATION);
  expect(namesFrom('B')).toEqual(OF_INTELLIGENCE);
  expect(new Set(namesFrom('C'))).toEqual(new Set([...VISITS, ...DUE_DILIGENCE, ...PLACEMENTS]));
  expect(CONTRACT_OPERATIONS).toHaveLength(
    [...RUNS, ...ACCREDITATION, ...OF_INTELLIGENCE, ...VISITS, ...DUE_DILIGENCE, ...PLACEMENTS].length,
  );
});

test.each([...RUNS, ...ACCREDITATION, ...OF_INTELLIGENCE, ...VISITS, ...DUE_DILIGENCE, ...PLACEMENTS])(
  '%s is valid against the printed schema',
  (name) => {
    expect(validate(printedSchema(), parse(contractOperation(name)))).toEqual([]);
  },
);

interface FlagAnswer {
  readonly flag: { readonly id: string; readonly version?: number; readonly status: string };
}

describe('on the example world', () => {
  let accord: TestAccord;
  const provider = providerId('Lanternfield Supported Living Ltd');
  const home = homeId('Copperbeech House');
  let keys = 0;
  const key = (): string => `operations-${(keys += 1)}`;

  const raise = async (): Promise<string> => {
    const input = {
      providerId: provider,
      homeId: home,
      kind: 'SAFEGUARDING_CONCERN',
      severity: 'HIGH',
      summary: 'No waking-night staff on our visit.',
      idempotencyKey: key(),
    };
    const client = await accord.as('brent-quality');
    const { raiseFlag } = await client.data<{ raiseFlag: FlagAnswer }>(contractOperation('RaiseFlag'), { input });
    expect(raiseFlag.flag).toMatchObject({
      version: 1,
      status: 'OPEN',
      kind: 'SAFEGUARDING_CONCERN',
      severity: 'HIGH',
    });
    return raiseFlag.flag.id;
  };

  const act = async (
    persona: string,
    operation: string,
    flagId: string,
    reason?: string,
  ): Promise<FlagAnswer['flag']> => {
    const variables = { input: { flagId, reason, idempotencyKey: key() } };
    const data = await (
      await accord.as(persona)
    ).data<Record<string, FlagAnswer>>(contractOperation(operation), variables);
    const [answer] = Object.values(data);
    if (answer?.flag.id !== flagId) throw new Error(`${operation} answered with another flag.`);
    return answer.flag;
  };

  beforeAll(async () => {
    accord = await TestAccord.start();
  });
  afterAll(() => accord.stop());

  it('Viewer says who is signed in', async () => {
    const asked = await (await accord.as('havering-quality')).data(contractOperation('Viewer'));
    expect(asked).toEqual({
      viewer: {
        id: expect.any(String),
        displayName: 'Havering quality officer',
        roles: ['QUALITY'],
        tenant: { id: expect.any(String), name: 'Havering', kind: 'BOROUGH', gssCode: 'E09000016' },
      },
    });
  });

  it('ProviderList finds, orders, counts and pages', async () => {
    const client = await accord.as('brent-placements');
    const variables = {
      filter: { search: 'ZZ1', usedByMyBorough: true },
      orderBy: { field: 'NAME', direction: 'ASC' },
      first: 2,
    };
    interface List {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      readonly edges: {
        readonly cursor: string;
        readonly node: { readonly name: string; readonly openFlagCount: number };
      }[];
    }
    const pages: List[] = [];
    let after: string | null = null;
    do {
      const { providers }: { providers: List } = await client.data<{ providers: List }>(
        contractOperation('ProviderList'),
        {
          ...variables,
          after,
        },
      );
      expect(providers.pageInfo.endCursor).toBe(providers.edges.at(-1)?.cursor);
      pages.push(providers);
      after = providers.pageInfo.hasNextPage ? providers.pageInfo.endCursor : null;
    } while (after !== null);
    expect(pages.map(({ totalCount }) => totalCount)).toEqual([5, 5, 5]);
    // Marrowby's flag is Brent's own; Tidewell's was raised by Barnet and reaches whoever places there.
    expect(pages.flatMap(({ edges }) => edges.map(({ node }) => [node.name, node.openFlagCount]))).toEqual([
      ['Hearthway Homes Ltd', 0],
      ['Lanternfield Supported Living Ltd', 0],
      ['Marrowby Homes Ltd', 1],
      ['Pennyroyal Care Ltd', 0],
      ['Tidewell Care Ltd', 1],
    ]);
  });

  it('RaiseFlag, AcknowledgeFlag, ResolveFlag and WithdrawFlag take a flag through its life', async () => {
    const settled = await raise();
    expect((await act('barnet-placements', 'AcknowledgeFlag', settled)).status).toBe('ACKNOWLEDGED');
    expect((await act('brent-placements', 'ResolveFlag', settled, 'Night staff are back')).status).toBe('RESOLVED');
    const mistaken = await raise();
    expect((await act('brent-director', 'WithdrawFlag', mistaken, 'It was another home')).status).toBe('WITHDRAWN');
  });

  it.each(['subscribe', 'stream'] as const)('ProviderAlerts tells at once (%s)', async (way) => {
    const barnet = (await accord.as('barnet-placements'))[way]<{ providerAlerts: unknown }>(
      contractOperation('ProviderAlerts'),
      {
        filter: { kind: ['FLAG_RAISED'], severity: ['HIGH'], providerIds: [provider] },
      },
    );
    await streamsOpened(accord.url);
    const flagId = await raise();
    const [event] = await barnet.has(1);
    barnet.close();
    await streamsOpened(accord.url, 0);
    expect(event).toEqual({
      data: {
        providerAlerts: {
          id: expect.any(String),
          cursor: expect.any(String),
          occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          kind: 'FLAG_RAISED',
          provider: { id: provider, name: 'Lanternfield Supported Living Ltd' },
          home: { id: home, name: 'Copperbeech House' },
          flag: {
            id: flagId,
            kind: 'SAFEGUARDING_CONCERN',
            severity: 'HIGH',
            status: 'OPEN',
            summary: 'No waking-night staff on our visit.',
          },
        },
      },
    });
  });

  it('MyNotifications and MarkRead keep the inbox', async () => {
    const city = await accord.as('city-commissioning');
    interface Inbox {
      readonly notifications: {
        readonly unreadCount: number;
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: { readonly id: string; readonly subject: string; readonly readAt: string | null }[];
      };
    }
    const inbox = async (first: number): Promise<Inbox['notifications']> =>
      (await city.data<Inbox>(contractOperation('MyNotifications'), { first })).notifications;
    const before = await inbox(1);
    await raise();
    const { nodes, unreadCount, pageInfo } = await eventually(
      () => inbox(1),
      (now) => now.unreadCount > before.unreadCount,
    );
    expect(nodes).toEqual([
      {
        id: expect.any(String),
        subject: 'Copperbeech House, Lanternfield Supported Living Ltd: HIGH flag raised',
        occurredAt: expect.any(String),
        readAt: null,
        deliveries: [
          {
            channel: 'IN_APP',
            state: 'DELIVERED',
            attempts: [{ startedAt: expect.any(String), outcome: 'DELIVERED' }],
          },
        ],
      },
    ]);
    expect(pageInfo.endCursor).toEqual(expect.any(String));
    const ids = nodes.map(({ id }) => id);
    interface Marked {
      readonly markNotificationsRead: { readonly unreadCount: number };
    }
    const marked = await city.data<Marked>(contractOperation('MarkRead'), { ids });
    // What is still being told comes in meanwhile.
    const { unreadCount: left } = marked.markNotificationsRead;
    expect([unreadCount - 1, unreadCount]).toContain(left);
    // Not by its place: what was told to a queue late may have come in since.
    const read = (await inbox(20)).nodes.find(({ id }) => ids.includes(id));
    expect(read?.readAt).toEqual(expect.any(String));
  });
});
