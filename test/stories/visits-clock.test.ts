import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { exampleId, organisationId } from '@accord/infra';
import { calendarDaysAfter, endOfDayInLondon, londonDate } from '@accord/kernel';
import { turnVisitClock } from '@accord/monitoring';
import { ClockRoom } from './support/clock-room.js';

/** What the worker's clock tells of after visits, by two workers at once, without any that would get in between. */

const BRENT = organisationId('E09000005');
const ACTION = exampleId('action', 'waking night');

let room: ClockRoom;

beforeAll(async () => {
  room = await ClockRoom.open();
});

afterAll(() => room.close());

const rows: ClockRoom['rows'] = (text, values) => room.rows(text, values);

/** The last minute of a day: nothing has come due that was not due when it began. @returns what was told, and to whom. */
async function turnOn(day: string): Promise<string[]> {
  const before = await rows<{ id: string }>('select id from outbox_event');
  const count = await room.turn(turnVisitClock, endOfDayInLondon(day));
  const told = await rows<{ kind: string; recipients: string[]; sharing_id: string | null }>(
    'select kind, recipients, sharing_id from outbox_event where id <> all($1::uuid[]) order by seq',
    [before.map(({ id }) => id)],
  );
  for (const { recipients, sharing_id: shared } of told) expect([recipients, shared]).toEqual([[BRENT], null]);
  expect(count).toBe(told.length);
  return told.map(({ kind }) => kind);
}

test('an action is reminded of a week before, is overdue the day after, and moves up a week later, each once', async () => {
  const [action] = await rows<{ due_on: string }>('select due_on::text from visit_action where id = $1', [ACTION]);
  const due = action?.due_on ?? '';
  const on = (days: number) => turnOn(calendarDaysAfter(due, days));
  expect(await on(-8)).toEqual([]);
  expect(await on(-7)).toEqual(['VISIT_ACTION_DUE']);
  expect(await on(0)).toEqual([]);
  expect(await on(1)).toEqual(['VISIT_ACTION_OVERDUE']);
  expect(await on(7)).toEqual([]);
  expect(await on(8)).toEqual(['VISIT_ACTION_ESCALATED']);
  expect(await on(30)).toEqual([]);

  // Given another day, it is reminded of anew.
  await rows('update visit_action set due_on = $2 where id = $1', [ACTION, calendarDaysAfter(due, 60)]);
  expect(await on(54)).toEqual(['VISIT_ACTION_DUE']);
  await rows('update visit_action set done_on = $2 where id = $1', [ACTION, calendarDaysAfter(due, 55)]);
  expect(await on(70)).toEqual([]);
});

test('a provider’s time to reply ends with the fourteenth day, and its borough is told on the next, once', async () => {
  const today = londonDate(new Date());
  await rows(
    `insert into visit_finding (id, visit_id, owner_id, severity, summary, item_codes, state, version, written_by, written_by_name, reply_asked_on, reply_due_on)
     select gen_random_uuid(), id, owner_id, 'LOW', 'x', '{}', 'REPLY_ASKED', 2, owner_id, 'x', $1, $2 from visit where owner_id = $3 limit 1`,
    [today, calendarDaysAfter(today, 14), BRENT],
  );
  expect(await turnOn(calendarDaysAfter(today, 14))).toEqual([]);
  expect(await turnOn(calendarDaysAfter(today, 15))).toEqual(['FINDING_REPLY_DUE']);
  expect(await turnOn(calendarDaysAfter(today, 16))).toEqual([]);
});

test('what a withdrawn visit left to be done is nobody’s to be reminded of', async () => {
  await rows('update visit_action set done_on = null where id = $1', [ACTION]);
  await rows(`update visit set state = 'WITHDRAWN', withdrawal_reason = 'x' where owner_id = $1`, [BRENT]);
  const [action] = await rows<{ due_on: string }>('select due_on::text from visit_action where id = $1', [ACTION]);
  expect(await turnOn(calendarDaysAfter(action?.due_on ?? '', 20))).toEqual([]);
});
