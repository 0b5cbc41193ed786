import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homeId, providerId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { newFlag } from './support/operation.js';
import { expectRefusal } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { sharingInput } from './support/standing.js';
import { AGREEMENT, COURT, JUNIPERFIELD, RISE, TENANT } from './support/world.js';

const RAISE = 'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id raisedBy { id } raisedAt } } }';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

const anonymously = (provider: string, home: string | null) => ({
  input: {
    ...newFlag(),
    providerId: provider,
    homeId: home,
    sharing: sharingInput({ anonymous: true }),
    idempotencyKey: newId(),
  },
});

/** Takes boroughs out of the agreement for the time of a check. */
async function without(boroughs: readonly string[], check: () => Promise<void>): Promise<void> {
  const set = (until: string) =>
    `update agreement_member set member_until = ${until} where agreement_id = $1 and organisation_id = any($2::uuid[])`;
  await scene.sql(set(`'2026-01-01'`), [AGREEMENT, boroughs]);
  try {
    await check();
  } finally {
    await scene.sql(set('null'), [AGREEMENT, boroughs]);
  }
}

describe('staying anonymous', () => {
  it('is offered where five boroughs could be the author, and the author sees their own name', async () => {
    const brent = await scene.member('brent');
    const { raiseFlag } = await brent.data<{ raiseFlag: { flag: unknown } }>(RAISE, anonymously(JUNIPERFIELD, COURT));
    expect(raiseFlag.flag).toMatchObject({ raisedBy: { id: TENANT.brent }, raisedAt: expect.any(String) });
  });

  it.each([
    ['where a single borough places', 'city', providerId('Quillstone Fostering Ltd'), null],
    [
      'where four boroughs have to do with the home',
      'brent',
      providerId('Lanternfield Supported Living Ltd'),
      homeId('Copperbeech House'),
    ],
    ['where one places and one hosts', 'islington PLACEMENTS', JUNIPERFIELD, RISE],
  ] as const)('is refused %s, and leaves nothing', async (_where, who, provider, home) => {
    const client = who === 'islington PLACEMENTS' ? await scene.caller(who) : await scene.member(who);
    await expectRefusal(scene, client, 'BAD_USER_INPUT', RAISE, anonymously(provider, home));
  });

  it('does not count boroughs outside the agreement: they could not have shared it', async () => {
    // Eight boroughs have to do with Juniper Court; of the five in the agreement four are left.
    await without([TENANT.hammersmith], async () => {
      await expectRefusal(
        scene,
        await scene.member('brent'),
        'BAD_USER_INPUT',
        RAISE,
        anonymously(JUNIPERFIELD, COURT),
      );
    });
  });
});
