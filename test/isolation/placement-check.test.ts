import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import type { TestClient } from '@accord/testkit';
import pg from 'pg';
import { forgetAnswers, newAnswer } from './support/due-diligence-rows.js';
import { newSavedCheck } from './support/placement-operation.js';
import { textOf, type PrintedFile } from './support/printed.js';
import { newRequest } from './support/reference-operation.js';
import { expectRefusal, expectRefused } from './support/refusal.js';
import { HOLD_REASON, ITEM_DETAIL, ITEM_SUMMARY, Scene, SUMMARY } from './support/scene.js';
import { everyField } from './support/selection.js';
import { COURT, RISE, TENANT, TENANTS, type TenantName } from './support/world.js';

const GROUND = 'code message source asOf isAbsolute';
const CHECK = `query($input: PlacementCheckInput!) { placementCheck(input: $input) { noKnownBlocks blocks { ${GROUND} } warnings { ${GROUND} }
  flags { id existenceOnly summary } holds { id existenceOnly borough { name } } references { state required received { borough { id } } } } }`;
const SAVE =
  'mutation($input: SavePlacementCheckInput!) { savePlacementCheck(input: $input) { check { id noKnownBlocks isComplete grounds { code blocks } seen { kind id } } } }';
const SAVED = `query($id: ID!) { savedPlacementCheck(id: $id) { saved { ${everyField('SavedPlacementCheck', { home: 'id', provider: 'id' })} } changed { kind id } now { flags { id } } } }`;
const OVERRIDE =
  'mutation($input: OverridePlacementCheckInput!) { overridePlacementCheck(input: $input) { check { isComplete override { by reason } } } }';

const PACK =
  'query($id: ID!, $format: PrintFormat!) { placementCheckPack(id: $id, format: $format) { content isBase64 } }';

interface Check {
  readonly placementCheck: {
    readonly noKnownBlocks: boolean;
    readonly blocks: { readonly code: string; readonly message: string }[];
    readonly warnings: { readonly code: string; readonly message: string; readonly source: string }[];
    readonly flags: { readonly id: string; readonly existenceOnly: boolean }[];
    readonly holds: { readonly id: string; readonly existenceOnly: boolean }[];
    readonly references: { readonly state: string };
  };
}

