import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findPersona, requestToken } from '@accord/infra';
import { TestAccord, until } from '@accord/testkit';
import { streamsOpened } from '../support/wait.js';
import { refusedStream } from '../support/ways.js';

/** Each test has a caller of its own: a minute is longer than the suite. */
const LIMIT = 4;
let accord: TestAccord;

beforeAll(async () => {
  accord = await TestAccord.start({ RATE_LIMIT_PER_MINUTE: String(LIMIT) });
});
afterAll(() => accord.stop());

const ALERTS = 'subscription { providerAlerts { id } }';

test('a caller over the limit is asked to wait, and nobody else is', async () => {
  const client = await accord.as('brent-placements');
  for (let count = 0; count < LIMIT; count += 1) expect((await client.send('{ viewer { id } }')).status).toBe(200);
  const response = await fetch(`${accord.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: client.authorization ?? '' },
    body: JSON.stringify({ query: '{ viewer { id } }' }),
  });
  expect(await response.json()).toEqual({
    errors: [{ message: expect.any(String), extensions: { code: 'RATE_LIMITED', requestId: expect.any(String) } }],
  });
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await (await accord.as('barnet-placements')).send('{ viewer { id } }')).status).toBe(200);
});

test('a caller’s other tokens count as the same caller, on every way in', async () => {
  const client = await accord.as('havering-quality');
  const persona = findPersona('havering-quality');
  if (!persona) throw new Error('There is no such persona.');
  const other = accord.with(`Bearer ${await requestToken(accord.issuer, persona)}`);
  expect(other.authorization).not.toBe(client.authorization);
  // Two streams, a connection and a subscription on it: the limit.
  const streams = [client.stream(ALERTS), other.stream(ALERTS), other.subscribe(ALERTS)];
  await streamsOpened(accord.url, streams.length);
  expect((await client.send('{ viewer { id } }')).status).toBe(429);
  expect((await other.send('{ viewer { id } }')).status).toBe(429);
  const late = client.stream(ALERTS);
  await until(() => late.status !== undefined);
  expect(late.status).toBe(429);
  for (const stream of streams) stream.close();
  await streamsOpened(accord.url, 0);
});

test('an open socket counts what is subscribed to on it', async () => {
  const client = await accord.as('ealing-placements');
  for (let count = 0; count < LIMIT - 1; count += 1) await client.send('{ viewer { id } }');
  const errors = await refusedStream(client, 'subscribe', ALERTS);
  expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'RATE_LIMITED', requestId: expect.any(String) }]);
  const later = client.subscribe(ALERTS);
  await until(() => later.ended !== undefined);
  expect(later.ended?.code).toBe(4429);
});

test('whoever shows nothing valid is counted by address, whatever they vary', async () => {
  const answers = [];
  for (let count = 0; count <= LIMIT; count += 1)
    answers.push(await accord.with(`Bearer guess-${count}`).send('{ viewer { id } }'));
  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: LIMIT }, () => 401), 429]);
  const socket = accord.with('Bearer another-guess').subscribe(ALERTS);
  await until(() => socket.ended !== undefined);
  expect(socket.ended?.code).toBe(4429);
});

test.each(['/health/live', '/health/ready', '/metrics'])('%s is never limited', async (path) => {
  const probes = Array.from({ length: LIMIT * 3 }, () => fetch(accord.url + path));
  expect(new Set((await Promise.all(probes)).map(({ status }) => status))).toEqual(new Set([200]));
});
