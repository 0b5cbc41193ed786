import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { providerId } from '@accord/infra';
import { TestAccord, type TestClient } from '@accord/testkit';
import type { Register } from '../support/register.js';
import { regulatorFile } from '../support/regulator-file.js';
import {
  ALLIANCE,
  day,
  EVENT_NUMBER,
  flag,
  judgement,
  nextEvent,
  OVERALL,
  Telling,
  TIDEWELL,
  written,
} from '../support/told.js';
import { bringFile, type Report } from '../support/upload.js';

let accord: TestAccord;
let register: Register;
let telling: Telling;
let alliance: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  telling = new Telling(accord);
  ({ register } = telling);
  alliance = await accord.as('alliance-accreditation');
});

afterAll(() => accord.stop());

beforeEach(async () => {
  await telling.since();
});

const bring = (row: Readonly<Record<string, string>>, asAt = day(2)): Promise<Report> =>
  bringFile(alliance, regulatorFile({ [EVENT_NUMBER]: nextEvent(), ...row }), { asAt });

/** Lanternfield, which is inspected as a provider: Brent, Barnet and the City place there, Havering and Brent host it. */
const LANTERNFIELD = {
  URN: '2799001',
  'Provision type': 'Supported Accommodation',
  'Organisation which owns the provider': 'Lanternfield Supported Living Ltd',
  'Inspection date': written(12),
  'Inspection publication date': written(3),
  [OVERALL]: '',
  'How well children and young people are helped and protected': '',
  'The effectiveness of leaders and managers': '',
};

describe('a new judgement', () => {
  it('is told to the boroughs concerned and the alliance, once', async () => {
    const row = { ...TIDEWELL, [EVENT_NUMBER]: nextEvent() };
    expect(await bring(row)).toMatchObject({ inspections: { added: 1 }, flagsRaised: 0 });
    expect(await telling.since()).toEqual([judgement('Barnet', 'Brent', ALLIANCE, 'Ealing')]);
    expect(await bring(row)).toMatchObject({ inspections: { added: 0, changed: 0 } });
    expect(await bring({ ...row, 'Inspection publication date': written(2) })).toMatchObject({
      inspections: { changed: 1 },
    });
    expect(await telling.since()).toEqual([]);
    await bring({ ...row, 'Inspection publication date': written(2), [OVERALL]: 'Outstanding' });
    expect(await telling.since()).toEqual([judgement('Barnet', 'Brent', ALLIANCE, 'Ealing')]);
  });

  it('is not told where nobody has to do with the home, nor a visit that gave none', async () => {
    await bring({ URN: '9900077', 'Local authority': 'Stockton-on-Tees', 'Inspection publication date': written(3) });
    const grades = { [OVERALL]: '', 'How well children and young people are helped and protected': '' };
    await bring({ ...TIDEWELL, ...grades, 'The effectiveness of leaders and managers': '' });
    expect(await telling.since()).toEqual([]);
  });

  it('reaches officers, and of those who hear of grave things alone none', async () => {
    await bring(TIDEWELL);
    await telling.since();
    const hearers = await register.query<{ subject: string }>(
      `select p.subject from notification n join principal p on p.id = n.recipient_id
       where n.kind = 'REGULATOR_JUDGEMENT' and n.position = $1 order by 1`,
      [telling.seen],
    );
    const subjects = hearers.map(({ subject }) => subject);
    expect(subjects).toEqual(expect.arrayContaining(['barnet-placements', 'brent-quality', 'alliance-safeguarding']));
    expect(subjects).not.toContain('brent-practitioner');
  });

  it('of which more than 30 days have passed comes in silently', async () => {
    const old = { ...TIDEWELL, 'Inspection date': written(11), [OVERALL]: 'Inadequate' };
    expect(await bring({ ...old, 'Inspection publication date': written(31) })).toMatchObject({
      inspections: { added: 1 },
      flagsRaised: 0,
    });
    expect(await telling.since()).toEqual([]);
    expect(await bring({ ...old, 'Inspection publication date': written(30) })).toMatchObject({ flagsRaised: 1 });
    expect((await telling.since()).map(({ kind }) => kind)).toEqual(['REGULATOR_JUDGEMENT', 'FLAG_RAISED']);
  });

  it('without a day of publication was published by the day as of which the file tells', async () => {
    const undated = { ...TIDEWELL, 'Inspection publication date': '', [OVERALL]: 'Inadequate' };
    expect(await bring(undated, day(31))).toMatchObject({ flagsRaised: 0 });
    expect(await bring(undated, day(30))).toMatchObject({ flagsRaised: 1 });
  });
});

