import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { organisationId, TENANT_CODE } from '@accord/infra';
import { newId } from '@accord/kernel';
import { turnReportClock } from '@accord/reporting';
import { ClockRoom } from './support/clock-room.js';

/** What the calendar does to reports, without a gateway or a worker that would get in between. */

const BRENT = organisationId(TENANT_CODE.brent);
const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);

let room: ClockRoom;

beforeAll(async () => {
  room = await ClockRoom.open();
  for (const table of ['report_share', 'report_region', 'report_borough', 'report_month'])
    await room.rows(`delete from ${table}`);
  await room.rows(`delete from visit`);
});

afterAll(() => room.close());

/** Turned by two workers at once. @returns each month that was counted, and Brent's visits of it. */
async function turn(day: string): Promise<string[]> {
  expect(await room.turn(turnReportClock, noon(day))).toBe(0);
  const months = await room.rows<{ line: string }>(
    `select to_char(m.month, 'YYYY-MM') || ', ' || m.as_at || case when m.is_final then ', published: ' else ': ' end
       || coalesce((select sum(s.number) from report_share s
            where s.month = m.month and s.kind = 'VISITS_DONE' and s.organisation_id = '${BRENT}'), 0) as line
     from report_month m order by m.month`,
  );
  return months.map(({ line }) => line);
}

const visit = (day: string) =>
  room.rows(
    `insert into visit (id, owner_id, provider_id, template_id, framework_id, visited_on, reason, mode, unannounced, made_as, provider_representatives, outcome, state)
     select $1, $2, id, $1, $1, $3, 'ANNUAL_REVIEW_PLANNED', 'IN_PERSON', false, 'COMMISSIONING', '{}', 'EXPECTATIONS_MET', 'SHARED'
     from provider limit 1`,
    [newId(), BRENT, day],
  );

describe('the clock of the reports', () => {
  it('counts the running month each day, and publishes it once when it is over, however many workers turn it', async () => {
    await visit('2027-01-31');
    await visit('2027-02-01');
    expect(await turn('2027-02-10')).toEqual(['2027-01, 2027-02-10, published: 1', '2027-02, 2027-02-10: 1']);
    await visit('2027-02-10');
    // Once a day; what is later on the day waits for the next.
    expect(await turn('2027-02-10')).toEqual(['2027-01, 2027-02-10, published: 1', '2027-02, 2027-02-10: 1']);
    expect(await turn('2027-02-11')).toEqual(['2027-01, 2027-02-10, published: 1', '2027-02, 2027-02-11: 2']);
    await visit('2027-02-28');
    await visit('2027-03-01');
    const march = ['2027-01, 2027-02-10, published: 1', '2027-02, 2027-03-01, published: 3', '2027-03, 2027-03-01: 1'];
    expect(await turn('2027-03-01')).toEqual(march);
    // Written down too late for what is published.
    await visit('2027-02-28');
    expect(await turn('2027-03-01')).toEqual(march);
    expect((await turn('2027-03-02')).slice(0, 2)).toEqual(march.slice(0, 2));
  });

  it('has no figures of a month in which it stood', async () => {
    expect((await turn('2027-06-05')).slice(2)).toEqual([
      '2027-03, 2027-03-02: 1',
      '2027-05, 2027-06-05, published: 0',
      '2027-06, 2027-06-05: 0',
    ]);
    const published = await room.rows<{ month: string }>(
      `select distinct to_char(month, 'YYYY-MM') as month from report_region order by 1`,
    );
    expect(published.map(({ month }) => month)).toEqual(['2027-01', '2027-02', '2027-05']);
  });

  it('follows London’s calendar: an hour before midnight in summer it is the next day in London', async () => {
    await room.turn(turnReportClock, new Date('2027-06-30T23:30:00Z'));
    const [july] = await room.rows<{ as_at: string }>(
      `select as_at::text as as_at from report_month where month = '2027-07-01'`,
    );
    expect(july?.as_at).toBe('2027-07-01');
  });
});