interface Saved {
  readonly savePlacementCheck: {
    readonly check: {
      readonly id: string;
      readonly noKnownBlocks: boolean;
      readonly grounds: { readonly code: string; readonly blocks: boolean }[];
      readonly seen: { readonly kind: string; readonly id: string }[];
    };
  };
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

const officer = (tenant: TenantName): Promise<TestClient> => scene.caller(`${tenant} PLACEMENTS`);
const BOROUGHS = TENANTS.filter((tenant) => tenant !== 'alliance');

const asked = (homeId = COURT) => ({ homeId, ageBand: 'AGED_18_PLUS', placementType: 'SUPPORTED_SHARED_OPEN' });

const check = async (tenant: TenantName, homeId = COURT): Promise<Check['placementCheck']> =>
  (await (await officer(tenant)).data<Check>(CHECK, { input: asked(homeId) })).placementCheck;

/** What blocks for want of references. */
const referencesIn = ({ blocks }: Check['placementCheck']) =>
  blocks.flatMap(({ code, message }) => (code === 'REFERENCES_SHORT' ? [message] : []));

const packOf = async (client: TestClient, id: string, format: string) =>
  textOf((await client.data<{ placementCheckPack: PrintedFile }>(PACK, { id, format })).placementCheckPack);

const save = async (tenant: TenantName, more: Record<string, unknown> = {}) =>
  (await (await officer(tenant)).data<Saved>(SAVE, { input: { check: asked(), idempotencyKey: newId(), ...more } }))
    .savePlacementCheck.check;

describe('a placement check', () => {
  it('shows each borough what it may see of flags, holds and intelligence, and nothing besides', async () => {
    const flag = await scene.flag();
    const hold = await scene.hold();
    await scene.item();
    await scene.item({ level: 'OWN_BOROUGH' });
    const full: TenantName[] = ['barnet', 'city', 'havering', 'hammersmith'];
    const existence: TenantName[] = ['ealing', 'hackney', 'haringey'];
    for (const tenant of BOROUGHS) {
      const seen = await check(tenant);
      const isOwner = tenant === 'brent';
      const inFull = isOwner || full.includes(tenant);
      const knows = inFull || existence.includes(tenant);
      const codes = [...seen.blocks, ...seen.warnings].map(({ code }) => code);
      expect({ tenant, flags: seen.flags, holds: seen.holds }).toMatchObject({
        tenant,
        flags: knows ? [{ id: flag, existenceOnly: !inFull }] : [],
        holds: knows ? [{ id: hold, existenceOnly: !inFull }] : [],
      });
      // Only the own hold blocks; another's warns.
      expect({ tenant, own: seen.blocks.some(({ code }) => code === 'OWN_HOLD') }).toEqual({ tenant, own: isOwner });
      expect(codes.includes('HOLD_OF_ANOTHER')).toBe(knows && !isOwner);
      const intelligence = seen.warnings.find(({ code }) => code === 'SOFT_INTELLIGENCE')?.message ?? '';
      const theirs = isOwner ? /^2 items .* a single source/ : /^One item/;
      expect(intelligence).toMatch(inFull ? theirs : /^$/);
      const text = JSON.stringify(seen);
      const hidden = inFull ? [] : [SUMMARY, TENANT.brent, 'Brent'];
      for (const words of [ITEM_SUMMARY, ITEM_DETAIL, HOLD_REASON, ...hidden]) expect(text).not.toContain(words);
    }
    await scene.removeFlag(flag);
    await scene.removeFlag(hold);
    await scene.sql(`update intelligence_item set review_on = '2026-01-01'`);
    expect((await check('brent')).warnings.map(({ code }) => code)).not.toContain('SOFT_INTELLIGENCE');
  });

  it('asks for references where the borough has not used the home, and counts answers that it may see', async () => {
    expect((await check('barnet')).references.state).toBe('NOT_NEEDED');
    expect(await check('islington')).toMatchObject({
      noKnownBlocks: false,
      references: { state: 'NOT_ASKED', required: 2, received: [] },
    });
    await newRequest(scene, { asked: { brent: 'ANSWERED', barnet: 'ASKED' } });
    const waiting = await check('islington');
    expect(waiting.references).toMatchObject({ state: 'WAITING', received: [{ borough: { id: TENANT.brent } }] });
    expect(referencesIn(waiting)).toEqual([expect.stringContaining('1 of 2')]);
    // Camden is outside the agreement: of what is said there it sees nothing.
    await newRequest(scene, { asked: { city: 'SHARED' } });
    expect((await check('islington')).references.state).toBe('COMPLETE');
    expect(referencesIn(await check('islington'))).toEqual([]);
    expect((await check('camden')).references).toMatchObject({ state: 'NOT_ASKED', received: [] });
    await scene.sql('delete from borough_reference');
    await scene.sql('delete from reference_request');
  });
});

describe('a saved check', () => {
  it('makes its borough one concerned for thirty days, and no longer', async () => {
    const [flag, hold, answer] = [await scene.flag(), await scene.hold(), await newAnswer(scene)];
    await scene.sql(`update sharing set level = 'BOROUGHS_CONCERNED' where id = $1`, [answer]);
    // Islington is in the agreement and has nothing to do with the Court.
    expect((await check('islington')).flags).toEqual([]);
    const saved = await save('islington');
    expect(saved.seen.map(({ id }) => id)).toEqual(expect.arrayContaining([flag, hold, answer]));
    expect(saved.grounds.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['OPEN_FLAG', 'HOLD_OF_ANOTHER', 'REFERENCES_SHORT']),
    );
    expect((await check('islington')).flags).toMatchObject([{ id: flag, existenceOnly: false }]);
    // At this home, and at no other of the provider.
    const elsewhere = await scene.flag({ home: RISE });
    await scene.sql(`update placement_number set young_people = 0 where home_id = $1`, [RISE]);
    expect((await check('islington', RISE)).flags).toEqual([]);
    // The audience of all tenants at once says the same as the policy.
    const heard = await toldOf(flag);
    expect(heard).toContain('islington');
    const backdate = (days: number) =>
      scene.sql(
        `update placement_check set checked_on = (now() at time zone 'Europe/London')::date - $2::int where id = $1`,
        [saved.id, days],
      );
    await backdate(29);
    expect((await check('islington')).flags).toHaveLength(1);
    await backdate(30);
    expect((await check('islington')).flags).toEqual([]);
    expect(await toldOf(flag)).not.toContain('islington');
    // Outside the agreement a check opens nothing, and does not even tell that there is something.
    await save('camden');
    expect((await check('camden')).flags).toEqual([]);
    for (const id of [flag, hold, elsewhere]) await scene.removeFlag(id);
    await forgetAnswers(scene);
    await scene.sql('delete from placement_check');
  });

  /** Who is in the audience, as the worker works it out for all tenants. */
  async function toldOf(flag: string): Promise<TenantName[]> {
    const rows = await scene.sql<{ id: string }>(
      `select o.id from sharing s, organisation o where s.id = $1 and exists (
         select from borough_concerned c where c.borough_id = o.id and c.provider_id = s.provider_id
           and (c.home_id = s.home_id or c.home_id is null))`,
      [flag],
    );
    return TENANTS.filter((tenant) => rows.some(({ id }) => id === TENANT[tenant]));
  }

  it('is its borough’s alone, in the list and in the database', async () => {
    const id = await newSavedCheck(scene);
    for (const tenant of BOROUGHS) {
      const client = await officer(tenant);
      const { savedPlacementChecks } = await client.data<{ savedPlacementChecks: { nodes: { id: string }[] } }>(
        '{ savedPlacementChecks(first: 5) { nodes { id } } }',
      );
      expect({ tenant, nodes: savedPlacementChecks.nodes }).toEqual({
        tenant,
        nodes: tenant === 'brent' ? [{ id }] : [],
      });
      if (tenant !== 'brent') expectRefused(await client.send(SAVED, { id }), 'NOT_FOUND');
    }
    const gateway = new pg.Client({ connectionString: scene.accord.database.urls.gateway });
    await gateway.connect();
    await gateway.query(`select set_config('app.tenant', $1, false)`, [TENANT.barnet]);
    expect((await gateway.query('select from placement_check')).rowCount).toBe(0);
    await gateway.end();
    await scene.sql('delete from placement_check');
  });

  it('keeps ids, versions and hashes and no text; what is gone since is named by its id alone', async () => {
    const [flag, item] = [await scene.flag({ owner: 'barnet' }), await scene.item({ owner: 'barnet' })];
    const saved = await save('brent', { reference: 'P-19', reliedOn: [item] });
    const [row] = await scene.sql<{ row: unknown }>('select to_jsonb(c) as row from placement_check c where id = $1', [
      saved.id,
    ]);
    for (const words of [SUMMARY, ITEM_SUMMARY, ITEM_DETAIL, TENANT.barnet, 'Barnet'])
      expect(JSON.stringify(row)).not.toContain(words);
    const brent = await officer('brent');
    const since = async () =>
      (
        await brent.data<{ savedPlacementCheck: { changed: { id: string }[]; now: { flags: { id: string }[] } } }>(
          SAVED,
          {
            id: saved.id,
          },
        )
      ).savedPlacementCheck;
    expect(await since()).toMatchObject({ changed: [], now: { flags: [{ id: flag }] } });
    // Barnet keeps its flag to itself from now on, and withdraws the item.
    await scene.sql(`update sharing set level = 'OWN_BOROUGH' where id = any($1)`, [[flag, item]]);
    expect(await since()).toMatchObject({
      changed: expect.arrayContaining([expect.objectContaining({ id: flag }), expect.objectContaining({ id: item })]),
      now: { flags: [] },
    });
    for (const format of ['HTML', 'PDF']) {
      const pack = await packOf(brent, saved.id, format);
      expect(pack).toContain('no longer to be seen');
      expect(pack).toContain('OFFICIAL-SENSITIVE');
      for (const words of [SUMMARY, ITEM_SUMMARY, 'Barnet']) expect(pack).not.toContain(words);
    }
    // The one place where the text outlives it: sealed, for information governance, with a reason.
    const ig = await scene.caller('brent INFORMATION_GOVERNANCE');
    const { reliedCopies } = await ig.data<{ reliedCopies: { id: string; itemId: string; reference: string }[] }>(
      '{ reliedCopies { id itemId reference } }',
    );
    const copy = reliedCopies.find(({ itemId }) => itemId === item);
    expect(copy?.reference).toBe(`Placement check ${saved.id}`);
    expect(
      await ig.data('mutation($id: ID!) { openSealedCopy(id: $id, reason: "Complaint 7.") { summary } }', {
        id: copy?.id,
      }),
    ).toEqual({ openSealedCopy: { summary: ITEM_SUMMARY } });
    await scene.removeFlag(flag);
    await scene.sql('delete from placement_check');
  });

  it('does not rely on what its borough may not see, and leaves nothing then', async () => {
    const hidden = await scene.item({ owner: 'barnet', level: 'OWN_BOROUGH' });
    const brent = await officer('brent');
    for (const id of [hidden, newId()])
      await expectRefusal(scene, brent, 'BAD_USER_INPUT', SAVE, {
        input: { check: asked(), reliedOn: [id], idempotencyKey: newId() },
      });
    await expectRefusal(scene, brent, 'BAD_USER_INPUT', SAVE, {
      input: { check: asked(), reference: 'born 3 May 2009', idempotencyKey: newId() },
    });
    await expectRefusal(scene, brent, 'NOT_FOUND', SAVE, { input: { check: asked(newId()), idempotencyKey: newId() } });
  });
});

