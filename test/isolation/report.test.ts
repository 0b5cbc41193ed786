import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { londonDate } from '@accord/kernel';
import { monthAfter, monthOf, ReportKind, writeMonth } from '@accord/reporting';
import { countReports, countReportsAnew } from '@accord/testkit';
import { expectRefusals, expectRefused } from './support/refusal.js';
import { raise, rowsOf, tryAsWorker } from './support/report-scene.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { TENANT } from './support/world.js';

const DAY = londonDate(new Date());
const RUNNING = monthOf(DAY);
const LAST = monthAfter(RUNNING, -1);

const REPORT = `query($kind: ReportKind!, $month: String) { report(kind: $kind, month: $month) {
  ${everyField('Report', {
    rows: everyField('ReportRow', { region: everyField('ReportFigure') }),
    total: everyField('ReportNumbers', { region: everyField('ReportFigure') }),
  })} } }`;
const PARTS = `query($kind: ReportKind!, $month: String) { report(kind: $kind, month: $month) {
  boroughs { ${everyField('BoroughReport', { borough: 'name', rows: everyField('BoroughReportRow', { figure: everyField('ReportFigure') }) })} } } }`;
const FILE = `query($kinds: [ReportKind!], $month: String, $format: ExportFormat!) {
  reportFile(kinds: $kinds, month: $month, format: $format) { name mediaType rowCount content } }`;

interface Figure {
  readonly number: number | null;
  readonly isSuppressed: boolean;
}

interface Numbers {
  readonly own: number;
  readonly region: Figure | null;
}

interface Seen {
  readonly report: {
    readonly kind: string;
    readonly month: string;
    readonly isFinal: boolean;
    readonly source: string;
    readonly rows: readonly (Numbers & { readonly category: string })[];
    readonly total: Numbers;
  };
}

interface Part {
  readonly borough: { readonly name: string };
  readonly rows: readonly { readonly category: string; readonly figure: Figure }[];
}

const shown = (number: number): Figure => ({ number, isSuppressed: false });
const KEPT_BACK: Figure = { number: null, isSuppressed: true };
const FLAGS = { kind: 'FLAGS' };

/** Who may read reports: of Brent, of other boroughs, and of the alliance. */
const BRENTS = ['brent-placements', 'brent-quality', 'brent-director', 'brent-ig', 'brent-admin', 'brent-dashboard'];
const OTHERS = ['barnet-placements', 'havering-quality', 'ealing-placements', 'camden DASHBOARD'];
const STAFF = ['alliance-accreditation', 'alliance-lead', 'alliance-safeguarding', 'alliance-admin'];

let scene: Scene;

/** LOW is many boroughs’; of HIGH nobody has too much; of MEDIUM there are three; all of CRITICAL is Brent’s. */
beforeAll(async () => {
  scene = await Scene.start();
  await scene.sql(`delete from flag`);
  await scene.sql(`delete from sharing where kind = 'FLAG'`);
  await raise(scene, 'brent', 20);
  await raise(scene, 'barnet', 15);
  await raise(scene, 'ealing', 10);
  await raise(scene, 'alliance', 7);
  await raise(scene, 'brent', 6, { severity: 'HIGH' });
  await raise(scene, 'barnet', 5, { severity: 'HIGH' });
  await raise(scene, 'havering', 4, { severity: 'HIGH' });
  await raise(scene, 'camden', 3, { severity: 'MEDIUM' });
  await raise(scene, 'brent', 6, { severity: 'CRITICAL' });
  await countReportsAnew(scene.accord.database.urls);
});

afterAll(() => scene.stop());

const seenBy = async (who: string, variables: Record<string, unknown> = FLAGS): Promise<Seen['report']> =>
  (await (await scene.caller(who)).data<Seen>(REPORT, variables)).report;

