import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import pg from 'pg';
import { newSavedCheck } from './support/placement-operation.js';
import { HELD_BECAUSE, LONG_AGO } from './support/record-operation.js';
import {
  countRows,
  deleteRecords,
  deletingAll,
  dueIds,
  dueRecords,
  eventCount,
  governor,
  holdRecord,
  JUST,
  noneOf,
  NOT_YET,
  removeDue,
  tryAsGateway,
} from './support/records.js';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { mergeTwins, newTwins, sendUndo } from './support/twins.js';
import { COURT, JUNIPERFIELD, TENANT, type TenantName } from './support/world.js';

const CHECK = 'PLACEMENT_CHECK';
const SAVED = 'query($id: ID!) { savedPlacementCheck(id: $id) { saved { id } } }';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterEach(async () => {
  for (const table of ['placement_check', 'placement_nomination', 'relied_copy', 'record_hold'])
    await scene.sql(`delete from ${table}`);
});

afterAll(() => scene.stop());

/** A check that was made on a day (SQL), and overridden on another where one is given. @returns its id. */
async function checkOf(
  day: string,
  { overriddenOn, ...facts }: Parameters<typeof newSavedCheck>[1] & { overriddenOn?: string } = {},
): Promise<string> {
  const id = await newSavedCheck(scene, { ...facts, overridden: overriddenOn !== undefined });
  await scene.sql(
    `update placement_check set checked_on = ${day}, checked_at = ${day}, overridden_at = ${overriddenOn ?? 'null'} where id = $1`,
    [id],
  );
  return id;
}

const AGO = `date '${LONG_AGO}'`;

/** A sealed copy of what a check, or another decision, relied on so long ago. @returns its id. */
async function copyOf(checkId: string | null, tenant: TenantName = 'brent', day = AGO): Promise<string> {
  const id = newId();
  await scene.insert('relied_copy', {
    id,
    tenant_id: TENANT[tenant],
    item_id: newId(),
    owner_id: TENANT.barnet,
    provider_id: JUNIPERFIELD,
    item_version: 1,
    decision: checkId === null ? 'DECISION' : CHECK,
    reference: 'P-17',
    check_id: checkId,
    relied_on: LONG_AGO,
    sealed: 'Sealed words',
  });
  await scene.sql(`update relied_copy set relied_on = ${day} where id = $1`, [id]);
  return id;
}

/** A nomination, ended on a day (SQL) or in force. @returns its id. */
async function nominationOf(endedOn: string | null, tenant: TenantName = 'brent'): Promise<string> {
  const id = newId();
  await scene.insert('placement_nomination', {
    id,
    tenant_id: TENANT[tenant],
    principal_id: newId(),
    nominated_by: 'Director',
    nominated_on: '2015-01-01',
  });
  if (endedOn !== null) await scene.sql(`update placement_nomination set ended_on = ${endedOn} where id = $1`, [id]);
  return id;
}

const left = (table: string, ids: readonly string[]) => countRows(scene, table, 'id', ids);

