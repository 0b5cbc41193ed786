import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { londonDate } from '@accord/kernel';
import { countReportsAnew } from '@accord/testkit';
import { LAST_MONTH, newReturns, RETURNED_MONTH, returnRows } from './support/placement-return-operation.js';
import { expectRefusals, expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { TENANT, TENANTS } from './support/world.js';

const FIELDS = everyField('PlacementReturn', { lines: everyField('PlacementReturnLine') });
const RETURN = `query($month: String!) { placementReturn(month: $month) { ${FIELDS} } }`;
const RETURNS = `{ placementReturns(first: 9) { nodes { ${FIELDS} } } }`;
const GIVE = `mutation($input: GivePlacementReturnInput!) {
  givePlacementReturn(input: $input) { placementReturn { ${FIELDS} } } }`;
const IMPORT = `mutation($input: ImportPlacementReturnInput!) { importPlacementReturn(input: $input) {
  placementReturn { version } refusals { ${everyField('PlacementReturnRefusal')} } } }`;

const month = { month: RETURNED_MONTH };
const READERS = ['brent-placements', 'brent-quality', 'brent-admin', 'brent-director'];
const NOBODY = ['brent-practitioner', 'brent-visitor', 'brent-ig', 'brent-dashboard', 'brent OUT_OF_HOURS'];
const STAFF = ['alliance-accreditation', 'alliance-lead', 'alliance-safeguarding', 'alliance-admin'];
const WRONG = [...NOBODY, ...STAFF, 'alliance PLACEMENTS', 'alliance DASHBOARD'];

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  await newReturns(scene);
});

afterAll(() => scene.stop());

describe('a return of placement searches', () => {
  it('shows a borough its own, field by field, and nobody else any', async () => {
    const brents = {
      month: RETURNED_MONTH,
      version: 3,
      givenBy: 'Somebody of the borough',
      givenAt: expect.any(String),
      // The isolation world's figures were published when it was made.
      publishedOn: londonDate(new Date()),
      lines: [{ placementType: 'CHILDRENS_HOME', sought: 41, matched: 37, weeklySpend: 37 * 4321 }],
    };
    for (const who of READERS) {
      const client = await scene.caller(who);
      expect(await client.data(RETURN, month)).toEqual({ placementReturn: brents });
      const { placementReturns } = await client.data<{ placementReturns: { nodes: object[] } }>(RETURNS);
      expect(placementReturns.nodes).toEqual([brents, expect.objectContaining({ publishedOn: null })]);
    }
    for (const tenant of TENANTS.filter((name) => name !== 'brent' && name !== 'alliance')) {
      const other = await scene.caller(`${tenant} PLACEMENTS`);
      expect(await other.data(RETURN, month)).toEqual({ placementReturn: null });
      expect(await other.data(RETURNS)).toEqual({ placementReturns: { nodes: [] } });
    }
    for (const document of [RETURN, RETURNS]) {
      for (const who of WRONG) expectRefused(await (await scene.caller(who)).send(document, month), 'FORBIDDEN');
      expectRefused(await scene.accord.anonymous().send(document, month), 'UNAUTHENTICATED');
    }
  });

  it('is given by those who may, for their own borough, and by nobody else', async () => {
    const input = { month: LAST_MONTH, lines: [] };
    const callers = await Promise.all(['brent-director', ...WRONG].map((who) => scene.caller(who)));
    await expectRefusals(scene, callers, 'FORBIDDEN', GIVE, { input });
    await expectRefusals(scene, [scene.accord.anonymous()], 'UNAUTHENTICATED', GIVE, { input });
    // The same month of Brent’s is another return: neither its version nor its numbers are touched.
    const barnets = await (await scene.caller('barnet-placements')).send(GIVE, { input: { ...input, ...month } });
    expect(barnets.data).toMatchObject({ givePlacementReturn: { placementReturn: { version: 1, lines: [] } } });
    expect(await (await scene.caller('brent-quality')).data(RETURN, month)).toMatchObject({
      placementReturn: { version: 3, lines: [{ sought: 41 }] },
    });
    expect(await scene.sql('select distinct borough_id from placement_return order by 1')).toHaveLength(2);
  });

  it('tells whoever sent a file why it is refused, field by field', async () => {
    const file = new File(['Placement type,Sought,Matched,Weekly spend\nCHILDRENS_HOME,1,2,0\n'], 'r.csv');
    const client = await scene.caller('brent-placements');
    await scene.settled();
    const before = await scene.footprint();
    expect(await client.data(IMPORT, { input: { month: LAST_MONTH, file } })).toEqual({
      importPlacementReturn: {
        placementReturn: null,
        refusals: [{ line: 2, column: 'Matched', reason: expect.stringContaining('more than was sought') }],
      },
    });
    expect(await scene.footprint()).toEqual(before);
  });
});

