import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { homeId, organisationId } from '@accord/infra';
import { calendarDaysAfter, londonDate, newId } from '@accord/kernel';
import { TEMPLATES, turnScheduleClock, VisitScheduleTemplate } from '@accord/monitoring';
import { ClockRoom } from './support/clock-room.js';

/** What the calendar does to a schedule of visits, without a gateway or a worker that would get in between. */

const [BRENT, HAVERING] = [organisationId('E09000005'), organisationId('E09000016')];
const VIEW = homeId('Pennyroyal View');
const TODAY = londonDate(new Date());
const inDays = (days: number): string => calendarDaysAfter(TODAY, days);
/** Noon of that day in London, whatever the clocks do. */
const at = (days: number): Date => new Date(`${inDays(days)}T12:00:00Z`);

let room: ClockRoom;

beforeAll(async () => {
  room = await ClockRoom.open();
});

afterAll(() => room.close());

const rows: ClockRoom['rows'] = (text, values) => room.rows(text, values);

/** Havering visits by Kent's table a home that it has used since today, and that is not registered. */
beforeEach(async () => {
  await rows('delete from visit_rule');
  await rows('delete from visit_reminder');
  await rows(`delete from outbox_event where kind like 'SCHEDULED_VISIT%'`);
  await rows('delete from visit');
  await rows('delete from registration where home_id = $1', [VIEW]);
  await rows('update placement_number set used_since = $2 where borough_id = $1', [HAVERING, TODAY]);
  for (const rule of TEMPLATES[VisitScheduleTemplate.KENT]) {
    const json = (value: object | null) => (value ? JSON.stringify(value) : null);
    await rows(
      `insert into visit_rule (id, borough_id, name, functions, regime, placement_types, starts_after, ends_after, first_within, every, early_days, tolerance_days)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        newId(),
        HAVERING,
        rule.name,
        rule.functions,
        rule.regime,
        rule.placementTypes,
        json(rule.startsAfter),
        json(rule.endsAfter),
        json(rule.firstWithin),
        json(rule.every),
        rule.earlyDays,
        rule.toleranceDays,
      ],
    );
  }
});

/** Turned by two workers at once. @returns what was told. */
async function turn(days: number): Promise<string[]> {
  const before = await toldSoFar();
  await room.turn(turnScheduleClock, at(days));
  return (await toldSoFar()).slice(before.length);
}

/** Each reminder of the home, in the order in which it was told. */
async function toldSoFar(): Promise<string[]> {
  const told = await rows<{ line: string }>(
    `select r.kind || ': ' || v.name || ', ' || (r.due_on - $2::date) as line from visit_reminder r join visit_rule v on v.id = r.rule_id
     where r.home_id = $1 order by r.reminded_at, r.due_on, v.name`,
    [VIEW, TODAY],
  );
  return told.map(({ line }) => line);
}

const visit = (days: number, madeAs: string, facts: Readonly<Record<string, string>> = {}) =>
  rows(
    `insert into visit (id, owner_id, provider_id, home_id, template_id, framework_id, visited_on, reason, mode, unannounced, made_as, provider_representatives, outcome, state)
     select $1, $2, provider_id, id, $3, $4, $5, 'ANNUAL_REVIEW_PLANNED', 'IN_PERSON', false, $6, '{}', $7, $8 from home where id = $9`,
    [
      newId(),
      facts['owner'] ?? HAVERING,
      newId(),
      newId(),
      inDays(days),
      madeAs,
      facts['outcome'] ?? 'EXPECTATIONS_MET',
      facts['state'] ?? 'SHARED',
      VIEW,
    ],
  );

describe('the clock of the schedule', () => {
  test('tells of each visit that is due and overdue, once, however many workers turn it', async () => {
    expect(await turn(0)).toEqual(['SCHEDULED_VISIT_DUE: Visit before or within 24 hours of the move, 1']);
    expect(await turn(0)).toEqual([]);
    expect(await turn(2)).toEqual(['SCHEDULED_VISIT_OVERDUE: Visit before or within 24 hours of the move, 1']);
    await visit(1, 'PERSONAL_ADVISER');
    // The visit counts for both rules: the next one by the second is due a week after it.
    expect(await turn(7)).toEqual(['SCHEDULED_VISIT_DUE: Weekly for six weeks, 8']);
    expect(await turn(9)).toEqual([
      'SCHEDULED_VISIT_OVERDUE: Weekly for six weeks, 8',
      'SCHEDULED_VISIT_DUE: Commissioning’s own form, 10',
    ]);
    const events = await rows<{ owner_id: string; recipients: string[]; home_id: string }>(
      `select owner_id, recipients, home_id from outbox_event where kind like 'SCHEDULED_VISIT%' and home_id = $1`,
      [VIEW],
    );
    expect(events).toHaveLength(5);
    // Of Havering's schedule Havering alone is told, though Brent places there, too.
    for (const event of events) expect(event).toEqual({ owner_id: HAVERING, recipients: [HAVERING], home_id: VIEW });
  });

  test('is satisfied by a visit of the borough’s own that was made and finished, and by no other', async () => {
    await visit(0, 'SOCIAL_WORKER', { state: 'DRAFT' });
    await visit(0, 'SOCIAL_WORKER', { outcome: 'ACCESS_REFUSED' });
    await visit(0, 'SOCIAL_WORKER', { owner: BRENT });
    await visit(0, 'COMMISSIONING');
    expect(await turn(2)).toEqual(['SCHEDULED_VISIT_OVERDUE: Visit before or within 24 hours of the move, 1']);
    await visit(0, 'SOCIAL_WORKER');
    expect(await turn(3)).toEqual([]);
    // Commissioning's visit was its one: its form is not asked for again.
    expect((await turn(11)).filter((line) => line.includes('Commissioning'))).toEqual([]);
  });

  test('follows a registration that changes: other rules hold from that day on', async () => {
    await visit(0, 'SOCIAL_WORKER');
    expect(await turn(7)).toEqual(['SCHEDULED_VISIT_DUE: Weekly for six weeks, 7']);
    const register = (status: string, day: number) =>
      rows(
        `insert into registration (id, provider_id, home_id, regulator, reference, status, status_as_at)
         select $1, provider_id, id, 'OFSTED', 'SC999901', $2, $3 from home where id = $4
         on conflict (regulator, reference) do update set status = excluded.status, status_as_at = excluded.status_as_at`,
        [newId(), status, inDays(day), VIEW],
      );
    await register('APPLICATION_PENDING', 7);
    // An application is none yet: it begins anew as an unregistered home of which a status is known.
    expect((await turn(15)).some((line) => line.includes('Weekly'))).toBe(true);
    await register('REGISTERED', 20);
    expect(await turn(25)).toEqual([]);
    // Twelve weeks after the registration, and no longer weekly.
    expect(await turn(20 + 84 - 14)).toEqual(['SCHEDULED_VISIT_DUE: Purposeful visit, every 12 weeks, 104']);
    // Told again that it is so does not begin it anew.
    await register('REGISTERED', 30);
    expect(await turn(20 + 85)).toContain('SCHEDULED_VISIT_OVERDUE: Purposeful visit, every 12 weeks, 104');
  });

  test('says nothing of a home that is no longer used, nor for a borough that is suspended', async () => {
    await rows(`update organisation set suspended_at = now() where id = $1`, [HAVERING]);
    expect(await turn(2)).toEqual([]);
    await rows(`update organisation set suspended_at = null where id = $1`, [HAVERING]);
    await rows('update placement_number set young_people = 0 where borough_id = $1 and home_id = $2', [HAVERING, VIEW]);
    expect(await turn(2)).toEqual([]);
    await rows('update placement_number set young_people = 2, as_at = $3 where borough_id = $1 and home_id = $2', [
      HAVERING,
      VIEW,
      TODAY,
    ]);
    expect(await turn(2)).toHaveLength(1);
  });
});
