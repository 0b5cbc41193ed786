import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { providerId, REPOSITORY } from '@accord/infra';
import { TestAccord } from '@accord/testkit';
import { isEnumType } from 'graphql';
import { z } from 'zod';
import { keepFlag, LANTERNFIELD, raise, resolveFlag, TIDEWELL } from './support/alerts.js';
import { contractOperation, printedSchema } from './support/operations.js';
import { streamsOpened } from './support/wait.js';
import { STREAM_WAYS } from './support/ways.js';

const text = readFileSync(join(REPOSITORY, 'schema/events/provider-alert.schema.json'), 'utf8');
const schema = JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0];
const alert = z.fromJSONSchema(schema);

let accord: TestAccord;

beforeAll(async () => {
  accord = await TestAccord.start();
});
afterAll(() => accord.stop());

test.each(['AlertKind', 'FlagKind', 'Severity', 'FlagStatus'])('the values of %s are those of the schema', (name) => {
  const type = printedSchema().getType(name);
  const values = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
  const lists = [...text.matchAll(/"enum": (\[[^\]]*\])/g)].map(
    ([, list = '[]']) => new Set((JSON.parse(list) as unknown[]).filter((value) => value !== null)),
  );
  expect(lists).toContainEqual(new Set(values));
});

describe.each(STREAM_WAYS)('every event of the contract’s subscription (%s)', (way) => {
  it('is as its JSON Schema says: seen in full, seen to exist, ended', async () => {
    const alliance = await accord.as('alliance-safeguarding');
    const barnet = await accord.as('barnet-placements');
    const open = async (persona: string) =>
      (await accord.as(persona))[way]<{ providerAlerts: { kind: string; flag: unknown } }>(
        contractOperation('ProviderAlerts'),
      );
    const [member, outside] = [await open('brent-placements'), await open('ealing-placements')];
    await streamsOpened(accord.url, 2);
    await resolveFlag(alliance, await raise(alliance, TIDEWELL, { severity: 'CRITICAL' }));
    const kept = await raise(barnet, LANTERNFIELD);
    await member.has(3);
    await keepFlag(barnet, kept);
    // Ealing places there, and is outside the agreement.
    const hidden = await raise(await accord.as('brent-quality'), { providerId: providerId('Ambleport Housing Ltd') });
    const [ofMember, ofOutside] = [await member.has(5), await outside.has(1)];
    const seen = [...ofMember, ...ofOutside].map(({ data }) => data?.providerAlerts);
    expect(seen.map((event) => alert.safeParse(event).error)).toEqual(seen.map(() => undefined));
    expect(seen.map((event) => event?.kind)).toEqual([
      'FLAG_RAISED',
      'FLAG_RESOLVED',
      'FLAG_RAISED',
      'ACCESS_ENDED',
      'FLAG_RAISED',
      'FLAG_RAISED',
    ]);
    expect(seen.at(-1)?.flag).toEqual({ id: hidden, kind: null, severity: 'LOW', status: null, summary: null });
    expect(alert.safeParse({ ...seen[0], detail: 'more' }).success).toBe(false);
    for (const stream of [member, outside]) stream.close();
    await streamsOpened(accord.url, 0);
  });
});
