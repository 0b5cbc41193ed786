import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { turnDueDiligenceClock } from '@accord/due-diligence';
import { homeId, organisationId, providerId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { ClockRoom } from './support/clock-room.js';

/** What the calendar does to answers, without a gateway or a worker that would get in between. */

const TODAY = `(now() at time zone 'Europe/London')::date`;
const [ALLIANCE, CITY, BARNET, BRENT, HAVERING, EALING] = [
  'ALLIANCE',
  'E09000001',
  'E09000003',
  'E09000005',
  'E09000016',
  'E09000009',
].map(organisationId) as [string, string, string, string, string, string];
const PROVIDER = providerId('Lanternfield Supported Living Ltd');
const HOME = homeId('Copperbeech House');
/** The boroughs that place there, and the alliance. Havering hosts it, and relies on nothing there. */
const RELYING = [ALLIANCE, BARNET, BRENT, CITY].toSorted();

let room: ClockRoom;

beforeAll(async () => {
  room = await ClockRoom.open();
});

beforeEach(async () => {
  await rows('delete from due_diligence_answer where home_id = $1', [HOME]);
  await rows('delete from outbox_event');
});

afterAll(() => room.close());

const rows: ClockRoom['rows'] = (text, values) => room.rows(text, values);

/** Two workers turn at once. @returns what both told of. */
const turn = (): Promise<number> => room.turn(turnDueDiligenceClock, new Date());

/** An answer to a question about Copperbeech House. @returns its id. */
async function answer(code: string, holds: number, owner = BRENT, daysAgo = 10): Promise<string> {
  const id = newId();
  await rows(
    `insert into sharing (id, kind, owner_id, provider_id, home_id, level, anonymous, existence_known, reason)
     values ($1, 'DUE_DILIGENCE', $2, $3, $4, 'ALLIANCE', false, false, 'Reason')`,
    [id, owner, PROVIDER, HOME],
  );
  await rows(
    `insert into due_diligence_answer (id, owner_id, provider_id, home_id, question_id, asked_id, value, is_held, assurance,
       answered_on, valid_until, recorded_at)
     select $1, $2, $3, $4, q.id, q.asked_id, 'YES', true, 'EVIDENCE_SEEN', ${TODAY} - $5::int, ${TODAY} + $6::int, now()
     from due_diligence_question q where q.code = $7`,
    [id, owner, PROVIDER, HOME, daysAgo, holds, code],
  );
  return id;
}

const told = async (kind: string): Promise<{ id: string; to: string[] | null }[]> => {
  const found = await rows<{ id: string; to: string[] | null }>(
    'select sharing_id as id, recipients as "to" from outbox_event where kind = $1 order by seq',
    [kind],
  );
  return found.map(({ id, to }) => ({ id, to: to?.toSorted() ?? null }));
};

const flags = () =>
  rows<{ owner_id: string; kind: string; summary: string; outcome: string | null; ended: boolean }>(
    `select s.owner_id, f.kind, f.summary, f.outcome, s.ended_at is not null as ended from flag f join sharing s on s.id = f.id
     where s.home_id = $1 and f.kind = 'COMPLIANCE_LAPSED' order by f.raised_at`,
    [HOME],
  );

test('nothing falls due in the example world as it is loaded', async () => {
  const fresh = await ClockRoom.open();
  expect(await fresh.turn(turnDueDiligenceClock, new Date())).toBe(0);
  await fresh.close();
});

test('those who rely on an answer are told before it lapses, once, and nobody else is', async () => {
  const lapsing = await answer('STAFF_VACANCIES', 30);
  await answer('COMPLAINTS', 31);
  expect(await turn()).toBe(1);
  expect(await told('DUE_DILIGENCE_EXPIRING')).toEqual([{ id: lapsing, to: RELYING }]);
  expect(await turn()).toBe(0);
  expect(await told('DUE_DILIGENCE_EXPIRED')).toEqual([]);
});

test('and when it has lapsed, once more; what nobody has to answer raises no flag', async () => {
  const lapsed = await answer('STAFF_VACANCIES', -1);
  expect(await turn()).toBe(1);
  expect(await told('DUE_DILIGENCE_EXPIRED')).toEqual([{ id: lapsed, to: RELYING }]);
  expect(await turn()).toBe(0);
  expect(await flags()).toEqual([]);
});

test('whoever has a later answer is not told of the earlier one', async () => {
  const brents = await answer('STAFF_VACANCIES', 5);
  // Ealing is outside the agreement: its answer counts for itself alone.
  await answer('STAFF_VACANCIES', 200, EALING, 1);
  expect(await turn()).toBe(1);
  expect(await told('DUE_DILIGENCE_EXPIRING')).toEqual([{ id: brents, to: RELYING }]);
  await rows('delete from outbox_event');
  await answer('COMPLAINTS', 5);
  await answer('COMPLAINTS', 200, HAVERING, 1);
  expect(await turn()).toBe(0);
  expect(await told('DUE_DILIGENCE_EXPIRING')).toEqual([]);
});

test('a mandatory answer that has lapsed is a flag of the alliance’s, and is cleared once somebody renews it', async () => {
  await answer('GAS_SAFETY', -1);
  expect(await turn()).toBe(2);
  const [flag] = await flags();
  expect(flag).toMatchObject({ owner_id: ALLIANCE, kind: 'COMPLIANCE_LAPSED', outcome: null, ended: false });
  expect(flag?.summary).toMatch(/^Gas safety certificate: held until \d{1,2} \w+ \d{4}, and nobody has renewed it$/);
  expect(await told('FLAG_RAISED')).toHaveLength(1);
  expect(await turn()).toBe(0);

  await answer('GAS_SAFETY', 300, HAVERING, 1);
  expect(await turn()).toBe(1);
  expect(await flags()).toMatchObject([{ outcome: 'RESOLVED', ended: true }]);
  expect(await told('FLAG_RESOLVED')).toHaveLength(1);
  expect(await told('ACCESS_ENDED')).toEqual([]);
  expect(await turn()).toBe(0);
  await rows(`delete from flag f using sharing s where s.id = f.id and s.home_id = $1`, [HOME]);
});

test('nobody’s answer that the alliance may not see becomes its flag', async () => {
  await answer('GAS_SAFETY', -1, EALING);
  // Ealing itself is told of its own.
  expect(await turn()).toBe(1);
  expect(await told('DUE_DILIGENCE_EXPIRED')).toMatchObject([{ to: [EALING] }]);
  expect(await flags()).toEqual([]);
});

test('a lapse whose answer was withdrawn is cleared, and what somebody resolved by hand stays as they left it', async () => {
  const withdrawn = await answer('ELECTRICAL_SAFETY', -1);
  const renewed = await answer('FIRE_RISK_ASSESSMENT', -1);
  await turn();
  expect(await flags()).toMatchObject([{ outcome: null }, { outcome: null }]);
  await rows(
    `update flag set outcome = 'WITHDRAWN', outcome_reason = 'By hand' where id = (select flag_id from due_diligence_lapse where answer_id = $1)`,
    [renewed],
  );
  await answer('FIRE_RISK_ASSESSMENT', 100, BARNET, 1);
  await rows(
    `update due_diligence_answer set withdrawn_on = ${TODAY}, withdrawal_reason = 'Other home' where id = $1`,
    [withdrawn],
  );
  expect(await turn()).toBe(2);
  expect(new Set((await flags()).map(({ outcome }) => outcome))).toEqual(new Set(['RESOLVED', 'WITHDRAWN']));
  expect(await told('FLAG_RESOLVED')).toHaveLength(1);
});
