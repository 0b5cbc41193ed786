import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { until } from '@accord/testkit';
import { openStreams, streamsOpened } from '../contract/support/wait.js';
import { Gate } from '../faults/gate.js';
import { newFlag } from './support/operation.js';
import { Listening, type SeenAlert } from './support/listening.js';
import { DETAIL, Scene, SHARING_REASON, SUMMARY } from './support/scene.js';
import { everyField } from './support/selection.js';
import { homeOf, SCENARIOS, sharingInput, standing, type Scenario } from './support/standing.js';
import { COURT, JUNIPERFIELD, TENANT, type TenantName } from './support/world.js';

const RAISE = 'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id version } } }';
const ACT = (name: string) => `mutation($input: FlagActionInput!) { ${name}(input: $input) { flag { id } } }`;
const CHANGE = 'mutation($input: ChangeFlagSharingInput!) { changeFlagSharing(input: $input) { flag { id version } } }';
const FLAG_FIELDS = everyField('Flag', { provider: 'id', home: 'id' });
const FLAG = `query($id: ID!) { flag(id: $id) { ${FLAG_FIELDS} } }`;

let scene: Scene;
let listening: Listening;

beforeAll(async () => {
  scene = await Scene.start();
  listening = await Listening.start(scene);
});

afterAll(async () => {
  await listening.stop();
  await scene.stop();
});

async function raise({ facts }: Pick<Scenario, 'facts'>): Promise<string> {
  const brent = await scene.member('brent');
  const input = { ...newFlag(), homeId: homeOf(facts), sharing: sharingInput(facts), idempotencyKey: newId() };
  const { raiseFlag } = await brent.data<{ raiseFlag: { flag: { id: string } } }>(RAISE, { input });
  return raiseFlag.flag.id;
}

async function act(name: string, flagId: string): Promise<void> {
  const brent = await scene.member('brent');
  await brent.data(ACT(name), { input: { flagId, reason: 'Seen to.', idempotencyKey: newId() } });
}

async function change(flagId: string, expectedVersion: number, facts: Scenario['facts']): Promise<void> {
  const brent = await scene.member('brent');
  await brent.data(CHANGE, {
    input: { flagId, expectedVersion, sharing: sharingInput(facts), idempotencyKey: newId() },
  });
}

/** On every stream of each tenant, what `wanted` says and nothing else. */
function expectHeard(
  heard: Readonly<Record<string, SeenAlert[]>>,
  wanted: (tenant: TenantName) => readonly unknown[],
): void {
  expect(heard).toEqual(Object.fromEntries(listening.streams.map(({ tenant, name }) => [name, wanted(tenant)])));
}

const alertOf = (kind: string, flag: unknown, occurredAt: unknown, home: string | null = COURT) =>
  expect.objectContaining({
    kind,
    flag,
    occurredAt,
    provider: { id: JUNIPERFIELD },
    home: home === null ? null : { id: home },
  });

/** What is left of a flag for those who lost sight of it: the ids that they knew. */
function withheld(id: string, home: string | null = COURT): Record<string, unknown> {
  const names = FLAG_FIELDS.replaceAll(/\{.*?\}/g, '')
    .split(/\s+/)
    .filter((name) => name !== '');
  const ids = {
    id,
    existenceOnly: true,
    acknowledgements: [],
    provider: { id: JUNIPERFIELD },
    home: home === null ? null : { id: home },
  };
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...ids };
}

const RAISED = SCENARIOS.filter(
  ({ facts, title }) => facts.outcome === undefined && !/outside the agreement/.test(title),
);

const ENDINGS = [
  ['resolveFlag', 'FLAG_RESOLVED'],
  ['withdrawFlag', 'FLAG_WITHDRAWN'],
] as const;

describe.each(RAISED.map((scenario, index) => ({ ...scenario, ending: ENDINGS[index % 2] ?? ENDINGS[0] })))(
  'a flag $title',
  (scenario) => {
    const { standings, facts, ending } = scenario;
    const home = homeOf(facts);
    /** Whom the moment would tell nothing about an author who stays anonymous. */
    const time = (tenant: TenantName) => (tenant === 'brent' || facts.anonymous !== true ? expect.any(String) : null);

    it('tells each tenant just what its standing allows', async () => {
      const id = await raise(scenario);
      const heard = await listening.take();
      const seen = new Map<TenantName, unknown>();
      for (const tenant of standing(scenario, 'owner', 'audience', 'existence')) {
        seen.set(tenant, (await (await scene.member(tenant)).data<{ flag: unknown }>(FLAG, { id })).flag);
      }
      expectHeard(heard, (tenant) => {
        const how = standings[tenant];
        if (how === 'hidden') return [];
        return [alertOf('FLAG_RAISED', seen.get(tenant), how === 'existence' ? null : time(tenant), home)];
      });
      const beyond = standing(scenario, 'existence', 'hidden').map((tenant) => heard[`${tenant} WebSocket`]);
      for (const text of [SUMMARY, DETAIL, SHARING_REASON, TENANT.brent])
        expect(JSON.stringify(beyond)).not.toContain(text);

      const [action, kind] = ending;
      await act(action, id);
      expectHeard(await listening.take(), (tenant) => {
        const how = standings[tenant];
        if (how === 'hidden') return [];
        // Who knew only that it existed is told that this is over; what became of it is not theirs to know.
        if (how === 'existence') return [alertOf('ACCESS_ENDED', withheld(id, home), null, home)];
        return [alertOf(kind, expect.objectContaining({ id, outcomeReason: 'Seen to.' }), time(tenant), home)];
      });
    });
  },
);

