import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { Listening, type SeenAlert } from './support/listening.js';
import { Scene } from './support/scene.js';
import { sharingInput } from './support/standing.js';
import { newVisit, VISITED_ON } from './support/visit-scene.js';
import { COURT, JUNIPERFIELD, TENANTS, type TenantName } from './support/world.js';

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

const act = async (name: string, input: Readonly<Record<string, unknown>>): Promise<void> => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  await (
    await scene.caller('brent-quality')
  ).data(`mutation($input: ${type}!) { ${name}(input: $input) { visit { id } } }`, {
    input: { ...input, idempotencyKey: newId() },
  });
};

/** On every stream of each tenant, what `wanted` says and nothing else. */
function expectHeard(
  heard: Readonly<Record<string, SeenAlert[]>>,
  wanted: (tenant: TenantName) => readonly unknown[],
): void {
  expect(heard).toEqual(Object.fromEntries(listening.streams.map(({ tenant, name }) => [name, wanted(tenant)])));
}

const alertOf = (kind: string, visit: unknown, occurredAt: unknown = expect.any(String)) =>
  expect.objectContaining({
    kind,
    visit,
    occurredAt,
    flag: null,
    intelligence: null,
    provider: { id: JUNIPERFIELD },
    home: { id: COURT },
  });

const CONCERNED: readonly TenantName[] = ['brent', 'barnet', 'city', 'havering', 'hammersmith'];

it('tells each tenant just what its standing allows', async () => {
  const { id } = await newVisit(scene, { state: 'DRAFT' });
  expectHeard(await listening.take(), () => []);
  const full = { id, visitedOn: VISITED_ON, outcome: 'SIGNIFICANT_CONCERNS' };

  await act('shareVisit', { visitId: id, expectedVersion: 1, sharing: sharingInput({}) });
  await scene.settled();
  expectHeard(await listening.take(), (tenant) => (CONCERNED.includes(tenant) ? [alertOf('VISIT_SHARED', full)] : []));

  // Narrowed to Havering: the others of the audience are told that they lost it, by its id alone.
  const sharing = sharingInput({ level: 'NAMED', named: [{ borough: 'havering' }] });
  await act('changeVisitSharing', { visitId: id, expectedVersion: 2, sharing });
  await scene.settled();
  const lost: readonly TenantName[] = ['barnet', 'city', 'hammersmith'];
  expectHeard(await listening.take(), (tenant) =>
    lost.includes(tenant) ? [alertOf('ACCESS_ENDED', { id, visitedOn: null, outcome: null }, null)] : [],
  );

  await act('withdrawVisit', { visitId: id, expectedVersion: 3, reason: 'Another home.' });
  await scene.settled();
  expectHeard(await listening.take(), (tenant) => {
    if (tenant === 'brent') return [alertOf('VISIT_WITHDRAWN', full)];
    return tenant === 'havering' ? [alertOf('VISIT_WITHDRAWN', { ...full, outcome: null })] : [];
  });
});

it('tells nobody of what stays in the borough, and gives no anonymous borough away by the time', async () => {
  const kept = await newVisit(scene, { state: 'DRAFT' });
  await act('shareVisit', { visitId: kept.id, expectedVersion: 1, sharing: sharingInput({ level: 'OWN_BOROUGH' }) });
  await scene.settled();
  expectHeard(await listening.take(), () => []);

  const { id } = await newVisit(scene, { state: 'DRAFT' });
  await act('shareVisit', {
    visitId: id,
    expectedVersion: 1,
    sharing: sharingInput({ anonymous: true, level: 'ALLIANCE' }),
  });
  await scene.settled();
  const told = await listening.take();
  const heard = listening.streams.flatMap(({ tenant, name }) =>
    (told[name] ?? []).map(({ occurredAt }) => [tenant, occurredAt === null]),
  );
  expect(heard).toEqual(heard.map(([tenant]) => [tenant, tenant !== 'brent']));
  expect(TENANTS.filter((tenant) => (told[`${tenant} WebSocket`] ?? []).length > 0)).toEqual(
    expect.arrayContaining([...CONCERNED, 'enfield', 'islington']),
  );
});