describe('saved checks', () => {
  it('go with the sealed copies that they relied on, six years after they were made or overridden', async () => {
    const [old, edge, held] = [await checkOf(AGO), await checkOf(JUST, { overriddenOn: JUST }), await checkOf(AGO)];
    const [young, overriddenLate] = [await checkOf(NOT_YET), await checkOf(AGO, { overriddenOn: NOT_YET })];
    const citys = await checkOf(AGO, { tenant: 'city' });
    const copies = [await copyOf(old), await copyOf(edge), await copyOf(held), await copyOf(overriddenLate)];
    expect((await holdRecord(scene, 'brent', CHECK, held, HELD_BECAUSE)).errors).toBeUndefined();
    const before = await eventCount(scene);

    const dry = await dueRecords(scene, 'brent');
    expect(dry.records).toEqual([
      { id: old, kind: CHECK, overOn: LONG_AGO },
      { id: edge, kind: CHECK, overOn: expect.any(String) },
    ]);
    expect(await left('placement_check', [old, edge])).toBe(2);
    await removeDue(scene, 'brent', [old, edge]);
    expect(await left('placement_check', [old, edge])).toBe(0);
    expect(await left('placement_check', [held, young, overriddenLate, citys])).toBe(4);
    expect(await left('relied_copy', copies)).toBe(2);
    expect(await left('relied_copy', copies.slice(2))).toBe(2);
    expect(await eventCount(scene)).toBe(before);

    const brent = await scene.caller('brent-placements');
    expectRefused(await brent.send(SAVED, { id: old }), 'NOT_FOUND');
    expect(await brent.data(SAVED, { id: young })).toEqual({ savedPlacementCheck: { saved: { id: young } } });
    const { savedPlacementChecks } = await brent.data<{ savedPlacementChecks: { nodes: { id: string }[] } }>(
      '{ savedPlacementChecks(first: 9) { nodes { id } } }',
    );
    expect(savedPlacementChecks.nodes.map(({ id }) => id).toSorted()).toEqual([held, young, overriddenLate].toSorted());
    const [tombstone] = await scene.sql('select * from record_tombstone where id = $1', [old]);
    expect(tombstone).toMatchObject({ owner_id: TENANT.brent, kind: CHECK, provider_id: JUNIPERFIELD, home_id: COURT });
    expect(JSON.stringify(tombstone)).not.toMatch(/P-17|Sealed|Nowhere/);

    await holdRecord(scene, 'brent', CHECK, held);
    await removeDue(scene, 'brent', [held]);
  });

  it('seals what a check relies on as a part of it', async () => {
    const item = await scene.item({ owner: 'barnet' });
    const { savePlacementCheck } = await (
      await scene.caller('brent-placements')
    ).data<{ savePlacementCheck: { check: { id: string } } }>(
      'mutation($input: SavePlacementCheckInput!) { savePlacementCheck(input: $input) { check { id } } }',
      {
        input: {
          check: { homeId: COURT, ageBand: 'AGED_18_PLUS', placementType: 'SUPPORTED_SHARED_OPEN' },
          reliedOn: [item],
          idempotencyKey: newId(),
        },
      },
    );
    const { id } = savePlacementCheck.check;
    expect(await scene.sql('select check_id from relied_copy where item_id = $1', [item])).toEqual([{ check_id: id }]);
    await scene.sql(`update relied_copy set relied_on = ${AGO} where item_id = $1`, [item]);
    await scene.sql(`update placement_check set checked_on = ${AGO} where id = $1`, [id]);
    const reads = () => countRows(scene, 'read_log_entry', 'item_id', [item]);
    expect(await reads()).toBe(1);
    await removeDue(scene, 'brent', [id]);
    expect(await countRows(scene, 'relied_copy', 'item_id', [item])).toBe(0);
    // That it was read stays, for whoever wrote it.
    expect(await reads()).toBe(1);
    await scene.removeItem(item);
  });

  it('are each borough’s own', async () => {
    const id = await checkOf(AGO);
    for (const tenant of ['barnet', 'camden', 'alliance'] as const) {
      expect(await dueIds(scene, tenant)).toEqual([]);
      expectRefused(await holdRecord(scene, tenant, CHECK, id, HELD_BECAUSE), 'NOT_FOUND');
      expectRefused(await deleteRecords(scene, tenant, (await dueRecords(scene, tenant)).token), 'CONFLICT');
    }
    for (const who of ['brent-placements', 'brent-director'])
      expectRefused(await (await scene.caller(who)).send('{ recordsDue { token } }'), 'FORBIDDEN');
    expect(await left('placement_check', [id])).toBe(1);
  });

  it('stay, with all else that was due, when one is overridden while it is being deleted', async () => {
    const [overridden, other] = [await checkOf(AGO), await checkOf(AGO)];
    const { token } = await dueRecords(scene, 'brent');
    const writer = new pg.Client({ connectionString: scene.accord.database.urls.superuser });
    await writer.connect();
    await writer.query('begin');
    await writer.query(
      `update placement_check set override_reason = 'Now.', overridden_by = 'Director', overridden_at = now() where id = $1`,
      [overridden],
    );
    const deleting = deleteRecords(scene, 'brent', token);
    await scene.waiting(1);
    await writer.query('commit');
    await writer.end();
    expectRefused(await deleting, 'CONFLICT');
    expect(await left('placement_check', [overridden, other])).toBe(2);
    expect(await left('record_tombstone', [overridden, other])).toBe(0);
  });

  it('go with a home from one provider to another and back, and what is deleted meanwhile stays deleted', async () => {
    const twins = await newTwins(scene);
    const at = { provider: twins.mergedId, home: twins.mergedHome };
    const [old, young] = [await checkOf(AGO, at), await checkOf(NOT_YET, at)];
    const merge = await mergeTwins(scene, twins);
    await removeDue(scene, 'brent', [old]);
    const about = async () =>
      scene.sql(
        `select id, provider_id from placement_check where id = any($1::uuid[])
         union all select id, provider_id from record_tombstone where id = any($1::uuid[])`,
        [[old, young]],
      );
    const allOf = (provider: string) => [
      { id: young, provider_id: provider },
      { id: old, provider_id: provider },
    ];
    expect(await about()).toEqual(allOf(twins.keptId));
    expect((await sendUndo(scene, merge)).errors).toBeUndefined();
    expect(await about()).toEqual(allOf(twins.mergedId));
  });
});

