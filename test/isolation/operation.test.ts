import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type ErrorCode } from '@accord/kernel';
import { findPersona } from '@accord/infra';
import type { TestClient } from '@accord/testkit';
import { OPERATIONS, type OperationCase } from './support/operation.js';
import { codesOf, expectRefusal, expectRefusals } from './support/refusal.js';
import { Scene, type FlagFacts, type ItemFacts, type Machine } from './support/scene.js';
import { AGREEMENT, GROUP, TENANT, type TenantName } from './support/world.js';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.startAlone();
});

afterAll(() => scene.stop());

async function expectAnswer({ field, document, variables }: OperationCase, client: TestClient): Promise<void> {
  const answer = await client.send(document, await variables(scene, undefined, client));
  expect({ field, codes: codesOf(answer), errors: answer.errors }).toEqual({ field, codes: [], errors: undefined });
  expect(Object.values(answer.data ?? {})).not.toContain(null);
}

const expectRefusalOf = (operation: OperationCase, client: TestClient, code: ErrorCode): Promise<void> =>
  expectRefusalsOf(operation, [client], code);

async function expectRefusalsOf(
  operation: OperationCase,
  clients: readonly TestClient[],
  code: ErrorCode,
): Promise<void> {
  await expectRefusals(scene, clients, code, operation.document, await operation.variables(scene));
}

/** Changes a row for the time of a check. */
async function during(change: string, undo: string, values: unknown[], check: () => Promise<void>): Promise<void> {
  await scene.sql(change, values);
  try {
    await check();
  } finally {
    await scene.sql(undo, values);
  }
}

const tenantOf = (who: string): TenantName => who.split(/[ -]/)[0] as TenantName;

/** A machine that has the same right to the operation as its owner. */
async function machineLike(owner: string, validDays?: number): Promise<Machine> {
  const roles = findPersona(owner)?.roles ?? [];
  return scene.machine(tenantOf(owner), roles as Parameters<Scene['machine']>[1], validDays);
}

describe('the footprint by which a refusal is told', () => {
  it('changes with every row that is written, changed or taken away, and with nothing that is not kept', async () => {
    const group = newId();
    const writes = [
      `insert into borough_group (id, keeper_id, name) values ('${group}', '${TENANT.brent}', 'Isolation')`,
      `update borough_group set name = 'Isolation' where id = '${group}'`,
      `delete from borough_group where id = '${group}'`,
    ];
    await scene.settled();
    for (const write of writes) {
      const before = await scene.footprint();
      await scene.sql(`begin; ${write}; rollback`);
      expect(await scene.footprint()).toEqual(before);
      await scene.sql(write);
      expect(await scene.footprint()).not.toEqual(before);
    }
  });
});

describe.each(OPERATIONS)('$field', (operation) => {
  const { owner, sharedWith, notShared, wrongRole } = operation;

  it('answers whoever it belongs to', async () => {
    await expectAnswer(operation, await scene.caller(owner));
  });

  it('answers a machine with the same right', async () => {
    await expectAnswer(operation, (await machineLike(owner)).client);
  });

  if (typeof sharedWith === 'string') {
    it(`answers ${sharedWith}, of another organisation`, async () => {
      await expectAnswer(operation, await scene.caller(sharedWith));
    });
  } else if ('who' in sharedWith) {
    it(`refuses ${sharedWith.who}, who may know of it and do no more`, async () => {
      await expectRefusalOf(operation, await scene.caller(sharedWith.who), sharedWith.code);
    });
  }

  if ('who' in notShared) {
    it(`refuses ${notShared.who}, from whom it is hidden`, async () => {
      await expectRefusalOf(operation, await scene.caller(notShared.who), notShared.code);
    });
  }

  it(`refuses ${wrongRole}, whose role may not`, async () => {
    await expectRefusalOf(operation, await scene.caller(wrongRole), 'FORBIDDEN');
  });

  it.each(['brent', 'alliance'] as const)(
    'refuses a machine of %s that has roles of the other kind alone',
    async (tenant) => {
      const foreign = tenant === 'brent' ? ALLIANCE_KIND : BOROUGH_KIND;
      await expectRefusalOf(operation, (await scene.machine(tenant, foreign)).client, 'FORBIDDEN');
    },
  );

  it('refuses whoever shows nothing, or nothing valid', async () => {
    const { client } = await machineLike(owner);
    const secretChanged = `${client.authorization?.slice(0, -4)}AAAA`;
    const shown = [undefined, 'Bearer nobody', 'Basic YTpi', secretChanged];
    await expectRefusalsOf(
      operation,
      shown.map((authorization) => scene.accord.with(authorization)),
      'UNAUTHENTICATED',
    );
  });

  it('refuses a person who was disabled after signing in', async () => {
    const client = await scene.caller(owner);
    await client.data('{ viewer { id } }');
    const change = (value: string) => `update principal set disabled_at = ${value} where subject = $1`;
    await during(change('now()'), change('null'), [owner], () => expectRefusalOf(operation, client, 'UNAUTHENTICATED'));
  });

  it('refuses everybody of a suspended organisation', async () => {
    const [person, machine] = [await scene.caller(owner), await machineLike(owner)];
    const change = (value: string) => `update organisation set suspended_at = ${value} where id = $1`;
    await during(change('now()'), change('null'), [TENANT[tenantOf(owner)]], async () => {
      await expectRefusalsOf(operation, [person, machine.client], 'UNAUTHENTICATED');
    });
  });

  it('refuses a machine whose key was revoked, has run out, or that was disabled', async () => {
    const [revoked, disabled, expired] = [
      await machineLike(owner),
      await machineLike(owner),
      await machineLike(owner, -1),
    ];
    for (const { client } of [revoked, disabled]) await client.data('{ viewer { id } }');
    await scene.sql('update machine_key set revoked_at = now() where id = $1', [revoked.keyId]);
    await scene.sql('update principal set disabled_at = now() where id = $1', [disabled.principalId]);
    const ended = [revoked, disabled, expired].map(({ client }) => client);
    await expectRefusalsOf(operation, ended, 'UNAUTHENTICATED');
  });
});