describe('a trigger', () => {
  it('raises a flag of the alliance’s on the home, for those under the agreement', async () => {
    const row = { ...TIDEWELL, [EVENT_NUMBER]: nextEvent(), [OVERALL]: 'Inadequate' };
    const report = await bring(row);
    expect(report).toMatchObject({ flagsRaised: 1 });
    expect(report.changes.nodes).toContainEqual(
      expect.objectContaining({ kind: 'FLAG', label: expect.stringContaining('HIGH Ofsted judged “Inadequate”') }),
    );
    // Ealing hosts it outside the agreement: it has the judgement, and no flag.
    expect(await telling.since()).toEqual([
      judgement('Barnet', 'Brent', ALLIANCE, 'Ealing'),
      flag('REGULATOR_JUDGEMENT HIGH', 'Barnet', 'Brent', ALLIANCE),
    ]);
    const barnet = await accord.as('barnet-placements');
    const { provider } = await barnet.data<{ provider: { flags: { nodes: Record<string, unknown>[] } } }>(
      'query($id: ID!) { provider(id: $id) { flags(first: 20) { nodes { kind severity status summary raisedBy { name } home { name } } } } }',
      { id: providerId('Tidewell Care Ltd') },
    );
    expect(provider.flags.nodes).toContainEqual({
      kind: 'REGULATOR_JUDGEMENT',
      severity: 'HIGH',
      status: 'OPEN',
      summary: expect.stringMatching(
        /^Ofsted judged “Inadequate” \(Full inspection, .*, published .*\): Overall experiences/,
      ),
      raisedBy: { name: ALLIANCE },
      home: { name: 'Tidewell Lodge' },
    });
    // Judged anew and still so: it has been told.
    await bring({ ...row, 'The effectiveness of leaders and managers': 'Inadequate' });
    expect(await telling.since()).toEqual([judgement('Barnet', 'Brent', ALLIANCE, 'Ealing')]);
  });

  it('is outcome 3 of supported accommodation, and no other', async () => {
    const withOutcome = (outcome: string) => {
      const file = regulatorFile({ ...LANTERNFIELD, [EVENT_NUMBER]: nextEvent() });
      const [header = ''] = file.split('\r\n').filter((line) => line.startsWith('Web link'));
      const content = file.replace(header, `${header},Outcome`).replace(/(2799001.*)\r\n/, `$1,${outcome}\r\n`);
      return bringFile(alliance, content, {
        asAt: day(2),
        columns: [{ name: 'Outcome', meaning: 'SUPPORTED_OUTCOME' }],
      });
    };
    expect(await withOutcome('Outcome 2')).toMatchObject({ flagsRaised: 0 });
    expect((await telling.since()).map(({ kind }) => kind)).toEqual(['REGULATOR_JUDGEMENT']);
    expect(await withOutcome('Outcome 3')).toMatchObject({ flagsRaised: 1 });
    const concerned = ['Barnet', 'Brent', 'City of London', ALLIANCE, 'Havering'];
    expect(await telling.since()).toEqual([judgement(...concerned), flag('REGULATOR_JUDGEMENT HIGH', ...concerned)]);
  });

  it.each([
    ['Suspended', 'SUSPENDED'],
    ['Cancelled', 'CANCELLED'],
  ])('is a registration that is %s now, where that is news', async (word, status) => {
    const ungraded = { [OVERALL]: '', 'How well children and young people are helped and protected': '' };
    const row = {
      ...TIDEWELL,
      ...ungraded,
      [EVENT_NUMBER]: nextEvent(),
      'Inspection date': written(5),
      'The effectiveness of leaders and managers': '',
      'Registration status': word,
    };
    expect(await bring(row)).toMatchObject({ registrations: { changed: 1 }, flagsRaised: 1 });
    expect(await telling.since()).toEqual([flag('REGULATOR_ENFORCEMENT CRITICAL', 'Barnet', 'Brent', ALLIANCE)]);
    expect(await register.registered('SC990002')).toMatchObject({ status });
    expect(await bring(row)).toMatchObject({ registrations: { changed: 0 }, flagsRaised: 0 });
    // A file that tells of an earlier day does not undo it.
    expect(await bring({ ...row, 'Registration status': 'Active' }, day(20))).toMatchObject({
      registrations: { changed: 0 },
    });
    expect(await register.registered('SC990002')).toMatchObject({ status });
    expect(await telling.since()).toEqual([]);
  });

  it('is not who resigned, nor what a file of long ago tells', async () => {
    expect(await bring({ ...TIDEWELL, 'Registration status': 'Resigned' })).toMatchObject({ flagsRaised: 0 });
    const agency = {
      URN: 'SC990004',
      'Provision type': 'Independent Fostering Agency',
      'Organisation which owns the provider': 'Quillstone Fostering Ltd',
    };
    const old = await bring({ ...agency, 'Registration status': 'Suspended' }, day(31));
    expect(old).toMatchObject({ registrations: { changed: 1 }, flagsRaised: 0 });
  });

  it('is shown by a dry run, and told to nobody', async () => {
    const file = regulatorFile({ ...TIDEWELL, [EVENT_NUMBER]: nextEvent(), [OVERALL]: 'Inadequate' });
    const report = await bringFile(alliance, file, { asAt: day(2), dryRun: true });
    expect(report).toMatchObject({ flagsRaised: 1, inspections: { added: 1 } });
    expect(await telling.since()).toEqual([]);
  });
});

describe('a first load', () => {
  it('alerts nobody, whatever it brings; the next one does', async () => {
    await register.query('delete from inspection');
    const row = (urn: string) => ({
      ...TIDEWELL,
      URN: urn,
      [OVERALL]: 'Inadequate',
      'Registration status': 'Suspended',
    });
    expect(await bring(row('SC990002'))).toMatchObject({ state: 'DONE', inspections: { added: 1 }, flagsRaised: 0 });
    expect(await telling.since()).toEqual([]);
    expect(await bring({ ...row('SC990002'), [EVENT_NUMBER]: nextEvent() })).toMatchObject({ flagsRaised: 1 });
  });
});
