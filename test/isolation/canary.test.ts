import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homeId, providerId, TENANT_CODE } from '@accord/infra';
import { londonDate, newId } from '@accord/kernel';
import { until, type Answer, type TestStream } from '@accord/testkit';
import { streamsOpened } from '../contract/support/wait.js';
import { contractQuestions, everyQuestion, EXPORTS, type Question } from './support/canary-questions.js';
import { CanaryScene, type Reader } from './support/canary-scene.js';
import { Marks } from './support/marks.js';
import { everyField } from './support/selection.js';

/**
 * Marked texts of Brent's, shared with Barnet by name, at a home that others have to do with as well. They are looked
 * for in all that leaves Accord and in all that it writes.
 */

const { barnet: BARNET, brent: BRENT } = TENANT_CODE;
const PLACE = {
  providerId: providerId('Lanternfield Supported Living Ltd'),
  homeId: homeId('Copperbeech House'),
};
const TODAY = londonDate(new Date());

/** In the agreement and placing there; hosting it; placing there and in no agreement; the alliance; nobody there. */
const STANDINGS: readonly string[] = [
  TENANT_CODE.cityOfLondon,
  TENANT_CODE.havering,
  TENANT_CODE.ealing,
  TENANT_CODE.alliance,
  'E09000007',
];

const marks = new Marks([
  'summary',
  'detail',
  'conditions',
  'reason',
  'flag summary',
  'flag detail',
  'flag conditions',
  'flag reason',
  'refused',
  'failed',
  'tried',
  'withdrawal',
]);

let scene: CanaryScene;
let brent: Reader;
let barnet: Reader;
let others: readonly Reader[];
let standing: readonly Reader[];
const streams = new Map<string, TestStream<unknown>[]>();
let itemId: string;
let flagId: string;

const FLAG = everyField('Flag');
const ALERTS = `subscription { providerAlerts { ${everyField('Alert', { flag: FLAG })} } }`;

beforeAll(async () => {
  scene = await CanaryScene.start();
  [brent, barnet] = [scene.reader(BRENT), scene.reader(BARNET)];
  others = scene.readers.filter((reader) => reader !== brent && reader !== barnet);
  standing = others.filter(({ code }) => STANDINGS.includes(code));
  for (const { code, client } of scene.readers) streams.set(code, [client.subscribe(ALERTS), client.stream(ALERTS)]);
  await streamsOpened(scene.gateway.url, 2 * scene.readers.length);
});

afterAll(async () => {
  for (const stream of [...streams.values()].flat()) stream.close();
  await scene.stop();
});

const act = (reader: Reader, mutation: string, type: string, answer: string, input: object): Promise<Answer> =>
  reader.client.send(`mutation($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`, { input });

const textOf = (name: Parameters<typeof marks.of>[0]) => `Nobody answers at night, ${marks.of(name)}.`;

const sharing = (of: '' | 'flag ' = '') => ({
  level: 'NAMED',
  boroughIds: [barnet.organisationId],
  reason: textOf(`${of}reason`),
  conditions: textOf(`${of}conditions`),
});

const item = (over: object = {}) => ({
  ...PLACE,
  category: 'STAFFING',
  summary: textOf('summary'),
  detail: textOf('detail'),
  observedOn: TODAY,
  mayBeAskedFor: true,
  sharing: sharing(),
  idempotencyKey: newId(),
  ...over,
});

const record = (input: object) => act(brent, 'recordIntelligence', 'RecordIntelligenceInput', 'item { id }', input);

const about = () => ({ ...PLACE, itemId, flagId, search: marks.of('summary') });

/** What the answers to questions have of the marks. */
async function read({ client }: Reader, questions: readonly Question[]): Promise<string[]> {
  const found = new Set<string>();
  for (const { document, variables } of questions) {
    const { text, errors } = await client.send(document, variables);
    // A question that is refused as such would find nothing, whatever there was.
    const asked = (errors ?? []).filter(({ extensions }) => !['NOT_FOUND', 'FORBIDDEN'].includes(extensions.code));
    expect({ document, asked }).toEqual({ document, asked: [] });
    for (const name of marks.in(text)) found.add(name);
  }
  return [...found].toSorted();
}

