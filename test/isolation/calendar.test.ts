import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleId } from '@accord/infra';
import { codesOf } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { TENANT } from './support/world.js';

const FEED = everyField('CalendarFeed');
const CREATE = `mutation($functions: [VisitingFunction!]) { createCalendarFeed(input: { functions: $functions }) { path feed { ${FEED} } } }`;
const FEEDS = `{ calendarFeeds { ${FEED} } }`;
const REVOKE = 'mutation($id: ID!) { revokeCalendarFeeds(ids: [$id]) { feeds { id } } }';

interface Created {
  readonly createCalendarFeed: {
    readonly path: string;
    readonly feed: { readonly id: string; readonly expiresAt: string };
  };
}

const BRENTS_QUALITY = exampleId('principal', 'brent-quality');
let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

async function create(who = 'brent-quality', functions: readonly string[] | null = null) {
  return (await (await scene.caller(who)).data<Created>(CREATE, { functions })).createCalendarFeed;
}

const get = async (path: string, method = 'GET') => {
  const response = await fetch(scene.accord.url + path, { method });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

const summaries = (text: string): string[] =>
  text
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line.startsWith('SUMMARY:'))
    .map((line) => line.slice('SUMMARY:'.length));

describe('a calendar', () => {
  it('has the visits of its maker’s borough, and is read without signing in', async () => {
    const { path } = await create();
    const { status, type, text } = await get(path);
    expect([status, type]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(summaries(text)).toEqual(
      expect.arrayContaining(['visit Juniper Court (commissioning)', 'visit Copperbeech House (commissioning)']),
    );
    // No number, no person, no address; and no homes that others use.
    expect(text).not.toMatch(/LOCATION|ATTENDEE|ORGANIZER|ZZ1|officer|Juniper Rise/);
    const uids = (calendar: string) => calendar.match(/UID:.*/g)?.toSorted();
    expect(uids((await get(path)).text)).toEqual(uids(text));
    expect(summaries((await get((await create('brent-quality', ['HEALTH'])).path)).text)).toEqual([]);
    expect(summaries((await get((await create('city-commissioning')).path)).text)).not.toContain(
      'visit Lantern Yard (commissioning)',
    );
  });

  it('is its maker’s alone, and ends with it, with its day and with its maker’s rights', async () => {
    const { path, feed } = await create();
    const maker = await scene.caller('brent-quality');
    expect((await maker.data<{ calendarFeeds: { id: string }[] }>(FEEDS)).calendarFeeds.map(({ id }) => id)).toContain(
      feed.id,
    );
    for (const who of ['brent-placements', 'brent-director', 'barnet-placements']) {
      const other = await scene.caller(who);
      expect(await other.data(FEEDS)).toEqual({ calendarFeeds: [] });
      expect(await other.data(REVOKE, { id: feed.id })).toEqual({ revokeCalendarFeeds: { feeds: [] } });
    }
    const isThere = async (there: boolean) => {
      const { status, text } = await get(path);
      expect([status, text.includes('VCALENDAR')]).toEqual(there ? [200, true] : [404, false]);
    };
    const during = async (change: string, undo: string, id: string) => {
      await scene.sql(change, [id]);
      await isThere(false);
      await scene.sql(undo, [id]);
      await isThere(true);
    };
    await isThere(true);
    await during(
      'update principal set disabled_at = now() where id = $1',
      'update principal set disabled_at = null where id = $1',
      BRENTS_QUALITY,
    );
    await during(
      `update principal set roles = '{INFORMATION_GOVERNANCE}' where id = $1`,
      `update principal set roles = '{QUALITY}' where id = $1`,
      BRENTS_QUALITY,
    );
    await during(
      'update organisation set suspended_at = now() where id = $1',
      'update organisation set suspended_at = null where id = $1',
      TENANT.brent,
    );
    await during(
      `update calendar_feed set expires_at = now() where id = $1`,
      `update calendar_feed set expires_at = now() + interval '1 day' where id = $1`,
      feed.id,
    );
    await maker.data(REVOKE, { id: feed.id });
    await isThere(false);
  });

  it('behind an address that is none is not there, whatever is wrong with it, and nothing is written', async () => {
    const [{ path }, other] = [await create(), await create()];
    const token = path.slice('/calendar/'.length, -'.ics'.length);
    const bytes = Buffer.from(token, 'base64url');
    const changed = (at: number) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString('base64url');
    };
    // Another tenant, person, feed and secret; the secret of another feed; too short, too long, not there.
    const otherBytes = Buffer.from(other.path.slice('/calendar/'.length, -'.ics'.length), 'base64url');
    const mixed = Buffer.concat([bytes.subarray(0, 48), otherBytes.subarray(48)]).toString('base64url');
    const before = await scene.footprint();
    const answers = [];
    for (const wrong of [
      changed(0),
      changed(16),
      changed(32),
      changed(79),
      mixed,
      token.slice(1),
      `${token}AAAA`,
      'x',
      '%00',
    ])
      answers.push(await get(`/calendar/${wrong}.ics`));
    const plain = (text: string) => text.replaceAll(/"requestId":"[^"]*"/g, '');
    expect(new Set(answers.map(({ status, text }) => `${status} ${plain(text)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    expect((await get(path, 'POST')).status).toBe(404);
    expect(await scene.footprint()).toEqual(before);
    // Neither the secret nor anything to find it by is kept.
    const kept = await scene.sql('select * from calendar_feed');
    expect(JSON.stringify(kept)).not.toContain(bytes.subarray(48).toString('hex'));
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  it('is made by nobody more often than they can keep in mind', async () => {
    for (let number = 0; number < 5; number += 1) await create('havering-quality');
    expect(codesOf(await (await scene.caller('havering-quality')).send(CREATE))).toEqual(['BAD_USER_INPUT']);
  });
});
