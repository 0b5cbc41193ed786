import { describe, expect, it } from '@jest/globals';
import { PlacementType } from '@accord/providers';
import { VisitingFunction } from '../visit/vocabulary.js';
import { calendarOf, type CalendarVisit } from './calendar-file.js';
import { ScheduledVisitState } from './vocabulary.js';

const visit: CalendarVisit = {
  ruleId: 'rule',
  homeId: 'home',
  from: '2026-10-01',
  dueOn: '2026-10-26',
  planBy: '2026-10-23',
  state: ScheduledVisitState.DUE,
  warning: null,
  ruleName:
    'Monitoring visit, twice a year; see the guidance, which is long enough to need more than one line of the file',
  functions: [VisitingFunction.COMMISSIONING],
  home: { name: 'Copperbeech House', placementTypes: [PlacementType.SUPPORTED_SHARED_OPEN] },
  providerName: 'Lanternfield Supported Living Ltd',
};

const AT = new Date('2026-10-12T09:30:00Z');
const file = (over: Partial<CalendarVisit> = {}, at = AT) => calendarOf('Visits to homes', [{ ...visit, ...over }], at);
/** As a program reads it: lines that were folded are one again (RFC 5545, 3.1). */
const lines = (text: string) => text.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
const valueOf = (text: string, name: string) =>
  lines(text)
    .find((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))
    ?.replace(/^[^:]*:/, '');

describe('a calendar', () => {
  it('is iCalendar: its parts in order, no line longer than 75 bytes, each ended by CR and LF', () => {
    const text = file();
    expect(lines(text).slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
    expect(lines(text.trimEnd()).at(-1)).toBe('END:VCALENDAR');
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(valueOf(text, 'DTSTAMP')).toBe('20261012T093000Z');
  });

  it.each([
    ['2026-03-28', '2026-03-29', '2026-03-30'],
    ['2026-10-24', '2026-10-25', '2026-10-26'],
    ['2024-02-28', '2024-02-29', '2024-03-01'],
    ['2026-12-31', '2027-01-01', '2027-01-02'],
  ])('has whole days, without time and zone, that no change of the clocks moves: %s, %s, %s', (...days) => {
    for (const day of days) {
      const text = file({ planBy: day });
      expect(text).toContain(`DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`);
      expect(text).not.toMatch(/DTSTART[^\r]*T\d{6}|TZID/);
    }
  });

  it('stands on the last day for it where no working day is known, and says why', () => {
    const text = file({ planBy: null, warning: 'The bank holidays after 2028 are not known yet.' });
    expect(text).toContain('DTSTART;VALUE=DATE:20261026');
    expect(valueOf(text, 'DESCRIPTION')).toContain('The bank holidays after 2028 are not known yet.');
  });

  it('knows a visit again by its UID, however it is planned, and tells it from the next', () => {
    const uid = (over: Partial<CalendarVisit> = {}, at = AT) => valueOf(file(over, at), 'UID');
    expect(uid({ planBy: '2026-10-20', state: ScheduledVisitState.OVERDUE }, new Date('2026-11-12T00:00:00Z'))).toBe(
      uid(),
    );
    for (const other of [{ from: '2026-10-27' }, { homeId: 'other' }, { ruleId: 'other' }])
      expect(uid(other)).not.toBe(uid());
    expect(uid()).not.toMatch(/rule|home/);
  });

  it('says where, by whom and by when, and nothing else', () => {
    expect(valueOf(file(), 'SUMMARY')).toBe('visit Copperbeech House (commissioning)');
    expect(valueOf(file({ state: ScheduledVisitState.OVERDUE }), 'SUMMARY')).toMatch(/^Overdue: /);
    expect(file()).not.toMatch(/LOCATION|ORGANIZER|ATTENDEE|GEO|CONTACT/);
  });

  it('names no home that is somebody’s own', () => {
    for (const type of [
      PlacementType.SUPPORTED_PRIVATE_RESIDENCE,
      PlacementType.SHARED_LIVES,
      PlacementType.STAYING_PUT,
    ]) {
      const home = { name: 'The Bloggs family', placementTypes: [type] };
      expect(file({ home })).not.toContain('Bloggs');
      expect(valueOf(file({ home }), 'SUMMARY')).toContain('a home of Lanternfield Supported Living Ltd');
    }
  });

  it('lets no text of a home break out of its line', () => {
    const home = { name: 'House\r\nATTENDEE:mailto:x@example.org', placementTypes: [] };
    expect(lines(file({ home })).filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
  });
});