describe('a changed sharing', () => {
  const ended = (id: string) => alertOf('ACCESS_ENDED', withheld(id), null);
  const raised = (id: string) =>
    alertOf('FLAG_RAISED', expect.objectContaining({ id, existenceOnly: false }), expect.any(String));

  it('narrowed to one borough, ends the access of the others with ids alone', async () => {
    const id = await raise({ facts: {} });
    await listening.take();
    await change(id, 1, { level: 'NAMED', named: [{ borough: 'barnet' }] });
    const losing: TenantName[] = ['city', 'havering', 'hammersmith', 'alliance'];
    expectHeard(await listening.take(), (tenant) => (losing.includes(tenant) ? [ended(id)] : []));
  });

  it('narrowed to the own borough, ends it for those too who knew that it exists', async () => {
    const id = await raise({ facts: {} });
    await listening.take();
    await change(id, 1, { level: 'OWN_BOROUGH' });
    const losing: TenantName[] = [
      'barnet',
      'city',
      'havering',
      'hammersmith',
      'alliance',
      'ealing',
      'hackney',
      'haringey',
    ];
    expectHeard(await listening.take(), (tenant) => (losing.includes(tenant) ? [ended(id)] : []));
    for (const tenant of losing) {
      const { data } = await (await scene.member(tenant)).send(FLAG, { id });
      expect(data).toEqual({ flag: null });
    }
  });

  it('widened, raises it to those who gain sight and to nobody twice', async () => {
    const id = await raise({ facts: { level: 'NAMED', named: [{ borough: 'barnet' }] } });
    await listening.take();
    await change(id, 1, { level: 'ALLIANCE' });
    const gaining: TenantName[] = ['city', 'havering', 'hammersmith', 'alliance', 'enfield', 'islington'];
    expectHeard(await listening.take(), (tenant) => (gaining.includes(tenant) ? [raised(id)] : []));
  });

  it('taken back and given again, tells each tenant whether it had taken note itself', async () => {
    const both = { level: 'NAMED', named: [{ borough: 'barnet' }, { borough: 'havering' }] } as const;
    for (const taking of ['barnet', 'havering'] as const) {
      const id = await raise({ facts: both });
      await (
        await scene.member(taking)
      ).data(ACT('acknowledgeFlag'), { input: { flagId: id, idempotencyKey: newId() } });
      await change(id, 1, { level: 'OWN_BOROUGH' });
      await listening.take();
      await change(id, 2, both);
      const heard = await listening.take();
      for (const tenant of ['barnet', 'havering'] as const) {
        const status = tenant === taking ? 'ACKNOWLEDGED' : 'OPEN';
        expect(heard[`${tenant} WebSocket`]).toMatchObject([{ kind: 'FLAG_RAISED', flag: { id, status } }]);
      }
    }
  });

  it('narrowed before it has its place, tells those who lost sight nothing of what it said', async () => {
    const id = await withHeldBackAudience(
      () => raise({ facts: {} }),
      (flagId) => change(flagId, 1, { level: 'OWN_BOROUGH' }),
    );
    const losing: TenantName[] = [
      'barnet',
      'city',
      'havering',
      'hammersmith',
      'alliance',
      'ealing',
      'hackney',
      'haringey',
    ];
    expectHeard(await listening.take(), (tenant) => {
      if (tenant === 'brent') return [raised(id)];
      return losing.includes(tenant) ? [ended(id)] : [];
    });
    const told = await scene.sql(
      `select 1 from notification where sharing_id = $1 and kind = 'FLAG_RAISED' and tenant_id <> $2`,
      [id, TENANT.brent],
    );
    expect(told).toEqual([]);
  });
});

it('a tenant that cannot be read for keeps nobody else waiting, and is told once it can', async () => {
  const of = async (tenant: TenantName) =>
    (await scene.member(tenant)).stream<{ providerAlerts: SeenAlert }>(
      'subscription { providerAlerts { kind flag { id } } }',
    );
  const before = await openStreams(scene.accord.url);
  const [brent, barnet] = [await of('brent'), await of('barnet')];
  await streamsOpened(scene.accord.url, before + 2);
  const id = await withHeldBackAudience(
    () => raise({ facts: {} }),
    // Its length less 36 is nought: whatever is read of flags in Brent's name is a fault.
    () =>
      scene
        .sql(
          `create policy broken on flag as restrictive for select to accord_gateway using (case
             when current_setting('app.tenant', true) = '${TENANT.brent}'
             then 1 / (length(current_setting('app.tenant', true)) - 36) = 1 else true end)`,
        )
        .then(() => undefined),
  );
  await barnet.has(1);
  expect(brent.events).toEqual([]);
  await scene.sql('drop policy broken on flag');
  await brent.has(1);
  await listening.take();
  for (const { events } of [brent, barnet])
    expect(events.filter(({ data }) => data?.providerAlerts.flag?.['id'] === id)).toHaveLength(1);
  brent.close();
  barnet.close();
});

/**
 * Stops the sequencer between working out for whom an event is and writing it down, and lets `meanwhile` happen
 * there: what was the audience of the event is no longer it when the event goes out.
 */
async function withHeldBackAudience(
  first: () => Promise<string>,
  meanwhile: (id: string) => Promise<void>,
): Promise<string> {
  const { superuser } = scene.accord.database.urls;
  const [placing, writing] = [
    await Gate.atSequencer(superuser),
    await Gate.before(superuser, 'insert', 'event_audience'),
  ];
  try {
    // Committed without a place, which only whoever comes later gives it.
    await placing.close();
    const id = await first();
    await writing.close();
    await placing.open();
    await until(async () => (await writing.waiting()) > 0);
    await meanwhile(id);
    return id;
  } finally {
    await placing.remove();
    await writing.remove();
  }
}
