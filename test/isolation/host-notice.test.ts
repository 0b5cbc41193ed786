import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarDaysAfter, londonDate } from '@accord/kernel';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { COURT, JUNIPERFIELD, TENANT, TENANTS, type TenantName } from './support/world.js';

const NOTICES = '{ hostNotices { placingBorough { id } hostBorough { id } upToDateAsAt isBehind } }';
const RECORD =
  'mutation($input: RecordHostNoticeInput!) { recordHostNotice(input: $input) { hostNotice { isBehind } } }';

interface Notice {
  readonly placingBorough: { readonly id: string };
  readonly hostBorough: { readonly id: string };
  readonly upToDateAsAt: string | null;
  readonly isBehind: boolean | null;
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  // The example world's own would stand beside those of this suite.
  await scene.sql('delete from host_notice');
});

afterAll(() => scene.stop());

/** Since the homes of the isolation world came into use. */
const daysAgo = (days: number): string => calendarDaysAfter(londonDate(new Date()), -days);

const nameOf = (id: string): string => TENANTS.find((name) => TENANT[name] === id) ?? 'another';

async function noticesOf(tenant: TenantName): Promise<string[]> {
  const client = await scene.caller(`${tenant} QUALITY`);
  const { hostNotices } = await client.data<{ hostNotices: Notice[] }>(NOTICES);
  return hostNotices.map(
    ({ placingBorough, hostBorough, upToDateAsAt, isBehind }) =>
      `${nameOf(placingBorough.id)} to ${nameOf(hostBorough.id)}: ${upToDateAsAt}, ${isBehind}`,
  );
}

const record = async (tenant: TenantName, host: TenantName, upToDateAsAt: string) =>
  (await scene.caller(`${tenant} PLACEMENTS`)).send(RECORD, { input: { hostBoroughId: TENANT[host], upToDateAsAt } });

describe('notices to a host borough', () => {
  it('shows notices to the two boroughs that they are between, and no number', async () => {
    expect(await noticesOf('islington')).toEqual(['islington to camden: null, true']);
    expect((await record('islington', 'camden', daysAgo(6))).errors).toBeUndefined();
    expect(await noticesOf('islington')).toEqual([`islington to camden: ${daysAgo(6)}, false`]);
    expect(await noticesOf('camden')).toEqual([`islington to camden: ${daysAgo(6)}, null`]);
    const said = 'islington to camden';
    for (const tenant of TENANTS.filter((name) => !['islington', 'camden', 'alliance'].includes(name)))
      expect((await noticesOf(tenant)).join(' ')).not.toContain(said);
    expectRefused(await (await scene.caller('alliance-safeguarding')).send(NOTICES), 'FORBIDDEN');
    const host = await scene.caller('camden QUALITY');
    expect((await host.send(NOTICES)).text).not.toMatch(/youngPeople|home/);
  });

  it('are behind when a home there has come into use since, which the host does not learn', async () => {
    await record('islington', 'camden', daysAgo(6));
    const islington = await scene.caller('islington PLACEMENTS');
    const use = (youngPeople: number, asAt: string) =>
      islington.data(
        'mutation($input: RecordPlacementNumberInput!) { recordPlacementNumber(input: $input) { provider { id } } }',
        { input: { providerId: JUNIPERFIELD, homeId: COURT, youngPeople, asAt } },
      );
    await record('islington', 'havering', daysAgo(6));
    expect(await noticesOf('islington')).toContain(`islington to havering: ${daysAgo(6)}, false`);
    await use(1, daysAgo(4));
    expect(await noticesOf('islington')).toContain(`islington to havering: ${daysAgo(6)}, true`);
    expect(await noticesOf('havering')).toContain(`islington to havering: ${daysAgo(6)}, null`);
    // More of them at a home that is in use is a notice, too; Accord knows of homes alone.
    await record('islington', 'havering', daysAgo(4));
    await use(2, daysAgo(3));
    expect(await noticesOf('islington')).toContain(`islington to havering: ${daysAgo(4)}, false`);
    await use(0, daysAgo(2));
  });

  it('are refused of a day to come, of an earlier one, to the own borough and to the alliance', async () => {
    await record('barnet', 'havering', daysAgo(6));
    const before = await scene.footprint();
    expect((await record('barnet', 'havering', '2999-01-01')).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      path: 'input.upToDateAsAt',
    });
    expect((await record('barnet', 'havering', daysAgo(7))).errors?.[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      path: 'input.upToDateAsAt',
    });
    expect((await record('barnet', 'barnet', daysAgo(6))).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      path: 'input.hostBoroughId',
    });
    expectRefused(await record('barnet', 'alliance', daysAgo(6)), 'NOT_FOUND');
    expect(await scene.footprint()).toEqual(before);
  });
});