/** What any of some readers was answered of the marks. */
async function readBy(readers: readonly Reader[], questions: readonly Question[]): Promise<[string, string[]][]> {
  const found = await Promise.all(
    readers.map(async (reader): Promise<[string, string[]]> => [reader.code, await read(reader, questions)]),
  );
  return found.filter(([, texts]) => texts.length > 0);
}

const open = ({ client }: Reader): Promise<Answer> =>
  client.send(
    'mutation($id: ID!) { openIntelligence(id: $id, purpose: MONITORING) { item { summary detail conditions sharingReason } } }',
    { id: itemId },
  );

/** What somebody tries who does not see it. */
async function tryAll(reader: Reader): Promise<Answer[]> {
  const key = { idempotencyKey: newId() };
  const on = (mutation: string, type: string, input: object, answer = 'item { id summary }') =>
    act(reader, mutation, type, answer, { itemId, ...input });
  const said = { reason: textOf('tried'), expectedVersion: 1 };
  return Promise.all([
    open(reader),
    on('correctIntelligence', 'CorrectIntelligenceInput', { ...key, ...said, summary: textOf('tried') }),
    on('changeIntelligenceSharing', 'ChangeIntelligenceSharingInput', {
      ...key,
      expectedVersion: 1,
      sharing: sharing(),
    }),
    on('withdrawIntelligence', 'WithdrawIntelligenceInput', { ...key, ...said }),
    on('corroborateIntelligence', 'CorroborateInput', { kind: 'SEEN_HERE_TOO' }),
    on('proposeCorrection', 'ProposeCorrectionInput', { ...key, words: textOf('tried') }),
    on(
      'relyOnIntelligence',
      'RelyOnIntelligenceInput',
      { ...key, decision: 'DECISION', reference: 'D-1' },
      'copy { id }',
    ),
    act(reader, 'resolveFlag', 'FlagActionInput', 'flag { id summary }', { flagId, reason: textOf('tried'), ...key }),
  ]);
}

const heardBy = ({ code }: Reader): string[] =>
  marks.in(JSON.stringify((streams.get(code) ?? []).map(({ events }) => events))).toSorted();

/** What Barnet sees of the flag. */
const SEEN_OF_FLAG = ['flag conditions', 'flag summary'];