const ALLIANCE_KIND = [
  'ACCREDITATION_OFFICER',
  'ACCREDITATION_LEAD',
  'ALLIANCE_SAFEGUARDING_LEAD',
  'ALLIANCE_ADMIN',
] as const;
const BOROUGH_KIND = [
  'PLACEMENTS',
  'QUALITY',
  'PRACTITIONER',
  'ASSISTANT_DIRECTOR',
  'INFORMATION_GOVERNANCE',
  'OUT_OF_HOURS',
  'BOROUGH_ADMIN',
] as const;

const ON_WHAT_IS_SHARED = OPERATIONS.filter(
  // Havering's quality officer asks, and what is information governance's is not theirs to ask.
  ({ notShared, field, owner }) => 'who' in notShared && /flag|intelligence/i.test(field) && owner !== 'brent-ig',
);

describe.each(ON_WHAT_IS_SHARED)('$field, when what it was shared by ends', (operation) => {
  const isFlag = /flag/i.test(operation.field);
  const see = isFlag
    ? 'query($id: ID!) { flag(id: $id) { summary } }'
    : 'query($id: ID!) { intelligenceItem(id: $id) { summary } }';
  const make = (facts: FlagFacts & ItemFacts = {}) => (isFlag ? scene.flag(facts) : scene.item(facts));

  const expectHidden = async (client: TestClient, variables: Record<string, unknown>) =>
    expectRefusal(scene, client, 'NOT_FOUND', operation.document, variables);

  it('is refused like an absent one once the borough has left the agreement', async () => {
    const client = await scene.caller('havering QUALITY');
    await client.data(see, { id: await make() });
    const change = (value: string) =>
      `update agreement_member set member_until = ${value} where agreement_id = '${AGREEMENT}' and organisation_id = $1`;
    await during(change(`'2026-01-01'`), change('null'), [TENANT.havering], async () => {
      await expectHidden(client, await operation.variables(scene));
    });
  });

  it('is refused like an absent one once the borough has left the group', async () => {
    const client = await scene.caller('enfield QUALITY');
    const named = { level: 'NAMED', named: [{ group: GROUP }] } as const;
    await client.data(see, { id: await make(named) });
    const change = (value: string) =>
      `update borough_group_member set member_until = ${value} where group_id = '${GROUP}' and organisation_id = $1`;
    await during(change(`'2026-01-01'`), change('null'), [TENANT.enfield], async () => {
      await expectHidden(client, await operation.variables(scene, named));
    });
  });

  it('is refused like an absent one once the agreement is no longer in force', async () => {
    const client = await scene.caller('havering QUALITY');
    const change = (value: string) => `update sharing_agreement set in_force_until = ${value} where id = $1`;
    await during(change(`'2026-01-01'`), change('null'), [AGREEMENT], async () => {
      await expectHidden(client, await operation.variables(scene));
    });
  });
});
