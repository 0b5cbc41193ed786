import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { turnSharingClock } from '@accord/access';
import { exampleId, homeId, organisationId, providerId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { ClockRoom } from './support/clock-room.js';

/** What the calendar does to sharing, without a gateway or a worker that would get in between. */

const AGREEMENT = exampleId('agreement', 'safeguarding');
const [ALLIANCE, CITY, BARNET, BRENT, HAMMERSMITH, HAVERING, EALING] = [
  'ALLIANCE',
  'E09000001',
  'E09000003',
  'E09000005',
  'E09000013',
  'E09000016',
  'E09000009',
].map(organisationId) as [string, string, string, string, string, string, string];
const TODAY = `(now() at time zone 'Europe/London')::date`;

let room: ClockRoom;

beforeAll(async () => {
  room = await ClockRoom.open();
});

afterAll(() => room.close());

const turn = (moment = new Date()): Promise<number> => room.turn(turnSharingClock, moment);

const rows: ClockRoom['rows'] = (text, values) => room.rows(text, values);

/** A flag of the City's at Copperbeech House, for all members; or to some by name. */
async function flag(named: readonly string[] = []): Promise<string> {
  const id = newId();
  await rows(
    `insert into sharing (id, kind, owner_id, provider_id, home_id, level, anonymous, existence_known, severity, reason)
     values ($1, 'FLAG', $2, $3, $4, $5, false, true, 'HIGH', 'Reason')`,
    [
      id,
      CITY,
      providerId('Lanternfield Supported Living Ltd'),
      homeId('Copperbeech House'),
      named.length > 0 ? 'NAMED' : 'ALLIANCE',
    ],
  );
  await rows(`insert into flag (id, kind, severity, summary, raised_at) values ($1, 'OTHER', 'HIGH', 'Words', now())`, [
    id,
  ]);
  for (const organisation of named)
    await rows(
      `insert into urgent_disclosure_recipient (disclosure_id, sharing_id, owner_id, organisation_id) values ($1, $1, $2, $3)`,
      [id, CITY, organisation],
    );
  return id;
}

const eventsOf = (id: string) =>
  rows<{ kind: string; recipients: string[] }>(
    'select kind, recipients from outbox_event where sharing_id = $1 order by seq',
    [id],
  );

/** As if the clock had last turned yesterday. */
const yesterday = () => rows(`delete from sight_day; `).then(() => rows(`insert into sight_day values (${TODAY} - 1)`));

test('nothing falls due in the example world as it is loaded', async () => {
  const before = await rows('select from outbox_event');
  expect(await turn()).toBe(0);
  expect(await turn()).toBe(0);
  expect(await rows('select from outbox_event')).toHaveLength(before.length);
});

test('who is no longer a member with the day is told what it lost, once, by whichever worker', async () => {
  const id = await flag();
  await rows(`update agreement_member set member_until = ${TODAY} where agreement_id = $1 and organisation_id = $2`, [
    AGREEMENT,
    BARNET,
  ]);
  await yesterday();
  await turn();
  await turn();
  expect(await eventsOf(id)).toEqual([{ kind: 'ACCESS_ENDED', recipients: [BARNET] }]);
});

test('who becomes a member with the day hears of what is open, and of nothing that is over', async () => {
  const [open, over] = [await flag(), await flag()];
  await rows('update sharing set ended_at = now() where id = $1', [over]);
  await rows(
    `update agreement_member set member_from = ${TODAY}, member_until = null where agreement_id = $1 and organisation_id = $2`,
    [AGREEMENT, BARNET],
  );
  await yesterday();
  await turn();
  expect(await eventsOf(open)).toEqual([{ kind: 'FLAG_RAISED', recipients: [BARNET] }]);
  expect(await eventsOf(over)).toEqual([]);
  await rows(`update agreement_member set member_from = '2025-01-01' where organisation_id = $1`, [BARNET]);
});

test('when a later version takes over, those who have not accepted it are out, and told', async () => {
  const id = await flag();
  const later = newId();
  await rows(
    `insert into sharing_agreement (id, name, version, replaces_id, classes, purpose, lawful_bases, dpia_reference, in_force_from, review_on)
     select $1, name, 2, id, classes, 'Another purpose', lawful_bases, dpia_reference, ${TODAY}, '2099-01-01' from sharing_agreement where id = $2`,
    [later, AGREEMENT],
  );
  await rows(`update sharing_agreement set in_force_until = ${TODAY} where id = $1`, [AGREEMENT]);
  for (const member of [CITY, BRENT])
    await rows(`insert into agreement_member (agreement_id, organisation_id, member_from) values ($1, $2, ${TODAY})`, [
      later,
      member,
    ]);
  await yesterday();
  await turn();
  const [event, ...others] = await eventsOf(id);
  expect(others).toEqual([]);
  expect(event?.kind).toBe('ACCESS_ENDED');
  expect(event?.recipients.toSorted()).toEqual([ALLIANCE, BARNET, HAMMERSMITH, HAVERING].toSorted());
  await rows('delete from agreement_member where agreement_id = $1', [later]);
  await rows('delete from sharing_agreement where id = $1', [later]);
  await rows('update sharing_agreement set in_force_until = null where id = $1', [AGREEMENT]);
});

test('who left on the day itself was told by the act, and not again by the clock', async () => {
  const id = await flag();
  await rows(`update agreement_member set member_until = ${TODAY} where agreement_id = $1 and organisation_id = $2`, [
    AGREEMENT,
    HAVERING,
  ]);
  await rows(
    `insert into outbox_event (id, kind, owner_id, provider_id, sharing_id, recipients, occurred_at)
     select gen_random_uuid(), 'ACCESS_ENDED', owner_id, provider_id, id, array[$2::uuid], now() from sharing where id = $1`,
    [id, HAVERING],
  );
  await yesterday();
  await turn();
  expect(await eventsOf(id)).toHaveLength(1);
});

test('members and the alliance are reminded of an agreement’s review 28 days before it, once', async () => {
  const reminders = () =>
    rows<{ recipients: string[]; provider_id: string | null }>(
      `select recipients, provider_id from outbox_event where kind = 'SHARING_AGREEMENT_REVIEW_DUE' and agreement_id = $1`,
      [AGREEMENT],
    );
  await turn(new Date('2026-12-03T23:59:00Z'));
  expect(await reminders()).toEqual([]);
  expect(await turn(new Date('2026-12-04T00:00:00Z'))).toBe(1);
  expect(await turn(new Date('2026-12-30T00:00:00Z'))).toBe(0);
  const [reminder, ...others] = await reminders();
  expect(others).toEqual([]);
  expect(reminder?.provider_id).toBeNull();
  expect(reminder?.recipients).toEqual(expect.arrayContaining([ALLIANCE, BRENT, CITY]));
  expect(reminder?.recipients).not.toContain(EALING);
});

test('a review of an urgent disclosure that is late is told to both sides, once, and not when it was done', async () => {
  const [late, done] = [await flag([EALING]), await flag([EALING])];
  for (const id of [late, done])
    await rows(
      `insert into urgent_disclosure (id, sharing_id, owner_id, feared_harm, reason, disclosed_by, disclosed_at, review_by, review_by_is_certain)
       values ($1, $1, $2, 'Harm', 'Reason', 'Officer', '2026-11-20T22:00:00Z', '2026-11-24', true)`,
      [id, CITY],
    );
  await rows(
    `update urgent_disclosure set outcome = 'STANDS', outcome_reason = 'Right', reviewed_at = now() where id = $1`,
    [done],
  );
  await turn(new Date('2026-11-24T23:59:00Z'));
  expect(await eventsOf(late)).toEqual([]);
  for (const moment of ['2026-11-25T00:00:00Z', '2026-11-26T00:00:00Z']) await turn(new Date(moment));
  const told = await eventsOf(late);
  expect(told.map(({ kind, recipients }) => [kind, recipients.toSorted()])).toEqual([
    ['URGENT_DISCLOSURE_REVIEW_OVERDUE', [CITY, EALING].toSorted()],
  ]);
  expect(await eventsOf(done)).toEqual([]);
});