describe('a text that is shared with one borough', () => {
  it('is for that borough to read', async () => {
    const recorded = await record(item());
    expect(recorded.errors).toBeUndefined();
    itemId = (recorded.data as { recordIntelligence: { item: { id: string } } }).recordIntelligence.item.id;
    const raised = await act(brent, 'raiseFlag', 'RaiseFlagInput', 'flag { id }', {
      ...PLACE,
      kind: 'SAFEGUARDING_CONCERN',
      severity: 'HIGH',
      summary: textOf('flag summary'),
      detail: textOf('flag detail'),
      sharing: sharing('flag '),
      idempotencyKey: newId(),
    });
    expect(raised.errors).toBeUndefined();
    flagId = (raised.data as { raiseFlag: { flag: { id: string } } }).raiseFlag.flag.id;
    await scene.settled();
    const [ofItem, ofFlag] = [
      ['conditions', 'detail', 'reason', 'summary'],
      ['flag conditions', 'flag detail', 'flag reason', 'flag summary'],
    ];
    expect(await read(brent, everyQuestion(about()))).toEqual([...ofItem, ...ofFlag].toSorted());
    expect(await read(barnet, everyQuestion(about()))).toEqual(['conditions', ...SEEN_OF_FLAG, 'summary']);
    expect(await read(barnet, EXPORTS)).toEqual(['conditions', 'detail', 'summary']);
    expect(marks.in((await open(barnet)).text)).toEqual(['summary', 'detail', 'conditions']);
    await until(() => heardBy(barnet).length > 0);
    expect(heardBy(barnet)).toEqual(SEEN_OF_FLAG);
  });

  it('is in no answer to any other, whatever it asks and tries', async () => {
    expect(await readBy(others, contractQuestions(about()))).toEqual([]);
    expect(await readBy(standing, [...everyQuestion(about()), ...EXPORTS])).toEqual([]);
    for (const reader of standing) {
      for (const { text, errors } of await tryAll(reader)) {
        expect(errors?.map(({ extensions }) => extensions.code)).toEqual([
          expect.stringMatching(/^(NOT_FOUND|FORBIDDEN)$/),
        ]);
        expect(marks.in(text)).toEqual([]);
      }
    }
  });

  it('is in no error to its author that is written down anywhere, refused or failed', async () => {
    const refused = await record(item({ detail: `NHS 943 476 5919, ${textOf('refused')}` }));
    expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const misspelt = await record(item({ category: textOf('refused') }));
    expect(misspelt.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    // PostgreSQL repeats a value that it cannot read.
    const failing = `case when detail like '%${marks.of('failed')}%' then detail::int = 0 else true end`;
    await scene.sql(`alter table intelligence_detail add constraint failing check (${failing})`);
    const failed = await record(item({ detail: textOf('failed') }));
    expect(failed.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(marks.in(failed.text)).toEqual([]);
    const requestId = failed.errors?.[0]?.extensions.requestId ?? '';
    await until(() => scene.log.includes(requestId));
  });

  it('is gone for the borough that had it once it is withdrawn', async () => {
    const ofFlag = { flag: ['flag summary'], flag_detail: ['flag detail'] };
    expect(await scene.where(marks)).toEqual({
      ...ofFlag,
      intelligence_item: ['summary'],
      intelligence_detail: ['detail'],
      sharing: ['conditions', 'reason', 'flag conditions', 'flag reason'],
      sharing_decision: ['reason', 'flag reason'],
    });
    const withdrawn = await act(brent, 'withdrawIntelligence', 'WithdrawIntelligenceInput', 'item { id }', {
      itemId,
      reason: textOf('withdrawal'),
      expectedVersion: 1,
      idempotencyKey: newId(),
    });
    expect(withdrawn.errors).toBeUndefined();
    await scene.settled();
    expect(await read(barnet, [...everyQuestion(about()), ...EXPORTS])).toEqual([...SEEN_OF_FLAG, 'withdrawal']);
    expect(marks.in((await open(barnet)).text)).toEqual([]);
    expect(await readBy(standing, [...contractQuestions(about()), ...EXPORTS])).toEqual([]);
    expect(await scene.where(marks)).toEqual({
      ...ofFlag,
      intelligence_item: ['withdrawal'],
      sharing: ['reason', 'flag conditions', 'flag reason'],
      sharing_decision: ['reason', 'flag reason'],
    });
  });

  it('is in no event, log line, metric, queued job or wake-up', async () => {
    for (const reader of others) expect([reader.code, heardBy(reader)]).toEqual([reader.code, []]);
    expect(heardBy(barnet)).toEqual(SEEN_OF_FLAG);
    const events = await scene.sql<{ id: string; kind: string }>(
      `select id, kind from outbox_event where sharing_id = '${itemId}'`,
    );
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['INTELLIGENCE_SHARED', 'INTELLIGENCE_WITHDRAWN']),
    );
    const queued = await scene.queue.text();
    for (const { id } of events) expect(queued).toContain(id);
    expect(marks.in(queued)).toEqual([]);
    expect(queued).toMatch(/\bevents\b/);
    const metrics = await scene.metrics();
    expect(metrics).toContain('accord_open_streams');
    expect(marks.in(metrics)).toEqual([]);
    expect(scene.log).toContain('gateway listens');
    expect(scene.log).toContain('worker runs');
    expect(marks.in(scene.log)).toEqual([]);
  });
});