const partsSeenBy = async (who: string, variables: Record<string, unknown> = FLAGS): Promise<readonly Part[]> =>
  (await (await scene.caller(who)).data<{ report: { boroughs: readonly Part[] } }>(PARTS, variables)).report.boroughs;

const fileOf = async (who: string, format: 'CSV' | 'JSON', kinds: readonly string[] | null = null): Promise<string> =>
  (await (await scene.caller(who)).data<{ reportFile: { content: string } }>(FILE, { kinds, format })).reportFile
    .content;

describe('a report', () => {
  it('shows everybody their own numbers and those of the region, field by field', async () => {
    const region = { LOW: shown(52), HIGH: KEPT_BACK, MEDIUM: KEPT_BACK, CRITICAL: KEPT_BACK };
    const expected = (own: Partial<Record<keyof typeof region, number>>) => ({
      kind: 'FLAGS',
      month: writeMonth(LAST),
      asAt: DAY,
      isFinal: true,
      counts: expect.stringContaining('Open flags'),
      source: expect.stringContaining('Flags'),
      returns: null,
      rows: (['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const).map((category) => ({
        category,
        label: category.charAt(0) + category.slice(1).toLowerCase(),
        own: own[category] ?? 0,
        region: region[category],
      })),
      total: { own: Object.values(own).reduce((all, one) => all + one, 0), region: shown(76) },
    });
    for (const who of BRENTS) expect(await seenBy(who)).toEqual(expected({ LOW: 20, HIGH: 6, CRITICAL: 6 }));
    expect(await seenBy('barnet-placements')).toEqual(expected({ LOW: 15, HIGH: 5 }));
    expect(await seenBy('camden DASHBOARD')).toEqual(expected({ MEDIUM: 3 }));
    for (const who of STAFF) expect(await seenBy(who)).toEqual(expected({ LOW: 7 }));
  });

  it('says of how many boroughs there are returns in it, and not of which', async () => {
    // In the example world every fifth borough is late, Havering and the City among them.
    for (const who of [...BRENTS, ...OTHERS, ...STAFF]) {
      for (const [month, given] of [
        [LAST, 26],
        [RUNNING, null],
      ] as const) {
        const of = { month: writeMonth(monthAfter(month, -1)), given, boroughs: 33 };
        const report = await seenBy(who, { kind: 'PLACEMENTS_MATCHED', month: writeMonth(month) });
        expect(report).toMatchObject({ returns: of });
        expect(report.source).toContain(given === null ? `: of ${of.month}` : `: of ${of.month}, 26 of 33 boroughs’`);
      }
    }
    // Of a borough that is late, parts look as those of one of which all is kept back.
    const parts = await partsSeenBy('alliance-lead', { kind: 'PLACEMENTS_MATCHED' });
    expect(parts).toHaveLength(33);
    const hidden = parts.filter(({ rows }) => rows.every(({ figure }) => figure.isSuppressed));
    expect(hidden.length).toBeGreaterThan(7);
    expect(await partsSeenBy('alliance-lead', { kind: 'PLACEMENT_SPEND' })).toEqual([]);
  });

  it('shows the parts of boroughs to the alliance, and to nobody else', async () => {
    for (const who of STAFF) {
      const parts = await partsSeenBy(who);
      expect(parts).toHaveLength(33);
      const found = parts.flatMap(({ borough, rows }) =>
        rows
          .filter(({ figure }) => !figure.isSuppressed)
          .map(({ category, figure }) => [borough.name, category, figure.number]),
      );
      // Ealing’s ten go with the many that have none.
      expect(found).toEqual([
        ['Barnet', 'LOW', 15],
        ['Brent', 'LOW', 20],
      ]);
    }
    for (const [who, whose] of [
      ['alliance-lead', ['Barnet', 'Brent']],
      ['alliance DASHBOARD', []],
      ['brent-director', ['Brent']],
    ] as const) {
      const rows = rowsOf(await fileOf(who, 'CSV', ['FLAGS'])).filter(({ number }) => number !== '[c]');
      const named = new Set(
        rows.map((row) => row['of']).filter((of) => of !== 'Region' && of !== 'Commissioning Alliance'),
      );
      expect({ who, named }).toEqual({ who, named: new Set(whose) });
    }
    await expectRefusals(
      scene,
      await Promise.all([...BRENTS, ...OTHERS, 'alliance DASHBOARD'].map((who) => scene.caller(who))),
      'FORBIDDEN',
      PARTS,
      FLAGS,
    );
  });

  it('has no number under five of anybody else’s on any surface', async () => {
    for (const who of [...BRENTS, ...OTHERS, ...STAFF]) {
      for (const kind of Object.values(ReportKind)) {
        const { rows, total } = await seenBy(who, { kind });
        for (const { region } of [...rows, total]) expectNotSmall(region);
      }
      const client = await scene.caller(who);
      const own = (await client.data<{ viewer: { tenant: { name: string } } }>('{ viewer { tenant { name } } }'))
        .viewer;
      const csv = rowsOf(await fileOf(who, 'CSV'));
      const json = JSON.parse(await fileOf(who, 'JSON')) as { rows: Record<string, string | number | null>[] };
      expect(csv).toHaveLength(json.rows.length);
      for (const row of [...csv, ...json.rows].filter(({ of }) => of !== own.tenant.name)) {
        expect(isSmall(row['number'])).toBe(false);
        expect(row).toMatchObject({ marking: 'OFFICIAL-SENSITIVE', asAt: DAY });
        expect(row['source']).not.toBe('');
      }
    }
    for (const kind of Object.values(ReportKind))
      for (const { rows } of await partsSeenBy('alliance-lead', { kind }))
        for (const { figure } of rows) expectNotSmall(figure);
    // And none is kept where a mistake could show it.
    for (const table of ['report_region', 'report_borough'])
      expect(await scene.sql(`select from ${table} where number < 5`)).toEqual([]);
  });

  it('is for no other role, nobody who is not signed in, and nobody whose right has ended', async () => {
    const wrong = ['brent-practitioner', 'brent-visitor', 'brent OUT_OF_HOURS'];
    const key = await scene.machine('brent', ['DASHBOARD']);
    for (const document of [REPORT, FILE]) {
      const variables = { ...FLAGS, format: 'CSV' };
      const callers = await Promise.all(wrong.map((who) => scene.caller(who)));
      await expectRefusals(scene, callers, 'FORBIDDEN', document, variables);
      await expectRefusals(scene, [scene.accord.anonymous()], 'UNAUTHENTICATED', document, variables);
      await scene.sql('update organisation set suspended_at = now() where id = $1', [TENANT.brent]);
      try {
        const clients = [await scene.caller('brent-quality'), key.client];
        await expectRefusals(scene, clients, 'UNAUTHENTICATED', document, variables);
      } finally {
        await scene.sql('update organisation set suspended_at = null where id = $1', [TENANT.brent]);
      }
    }
    expect((await key.client.send(REPORT, FLAGS)).errors).toBeUndefined();
    await scene.sql('update machine_key set revoked_at = now() where id = $1', [key.keyId]);
    expectRefused(await key.client.send(REPORT, FLAGS), 'UNAUTHENTICATED');
  });

  it('refuses a month that is none, or of which nothing was counted, with its place', async () => {
    const client = await scene.caller('brent-quality');
    for (const month of ['2026-13', 'November', '1999-01', '']) {
      const { errors } = await client.send(REPORT, { ...FLAGS, month });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: 'month' });
    }
  });

  it('has own numbers of the month that is running, and of the region none', async () => {
    const running = await seenBy('brent-quality', { ...FLAGS, month: writeMonth(RUNNING) });
    expect(running).toMatchObject({ isFinal: false, total: { own: 32, region: null } });
    expect(running.rows.map(({ region }) => region)).toEqual([null, null, null, null]);
    expect(await partsSeenBy('alliance-lead', { ...FLAGS, month: writeMonth(RUNNING) })).toEqual([]);
  });

  it('writes no name that a spreadsheet would run', async () => {
    await scene.sql(`update organisation set name = '=HYPERLINK("http://x")' where id = $1`, [TENANT.barnet]);
    try {
      for (const who of ['barnet-placements', 'alliance-lead']) {
        const csv = await fileOf(who, 'CSV', ['FLAGS']);
        expect(csv).toContain(`'=HYPERLINK`);
        expect(csv).not.toMatch(/(^|,|")=/m);
      }
    } finally {
      await scene.sql(`update organisation set name = 'Barnet' where id = $1`, [TENANT.barnet]);
    }
  });
});

