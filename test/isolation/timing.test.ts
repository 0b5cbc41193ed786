import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { accessFeature, type Credential } from '@accord/access';
import { newId } from '@accord/kernel';
import { createOrm, execute, inTransaction, PreparingClient } from '@accord/persistence';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import { parse, type DocumentNode } from 'graphql';
import type { ModelSharing, ModelWorld } from './support/audience-model.js';
import { InsideGateway, type Answer } from './support/inside-gateway.js';
import { loadWorld, rowOf } from './support/load-world.js';
import { areApart, mannWhitney, median } from './support/mann-whitney.js';

/**
 * Whether the time of an answer tells a hidden id from one that never was. Asked of the guarded schema inside this
 * process, over the operation and the transactions that a request has: what HTTP adds is the same for both, and its
 * noise would only hide what there is to find.
 *
 * The two of a pair are asked one right after the other, in random order, so that whatever else the machine does falls
 * on both alike. A question fails when the samples differ (Mann-Whitney U, at 0.001 over the number of questions), or
 * when their medians do, by 5 % and by more than chance: on a machine so busy that the medians cannot be told apart, a
 * gap between them says nothing. As chance remains, it is then asked once more, with fresh samples, and has failed
 * when it fails again: by the ranks once in 25 million questions where there is nothing to find.
 *
 * Fewer pairs in each run than in an examination, which ACCORD_PAIRS=1000 asks for.
 */
const PAIRS = Number(process.env['ACCORD_PAIRS'] ?? 250);
const WARMING_PAIRS = 50;
const ALPHA = 0.001;
const WIDEST_GAP = 0.05;

/** Who keeps what is hidden, who looks for it, and to whom one item was disclosed and who read it. */
const [OWNER, STRANGER, READER] = [1, 2, 3];

const hidden: ModelSharing = {
  owner: OWNER,
  kind: 'INTELLIGENCE',
  provider: 0,
  home: null,
  level: 'NAMED',
  named: [],
  disclosed: [{ by: OWNER, organisation: READER, ended: false }],
  existenceKnown: true,
  anonymous: false,
  ended: false,
  consent: null,
  grants: [],
};

/** Shared with all, of whom nobody was consented to. */
const fromPolice: ModelSharing = { ...hidden, level: 'ALLIANCE', disclosed: [], existenceKnown: false, consent: [] };

/** Of the two providers only the first has something hidden. */
const WORLD: ModelWorld = {
  suspended: Array.from({ length: 6 }, () => false),
  agreements: [
    {
      from: -2,
      until: null,
      classes: ['INTELLIGENCE'],
      members: [OWNER, STRANGER].map((organisation) => ({ organisation, from: -2, until: null })),
      invited: [],
    },
  ],
  groups: [0, 1, 2].map(() => ({
    keeper: OWNER,
    members: [{ organisation: OWNER, from: -2, until: null }],
    hidesMembers: false,
  })),
  homes: [],
  placements: [],
  checks: [],
  sharings: [hidden, hidden, fromPolice, fromPolice],
};

const HIDDEN_ITEMS = [0, 1].map((number) => rowOf('sharing', number));
const HIDDEN_GROUPS = WORLD.groups.map((_, number) => rowOf('group', number));
const ABSENT = HIDDEN_ITEMS.map(() => newId());

interface Act {
  readonly document: DocumentNode;
  readonly variables: (id: string) => Record<string, unknown>;
  readonly hidden: readonly string[];
  readonly absent: readonly string[];
  /** What either is answered: refused with this, or not at all. */
  readonly refused?: string;
}

/** Filled in once there is one: cursors of the owner's own list, and as many bytes that never were one. */
const cursors = { foreign: [''], never: [''] };