/** The alliance and other boroughs know of returns what reports say; here they are nearly all one borough's. */
describe('what reports tell of returns', () => {
  const REPORT = `query($kind: ReportKind!) { report(kind: $kind) {
    rows { category own region { number } } total { own region { number } }
    returns { ${everyField('ReportReturns')} } } }`;
  const FILE = '{ csv: reportFile(format: CSV) { content } json: reportFile(format: JSON) { content } }';
  /** Sixteen of those matched are not Brent's; of the money next to nothing. */
  const TOTALS: Readonly<Record<string, number | null>> = {
    PLACEMENTS_SOUGHT: 65,
    PLACEMENTS_MATCHED: 53,
    PLACEMENTS_NOT_MATCHED: 12,
    PLACEMENT_SPEND: null,
  };
  const KINDS = Object.keys(TOTALS);
  /** Brent's own numbers, and what the others spent, from which Brent's would follow. */
  const MARKS = /\b(41|37|159877|174277)\b/;

  it('is nothing that would be one borough’s, on any surface', async () => {
    // Brent's is nearly all there is: eight others returned two each.
    await newReturns(scene);
    const boroughs = await scene.sql<{ id: string }>(
      `select id from organisation where kind = 'BOROUGH' and id <> $1 order by code limit 8`,
      [TENANT.brent],
    );
    for (const { id } of boroughs)
      for (const [table, row] of returnRows(id, { sought: 3, matched: 2, weekly_spend: 1800 }))
        await scene.insert(table, row);
    await countReportsAnew(scene.accord.database.urls);
    for (const who of ['barnet-placements', 'havering-quality', 'ealing-placements', 'camden DASHBOARD', ...STAFF]) {
      const client = await scene.caller(who);
      for (const kind of KINDS) {
        const { report } = await client.data<{ report: Report }>(REPORT, { kind });
        expect(report.returns).toEqual({ month: RETURNED_MONTH, given: 9, boroughs: 33 });
        expect(JSON.stringify({ ...report, returns: null })).not.toMatch(MARKS);
        expect(report.total.region).toEqual({ number: TOTALS[kind] });
      }
      const files = await client.data<Record<'csv' | 'json', { content: string }>>(FILE);
      const told = [files.csv.content, files.json.content].join('\n').split('\n');
      expect(told.filter((line) => /PLACEMENT/.test(line) && MARKS.test(line))).toEqual([]);
    }
    const own = await (await scene.caller('brent-placements')).send(REPORT, { kind: 'PLACEMENT_SPEND' });
    expect(own.data).toMatchObject({ report: { total: { own: 159877, region: { number: null } } } });
  });

  it('is nothing where six boroughs or fewer returned anything', async () => {
    await scene.sql(
      `delete from placement_return where borough_id not in (select id from organisation where kind = 'BOROUGH' order by code limit 6)`,
    );
    await scene.sql('update placement_return_line set sought = 90, matched = 40, weekly_spend = 90000');
    await scene.sql(
      `delete from placement_return_line l where not exists (select from placement_return r where r.borough_id = l.borough_id and r.month = l.month)`,
    );
    await countReportsAnew(scene.accord.database.urls);
    const lead = await scene.caller('alliance-lead');
    for (const kind of KINDS) {
      const { report } = await lead.data<{ report: Report }>(REPORT, { kind });
      expect(report.returns).toEqual({ month: RETURNED_MONTH, given: 6, boroughs: 33 });
      expect([...report.rows, report.total].map(({ region }) => region?.number)).toEqual(Array(15).fill(null));
    }
  });
});

interface Report {
  readonly returns: object;
  readonly rows: readonly { readonly region: { readonly number: number | null } | null }[];
  readonly total: { readonly region: { readonly number: number | null } | null };
}
