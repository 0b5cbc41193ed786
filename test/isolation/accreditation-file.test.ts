import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SECRET, wholeFile } from './support/accreditation-file.js';
import { classesOf } from './support/classification.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';

type Row = Readonly<Record<string, unknown>>;

interface Seen {
  readonly stages: Row[];
  readonly assessments: { nodes: Row[] };
  readonly decisions: { nodes: Row[] };
  readonly history: { nodes: Row[] };
}

const STAFF = 'displayName';
const STAGE = everyField('StageAssessment', { assessedBy: STAFF });
const APPEAL = everyField('AccreditationAppeal', { recordedBy: STAFF, decidedBy: STAFF });
const FILE = everyField('AccreditationDecisionFile', {
  putOffs: everyField('TellingPutOff', { recordedBy: STAFF }),
  replies: everyField('ProviderReply', { recordedBy: STAFF }),
  appeal: APPEAL,
});
const DECISION = everyField('AccreditationDecision', { provider: 'id', file: FILE });

const QUESTION = `query($id: ID!) { provider(id: $id) { accreditation {
  status effectiveFrom reviewDue conditions version statusOn(date: "2026-10-01")
  stages { ${STAGE} }
  assessments(first: 9) { nodes { ${STAGE} } }
  decisions(first: 9) { nodes { ${DECISION} } }
  history(first: 9) { nodes { ${everyField('AccreditationChange')} } }
} } }`;

const MAY_READ = ['alliance-accreditation', 'alliance-lead', 'alliance-deputy', 'alliance-safeguarding'];
const MAY_NOT = [
  'brent-placements',
  'brent-director',
  'brent-admin',
  'brent-dashboard',
  'barnet-placements',
  'ealing-placements',
  'camden QUALITY',
  'alliance-admin',
];

let scene: Scene;
let file: Awaited<ReturnType<typeof wholeFile>>;

beforeAll(async () => {
  scene = await Scene.start();
  file = await wholeFile(scene);
});

afterAll(() => scene.stop());

async function ask(who: string): Promise<{ seen: Seen; text: string }> {
  const answer = await (await scene.caller(who)).send(QUESTION, { id: file.providerId });
  expect(answer.errors).toBeUndefined();
  const { provider } = answer.data as { provider: { accreditation: Seen } };
  return { seen: provider.accreditation, text: answer.text };
}

/** The same row without what is the alliance's. */
const forMembers = (type: string, row: object): Row =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      classesOf(type).get(field) === 'alliance' ? null : (value as unknown),
    ]),
  );

/** Of the first stage members learn the outcome alone. */
const stageForMembers = (row: Row): Row => ({
  ...forMembers('StageAssessment', row),
  ...(row['stage'] === 'FIT_AND_PROPER_PERSON' && { conditions: null }),
});

it.each(MAY_READ)('shows %s the whole file', async (who) => {
  const { seen, text } = await ask(who);
  for (const words of Object.values(SECRET)) expect(text).toContain(words);
  expect(new Set(seen.decisions.nodes.map(({ id }) => id))).toEqual(new Set([file.decided, file.open]));
  // Nothing that is hidden from members is hidden because it is not there.
  const decided = seen.decisions.nodes.find(({ id }) => id === file.decided)?.['file'] as Row;
  expect({ ...decided, ratifyBy: '', ratifyByIsCertain: '' }).toEqual(
    Object.fromEntries(Object.keys(decided).map((field) => [field, expect.anything()])),
  );
});

describe.each(MAY_NOT)('the file, to %s,', (who) => {
  it('shows each field just as it is classified', async () => {
    const whole = (await ask('alliance-lead')).seen;
    const { seen, text } = await ask(who);
    expect(seen).toEqual({
      ...forMembers('Accreditation', whole),
      stages: whole.stages.map(stageForMembers),
      assessments: { nodes: whole.assessments.nodes.map(stageForMembers) },
      decisions: {
        nodes: whole.decisions.nodes
          .filter(({ id }) => id === file.decided)
          .map((row) => forMembers('AccreditationDecision', row)),
      },
      history: whole.history,
    });
    for (const words of [...Object.values(SECRET), file.open]) expect(text).not.toContain(words);
  });

  it('shows a decision without its file, and of an open proposal no more than of none', async () => {
    const client = await scene.caller(who);
    const question = `query($id: ID!) { accreditationDecision(id: $id) { ${DECISION} } }`;
    const decided = await client.data<{ accreditationDecision: Row }>(question, { id: file.decided });
    expect(decided.accreditationDecision).toMatchObject({ id: file.decided, state: 'APPROVED', file: null });
    const open = await client.send(question, { id: file.open });
    const none = await client.send(question, { id: file.providerId });
    expect(open.data).toEqual({ accreditationDecision: null });
    expect(withoutRequest(open.text)).toBe(withoutRequest(none.text));
  });
});

const withoutRequest = (text: string): string => text.replaceAll(/"requestId":"[^"]*"/g, '');