describe('nominations', () => {
  it('go six years after they ended, each by itself, and are about no provider', async () => {
    const [old, held, young, inForce] = [
      await nominationOf(AGO),
      await nominationOf(AGO),
      await nominationOf(NOT_YET),
      await nominationOf(null),
    ];
    const citys = await nominationOf(AGO, 'city');
    const kind = 'PLACEMENT_NOMINATION';
    expect((await holdRecord(scene, 'brent', kind, held, HELD_BECAUSE)).errors).toBeUndefined();
    await removeDue(scene, 'brent', [old]);
    expect(await left('placement_nomination', [held, young, inForce, citys])).toBe(4);
    const SHOWN = 'id kind overOn provider { id } home { id }';
    const { heldRecords, recordTombstones } = await (
      await governor(scene, 'brent')
    ).data<{ heldRecords: object[]; recordTombstones: { nodes: { id: string }[] } }>(
      `{ heldRecords { ${SHOWN} } recordTombstones(first: 100) { nodes { ${SHOWN} } } }`,
    );
    const about = { kind, overOn: LONG_AGO, provider: null, home: null };
    expect(heldRecords).toEqual([{ id: held, ...about }]);
    expect(recordTombstones.nodes.find(({ id }) => id === old)).toEqual({ id: old, ...about });
    expectRefused(await holdRecord(scene, 'city', kind, held), 'NOT_FOUND');
  });

  it('are kept when somebody is nominated anew', async () => {
    const [officer] = await scene.sql<{ id: string }>(`select id from principal where subject = 'brent-quality'`);
    const director = await scene.caller('brent-director');
    const send = (name: string) =>
      director.data(`mutation($id: ID!) { ${name}(principalId: $id) { nominations { nominatedBy } } }`, {
        id: officer?.id,
      });
    const once = { nominations: [{ nominatedBy: expect.any(String) }] };
    for (const name of ['nominatePlacementOfficer', 'nominatePlacementOfficer'])
      expect(await send(name)).toEqual({ [name]: once });
    await send('endPlacementNomination');
    expect(await send('nominatePlacementOfficer')).toEqual({ nominatePlacementOfficer: once });
    const rows = await scene.sql<{ in_force: boolean }>(
      'select ended_on is null as in_force from placement_nomination where principal_id = $1 order by ended_on',
      [officer?.id],
    );
    expect(rows).toEqual([{ in_force: false }, { in_force: true }]);
  });
});

describe('sealed copies', () => {
  it('of other decisions go by their own day, and are found by nobody after that', async () => {
    const kind = 'SEALED_COPY';
    const [old, held] = [await copyOf(null), await copyOf(null)];
    const young = await copyOf(null, 'brent', NOT_YET);
    const ofCheck = await copyOf(newId());
    const barnets = await copyOf(null, 'barnet');
    await holdRecord(scene, 'brent', kind, held, HELD_BECAUSE);
    // What is sealed in a check is held with the check.
    expectRefused(await holdRecord(scene, 'brent', kind, ofCheck, HELD_BECAUSE), 'NOT_FOUND');
    await removeDue(scene, 'brent', [old]);
    expect(await left('relied_copy', [held, young, ofCheck, barnets])).toBe(4);
    const open = 'mutation($id: ID!) { openSealedCopy(id: $id, reason: "Complaint 12.") { summary } }';
    expectRefused(await (await scene.caller('brent-ig')).send(open, { id: old }), 'NOT_FOUND');
  });
});

it('nothing of them can be deleted by any statement before its time, while it is held, or by others', async () => {
  const checks = [await checkOf(AGO), await checkOf(AGO), await checkOf(NOT_YET)] as const;
  const late = await checkOf(AGO, { overriddenOn: NOT_YET });
  const nominations = [await nominationOf(AGO), await nominationOf(AGO), await nominationOf(NOT_YET)];
  nominations.push(await nominationOf(null));
  const copies = [await copyOf(checks[0]), await copyOf(checks[1]), await copyOf(null, 'brent', NOT_YET)];
  await holdRecord(scene, 'brent', CHECK, checks[1], HELD_BECAUSE);
  await holdRecord(scene, 'brent', 'PLACEMENT_NOMINATION', nominations[1] ?? '', HELD_BECAUSE);
  const tables = ['placement_check', 'placement_nomination', 'relied_copy'];
  // The first of each kind: over, and held by nobody.
  expect(
    await tryAsGateway(
      scene,
      'brent',
      Object.fromEntries(tables.map((table) => [table, `delete from ${table} where id = any($1::uuid[])`])),
      [[...checks, late, ...nominations, ...copies]],
    ),
  ).toEqual({ placement_check: 1, placement_nomination: 1, relied_copy: 1 });
  for (const tenant of ['barnet', 'alliance'] as const)
    expect(await tryAsGateway(scene, tenant, deletingAll(tables))).toEqual(noneOf(tables));
});