describe('the figures of a month that is over', () => {
  it('stay, whatever comes after them: two counts would tell what lies between', async () => {
    const before = await Promise.all(STAFF.map((who) => seenBy(who)));
    await raise(scene, 'camden', 1);
    // As if the running month had been counted yesterday.
    await scene.sql('update report_month set as_at = as_at - 1 where not is_final');
    await countReports(scene.accord.database.urls);
    expect(await Promise.all(STAFF.map((who) => seenBy(who)))).toEqual(before);
    expect((await seenBy('camden DASHBOARD')).total.own).toBe(3);
    expect((await seenBy('camden DASHBOARD', { ...FLAGS, month: writeMonth(RUNNING) })).total.own).toBe(4);
  });

  it('are counted anew by no worker, even where it would', async () => {
    for (const [statement, left] of [
      [`update report_month set is_final = false where month = '${LAST}'`, 0],
      [`delete from report_share where month = '${LAST}'`, 0],
      [`insert into report_share values ('${LAST}', 'FLAGS', '${TENANT.brent}', 'NEW', 9)`, '42501'],
      [`insert into report_region values ('${LAST}', 'FLAGS', 'NEW', 9)`, '42501'],
      [`insert into report_borough values ('${LAST}', 'FLAGS', '${TENANT.brent}', 'NEW', 9)`, '42501'],
      // Of a month that is open it may; and even then nothing under five.
      [`insert into report_region values ('${RUNNING}', 'FLAGS', 'NEW', 9)`, 1],
      [`insert into report_region values ('${RUNNING}', 'FLAGS', 'NEW', 4)`, '23514'],
      [`insert into report_borough values ('${RUNNING}', 'FLAGS', '${TENANT.brent}', 'NEW', 4)`, '23514'],
    ] as const)
      expect([statement, await tryAsWorker(scene, statement)]).toEqual([statement, left]);
  });
});

describe('flags that go no further than their owner chose', () => {
  it('are in nobody’s figures: kept, with named ones alone, of an owner who stays anonymous, or over', async () => {
    const ofBrent = async () => (await seenBy('brent-quality', { ...FLAGS, month: writeMonth(RUNNING) })).rows;
    const before = await ofBrent();
    await raise(scene, 'brent', 9, { level: 'OWN_BOROUGH' });
    await raise(scene, 'brent', 9, { level: 'NAMED' });
    await raise(scene, 'brent', 9, { anonymous: true });
    await raise(scene, 'brent', 9, { isOver: true });
    await countReportsAnew(scene.accord.database.urls);
    expect(await ofBrent()).toEqual(before);
    // Camden’s one more, of before.
    expect((await seenBy('alliance-lead')).total.region).toEqual(shown(77));
  });
});

/** Whether it is a number, and under five; what is kept back is null, in CSV `[c]`. */
const isSmall = (number: string | number | null | undefined): boolean =>
  number !== null && number !== '[c]' && !(Number(number) >= 5);

function expectNotSmall(figure: Figure | null): void {
  expect(figure?.isSuppressed).toBe(figure?.number === null);
  expect(isSmall(figure?.number)).toBe(false);
}