describe('an override', () => {
  const input = (checkId: string) => ({ checkId, reason: 'Nowhere else tonight.', idempotencyKey: newId() });

  it('needs an assistant director or an officer whom one has nominated, and a reason', async () => {
    const id = await newSavedCheck(scene);
    const quality = await scene.caller('brent-quality');
    await expectRefusal(scene, quality, 'FORBIDDEN', OVERRIDE, { input: input(id) });
    const director = await scene.caller('brent-director');
    await expectRefusal(scene, director, 'BAD_USER_INPUT', OVERRIDE, { input: { ...input(id), reason: ' ' } });
    const [row] = await scene.sql<{ id: string }>(`select id from principal where subject = 'brent-quality'`);
    const nominate = (name: string) =>
      director.data(`mutation($id: ID!) { ${name}(principalId: $id) { nominations { officer { displayName } } } }`, {
        id: row?.id,
      });
    await nominate('nominatePlacementOfficer');
    await nominate('endPlacementNomination');
    await expectRefusal(scene, quality, 'FORBIDDEN', OVERRIDE, { input: input(id) });
    expect(await nominate('nominatePlacementOfficer')).toEqual({
      nominatePlacementOfficer: { nominations: [{ officer: { displayName: 'Brent quality officer' } }] },
    });
    const barnet = await scene.caller('barnet-placements');
    expect(await barnet.data('{ placementNominations { nominatedBy } }')).toEqual({ placementNominations: [] });
    expect(await quality.data(OVERRIDE, { input: input(id) })).toEqual({
      overridePlacementCheck: {
        check: { isComplete: true, override: { by: 'Brent quality officer', reason: 'Nowhere else tonight.' } },
      },
    });
    await expectRefusal(scene, director, 'CONFLICT', OVERRIDE, { input: input(id) });
  });

  it('is never of what the law blocks, nor of what nothing blocks', async () => {
    const director = await scene.caller('brent-director');
    for (const grounds of [[{ code: 'NOT_REGISTERED', blocks: true, isAbsolute: true, asOf: null }], []]) {
      const id = await newSavedCheck(scene);
      await scene.sql('update placement_check set grounds = $2 where id = $1', [id, JSON.stringify(grounds)]);
      await expectRefusal(scene, director, 'CONFLICT', OVERRIDE, { input: input(id) });
    }
    await scene.sql('delete from placement_check');
  });
});