const ACTS: Readonly<Record<string, () => Act>> = {
  creating: () => ({
    document: parse('mutation($input: RecordIntelligenceInput!) { recordIntelligence(input: $input) { item { id } } }'),
    variables: (id) => ({
      input: {
        providerId: rowOf('provider', 1),
        category: 'OTHER',
        summary: 'Nobody answers at night',
        detail: 'Told by a neighbour',
        observedOn: '2026-11-01',
        sharing: { level: 'NAMED', groupIds: [id], reason: 'They have to know' },
        idempotencyKey: newId(),
      },
    }),
    hidden: HIDDEN_GROUPS,
    absent: ABSENT,
    refused: 'BAD_USER_INPUT',
  }),
  referencing: () => ({
    document: parse('mutation($input: RelyOnIntelligenceInput!) { relyOnIntelligence(input: $input) { copy { id } } }'),
    variables: (id) => ({
      input: { itemId: id, decision: 'DECISION', reference: 'D-1', idempotencyKey: newId() },
    }),
    hidden: HIDDEN_ITEMS,
    absent: ABSENT,
    refused: 'NOT_FOUND',
  }),
  filtering: () => ({
    document: parse('query($id: ID) { readLog(first: 20, filter: { itemId: $id }) { nodes { id } } }'),
    variables: (id) => ({ id }),
    hidden: HIDDEN_ITEMS,
    absent: ABSENT,
  }),
  sorting: () => ({
    // Newest first, and so in the order of what is hidden there, too.
    document: parse(
      'query($id: ID!) { provider(id: $id) { visibleIntelligenceCount intelligence(first: 20) { nodes { id } } } }',
    ),
    variables: (id) => ({ id }),
    hidden: [rowOf('provider', 0)],
    absent: [rowOf('provider', 1)],
  }),
  paging: () => ({
    document: parse('query($after: String) { intelligence(first: 1, after: $after) { nodes { id } } }'),
    variables: (after) => ({ after }),
    hidden: cursors.foreign,
    absent: cursors.never,
    refused: 'BAD_USER_INPUT',
  }),
};

const credential = (tenant: number): Credential => ({
  tenantId: rowOf('organisation', tenant),
  principalId: rowOf('principal', tenant),
  roles: null,
  expiresAt: new Date('2100-01-01'),
  keyId: null,
});

