import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exampleId, homeId } from '@accord/infra';
import { TestAccord, type TestClient } from '@accord/testkit';
import type { Register } from '../support/register.js';
import { regulatorFile } from '../support/regulator-file.js';
import { ALLIANCE, day, EVENT_NUMBER, flag, nextEvent, Telling, TIDEWELL } from '../support/told.js';
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

describe('a notification under section 30A', () => {
  const REGISTRATION = exampleId('registration', 'SC990002');
  const RECORD =
    'mutation($input: RecordRegulatorNoticeInput!) { recordRegulatorNotice(input: $input) { notice { kind notifiedOn takesEffectOn } } }';
  const record = (input: Readonly<Record<string, unknown>>, key = randomUUID()) =>
    alliance.send(RECORD, { input: { registrationId: REGISTRATION, idempotencyKey: key, ...input } });
  const status = async () => (await register.registered('SC990002')).status;

  beforeEach(async () => {
    await register.query(
      "update registration set status = 'REGISTERED', status_as_at = $1 where reference = 'SC990002'",
      [day(60)],
    );
  });

  it.each([
    ['SUSPENSION', 'SUSPENDED', 'CRITICAL'],
    ['SUSPENSION_EXTENDED', 'SUSPENDED', 'CRITICAL'],
    ['CANCELLATION', 'CANCELLED', 'CRITICAL'],
    ['RESTRICTION_OF_ACCOMMODATION', 'REGISTERED', 'HIGH'],
  ])('of a %s is told the same day, once, and leaves the registration %s', async (kind, after, severity) => {
    const key = randomUUID();
    const input = { kind, notifiedOn: day(0) };
    expect((await record(input, key)).data).toEqual({
      recordRegulatorNotice: { notice: { kind, notifiedOn: day(0), takesEffectOn: day(0) } },
    });
    expect((await record(input, key)).errors).toBeUndefined();
    expect(await telling.since()).toEqual([flag(`REGULATOR_ENFORCEMENT ${severity}`, 'Barnet', 'Brent', ALLIANCE)]);
    expect(await status()).toBe(after);
  });

  it('is not undone by a file that tells of an earlier day, and shows on the register', async () => {
    await record({ kind: 'SUSPENSION', notifiedOn: day(1) });
    await bring({ ...TIDEWELL, 'Registration status': 'Active' }, day(2));
    expect(await status()).toBe('SUSPENDED');
    await bring({ ...TIDEWELL, 'Registration status': 'Active' }, day(0));
    expect(await status()).toBe('REGISTERED');
    const brent = await accord.as('brent-placements');
    const { home } = await brent.data<{ home: { registrations: { notices: Record<string, unknown>[] }[] } }>(
      'query($id: ID!) { home(id: $id) { registrations { notices { kind notifiedOn } } } }',
      { id: homeId('Tidewell Lodge') },
    );
    expect(home.registrations[0]?.notices).toContainEqual({ kind: 'SUSPENSION', notifiedOn: day(1) });
  });

  it('that holds from a day to come is told now, and changes the registration no sooner', async () => {
    await record({ kind: 'CANCELLATION', notifiedOn: day(0), takesEffectOn: day(-28) });
    expect((await telling.since()).map(({ kind }) => kind)).toEqual(['FLAG_RAISED']);
    expect(await status()).toBe('REGISTERED');
  });

  it('that is more than 30 days old comes in silently', async () => {
    await record({ kind: 'SUSPENSION', notifiedOn: day(31) });
    expect(await telling.since()).toEqual([]);
    expect(await status()).toBe('SUSPENDED');
  });

  it.each([
    [{ kind: 'SUSPENSION', notifiedOn: day(-1) }, 'BAD_USER_INPUT'],
    [{ kind: 'PROPOSAL', notifiedOn: day(0) }, 'BAD_USER_INPUT'],
    [{ kind: 'SUSPENSION', notifiedOn: day(0), registrationId: randomUUID() }, 'NOT_FOUND'],
  ])('is refused as %j, and leaves nothing', async (input, code) => {
    const notices = () => register.query('select * from regulator_notice order by id');
    const before = [await notices(), await register.everything()];
    expect((await record(input)).errors).toMatchObject([{ extensions: { code } }]);
    expect([await notices(), await register.everything()]).toEqual(before);
  });
});
