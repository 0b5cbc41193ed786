import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inboxOf, streamOf } from './support/alert-model.js';
import type { ModelWorld } from './support/audience-model.js';
import { ORGANISATIONS, randomWorld } from './support/random-world.js';
import { Wire, type Heard } from './support/wire-world.js';

/**
 * So many in each run; ACCORD_WORLDS asks for more. A run is repeated with the seed that it printed, as
 * ACCORD_WORLD_SEED.
 */
const WORLDS = Number(process.env['ACCORD_WORLDS'] ?? 100);
/** Worlds of which everything is told at once, to some sixty streams: what is one's is never another's. */
const AT_ONCE = Math.min(10, WORLDS);
const SEED = Number(process.env['ACCORD_WORLD_SEED'] ?? Date.now() % 2 ** 31);
const TENANTS = Array.from({ length: ORGANISATIONS }, (_, tenant) => tenant);

/** Worlds in which nobody was ever told anything would agree too; of few worlds some do not have every way by chance. */
const WAYS: Readonly<Record<string, RegExp>> = {
  'an item': /^INTELLIGENCE_SHARED .*: (RED|AMBER|GREEN), timed$/,
  'an item whose owner stays anonymous': /^INTELLIGENCE_SHARED .*: (RED|AMBER|GREEN)$/,
  'a change to some': /^INTELLIGENCE_CHANGED/,
  'a withdrawal': /^INTELLIGENCE_WITHDRAWN/,
  'a flag': /^FLAG_RAISED .*: Summary/,
  'that there is a flag': /^FLAG_RAISED .*: null by nobody/,
  'a hold': /^HOLD_STARTED .*: Said-hold/,
  'that there is a hold': /^HOLD_STARTED .*: null by nobody/,
  'a hold that was lifted': /^HOLD_LIFTED/,
  'a visit': /^VISIT_SHARED .*: EXPECTATIONS_MET, timed/,
  'a visit whose borough stays anonymous': /^VISIT_SHARED .*: EXPECTATIONS_MET$/,
  'a visit taken back': /^VISIT_WITHDRAWN .*: null/,
  'an end of access': /^ACCESS_ENDED/,
};
const ENOUGH_WORLDS = 1000;

describe('the wire', () => {
  let wire: Wire;

  beforeAll(async () => {
    wire = await Wire.open();
  });

  afterAll(() => wire.close());

  it(`tells everybody over WebSocket, SSE and in the inbox what the model says, in ${WORLDS} random worlds`, async () => {
    console.log(`random worlds: ${WORLDS} (ACCORD_WORLDS), seed ${SEED} (ACCORD_WORLD_SEED)`);
    const met = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(randomWorld, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (worlds) => {
        const heard = await wire.tell(worlds);
        expect(heard).toEqual(worlds.map(modelOf));
        for (const way of heard.flat().flatMap(waysOf)) met.set(way, (met.get(way) ?? 0) + 1);
      }),
      { seed: SEED, numRuns: Math.ceil(WORLDS / AT_ONCE), endOnFailure: true },
    );
    expect(met.get('an end of access')).toBeGreaterThan(0);
    expect(Object.keys(WAYS).filter((way) => WORLDS >= ENOUGH_WORLDS && !met.has(way))).toEqual([]);
  }, 300_000);
});

const modelOf = (world: ModelWorld): Heard[] =>
  TENANTS.map((tenant) => {
    const stream = streamOf(world, tenant).toSorted();
    return { webSocket: stream, sse: stream, inbox: inboxOf(world, tenant).toSorted() };
  });

const waysOf = ({ webSocket }: Heard): string[] =>
  Object.keys(WAYS).filter((way) => webSocket.some((line) => WAYS[way]?.test(line)));