describe('the time of an answer', () => {
  let database: TestDatabase;
  let gateway: InsideGateway;

  beforeAll(async () => {
    database = await createTestDatabase();
    const loader = await createOrm({ url: database.urls.superuser, entities: accessFeature.entities, pool: 1 });
    await inTransaction(loader, async (em) => {
      await loadWorld(em, WORLD);
      await execute(em, 'analyze');
    });
    await loader.close();
    gateway = await InsideGateway.open(database);
    // What is hidden was read by somebody, and stands in a log that is not the stranger's.
    const open = parse('mutation($id: ID!) { openIntelligence(id: $id, purpose: MONITORING) { item { id } } }');
    for (const id of HIDDEN_ITEMS) await gateway.answer(credential(READER), open, { id });
    const list = parse('{ intelligence(first: 1) { pageInfo { endCursor } } }');
    const { data } = await gateway.answer(credential(OWNER), list, {});
    const cursor = (data['intelligence'] as { pageInfo: { endCursor: string } }).pageInfo.endCursor;
    cursors.foreign = [cursor];
    cursors.never = [Buffer.alloc(Buffer.from(cursor, 'base64url').length, 7).toString('base64url')];
  });

  afterAll(async () => {
    await gateway.close();
    await database.drop();
  });

  /** Milliseconds, and the answer without the ids that were asked for. */
  async function ask({ document, variables }: Act, id: string): Promise<{ took: number; answer: Answer }> {
    const values = variables(id);
    const began = performance.now();
    const answer = await gateway.answerInTime(credential(STRANGER), document, values);
    return { took: performance.now() - began, answer };
  }

  /** How long it took for each of so many pairs. */
  async function sample(act: Act, pairs: number): Promise<{ hidden: number[]; absent: number[] }> {
    const took = { hidden: [] as number[], absent: [] as number[] };
    const sides = ['hidden', 'absent'] as const;
    for (let pair = 0; pair < pairs; pair += 1) {
      for (const side of Math.random() < 0.5 ? sides : sides.toReversed()) {
        const ids = act[side];
        took[side].push((await ask(act, ids[pair % ids.length] ?? '')).took);
      }
    }
    return took;
  }

  async function measure(act: Act, questions: number): Promise<{ differs: boolean; words: string }> {
    const took = await sample(act, PAIRS);
    const probability = mannWhitney(took.hidden, took.absent);
    const [ofHidden, ofAbsent] = [median(took.hidden), median(took.absent)];
    const gap = Math.abs(ofHidden - ofAbsent) / ofAbsent;
    const words = `median ${ofHidden.toFixed(3)} and ${ofAbsent.toFixed(3)} ms, gap ${(100 * gap).toFixed(1)} %, p ${probability.toPrecision(2)}`;
    const isWide = gap >= WIDEST_GAP && areApart(took.hidden, took.absent);
    return { differs: probability < ALPHA / questions || isWide, words };
  }

  it.each(Object.keys(ACTS))(
    `does not tell a hidden id from an absent one in %s, over ${PAIRS} pairs`,
    async (name) => {
      const act = ACTS[name]?.();
      if (!act) throw new Error(`There is no act ${name}.`);
      const answers = await Promise.all([...act.hidden, ...act.absent].map((id) => ask(act, id)));
      for (const { answer } of answers) {
        expect(answer.refused.map(([, code]) => code)).toEqual(act.refused === undefined ? [] : [act.refused]);
        expect(answer).toEqual(answers[0]?.answer);
      }
      await sample(act, WARMING_PAIRS);
      const rounds = [await measure(act, Object.keys(ACTS).length)];
      if (rounds[0]?.differs) rounds.push(await measure(act, Object.keys(ACTS).length));
      console.log(`${name}: ${rounds.map(({ words }) => words).join('; once more: ')}`);
      expect(rounds.at(-1)).toMatchObject({ differs: false });
    },
    600_000,
  );

  it('tells a visible one: what is measured would be seen', async () => {
    const item = { ...(ACTS['sorting']?.() as Act), hidden: [rowOf('provider', 0)], absent: [newId()] };
    expect(await measure(item, 1)).toMatchObject({ differs: true });
  }, 600_000);
});

describe('a list', () => {
  it('takes one look for what may be seen, whatever the police have not consented to stands before it', async () => {
    const { prototype } = PreparingClient;
    const sent = jest.spyOn(Object.getPrototypeOf(prototype) as { query: (text: unknown) => unknown }, 'query');
    const database = await createTestDatabase();
    const loader = await createOrm({ url: database.urls.superuser, entities: accessFeature.entities, pool: 1 });
    await inTransaction(loader, (em) => loadWorld(em, WORLD));
    const gateway = await InsideGateway.open(database);
    const { data } = await gateway.answer(
      credential(STRANGER),
      parse('{ intelligence(first: 1) { nodes { id } } }'),
      {},
    );
    expect(data).toEqual({ intelligence: { nodes: [] } });
    const looks = sent.mock.calls.filter(([asked]) =>
      JSON.stringify(asked).includes('agreement_of_mine as materialized'),
    );
    expect(looks).toHaveLength(1);
    await gateway.close();
    await loader.close();
    await database.drop();
    sent.mockRestore();
  });
});

describe('the test of Mann and Whitney', () => {
  it('gives the probability that others give for the same samples', () => {
    // From the documentation of scipy.stats.mannwhitneyu, with its normal approximation and continuity correction.
    expect(mannWhitney([19, 22, 16, 29, 24], [20, 11, 17, 12])).toBeCloseTo(0.1113, 4);
    expect(mannWhitney([1, 2, 3], [1, 2, 3])).toBeCloseTo(1, 6);
  });
});
