import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Operation } from '@accord/access';
import { DueDiligenceLoader } from '@accord/due-diligence';
import { openRuntime } from '@accord/gateway';
import { exampleId, homeId, organisationId, providerId } from '@accord/infra';
import { createLogger, londonDate } from '@accord/kernel';
import { PlacementType } from '@accord/providers';
import { TestAccord } from '@accord/testkit';

/** The alliance changes what it asks, and a placements officer finds what that leaves (story 1). */

const PROVIDER = providerId('Lanternfield Supported Living Ltd');
const HOME = homeId('Copperbeech House');
const TODAY = londonDate(new Date());

let accord: TestAccord;

beforeAll(async () => {
  accord = await TestAccord.start();
});
afterAll(() => accord.stop());

interface Version {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly version: number;
  readonly noticeDays: number;
  readonly questions: readonly { readonly code: string }[];
  readonly askedAgain: readonly { readonly code: string }[];
}

const SET = 'id number state version noticeDays questions { code } askedAgain { code }';

/** One act of the alliance's officer on a version. */
async function act(name: string, input: string, given: Readonly<Record<string, unknown>>): Promise<Version> {
  const officer = await accord.as('alliance-accreditation');
  const data = await officer.data<Record<string, { readonly set: Version }>>(
    `mutation($input: ${input}!) { ${name}(input: $input) { set { ${SET} } } }`,
    { input: given },
  );
  const set = data[name]?.set;
  if (!set) throw new Error(`${name} gave no version.`);
  return set;
}

interface Item {
  readonly question: { readonly code: string };
  readonly state: string;
  readonly value: string | null;
  readonly isAskedAgain: boolean;
}

async function asked(persona: string): Promise<Map<string, Item>> {
  const { home } = await (
    await accord.as(persona)
  ).data<{ readonly home: { readonly dueDiligence: { readonly nodes: Item[] } } }>(
    `query($id: ID!) { home(id: $id) { dueDiligence(first: 100) { nodes { question { code } state value isAskedAgain } } } }`,
    { id: HOME },
  );
  return new Map(home.dueDiligence.nodes.map((item) => [item.question.code, item]));
}

const fire = {
  code: 'FIRE_RISK_ASSESSMENT',
  text: 'Fire risk assessment, by a competent person who is not the provider’s',
  category: 'COMPLIANCE',
  kind: 'DATED_DOCUMENT',
  subject: 'HOME',
  isMandatory: true,
  holdsMonths: 12,
  answeredByRoles: ['QUALITY', 'PLACEMENTS'],
  isForProvider: true,
  source: 'Yearly review',
};

test('a new version carries over the answers that still fit, and lists what is to be asked again', async () => {
  const before = await asked('brent-placements');
  expect(before.get('FIRE_RISK_ASSESSMENT')?.state).toBe('CURRENT');

  const draft = await act('startDueDiligenceDraft', 'StartDueDiligenceDraftInput', {
    source: 'Yearly review',
    idempotencyKey: randomUUID(),
  });
  expect(draft).toMatchObject({ number: 2, state: 'DRAFT', version: 1, askedAgain: [] });
  expect(draft.questions).toHaveLength(80);
  // Nothing has changed for anybody.
  expect(await asked('brent-placements')).toEqual(before);

  const reworded = await act('putDueDiligenceQuestion', 'PutDueDiligenceQuestionInput', {
    setId: draft.id,
    expectedVersion: 1,
    ...fire,
  });
  // Another role and another place, and the same words: the same question.
  const moved = await act('putDueDiligenceQuestion', 'PutDueDiligenceQuestionInput', {
    ...fire,
    setId: draft.id,
    expectedVersion: reworded.version,
    code: 'GAS_SAFETY',
    text: 'Gas safety certificate',
    answeredByRoles: ['QUALITY'],
    place: 5,
  });
  const fewer = await act('removeDueDiligenceQuestion', 'RemoveDueDiligenceQuestionInput', {
    setId: draft.id,
    expectedVersion: moved.version,
    code: 'COVID_STATUS',
  });
  const published = await act('publishDueDiligenceSet', 'PublishDueDiligenceSetInput', {
    setId: draft.id,
    expectedVersion: fewer.version,
    noticeDays: 45,
  });
  expect(published).toMatchObject({ number: 2, state: 'PUBLISHED', noticeDays: 45 });
  expect(published.askedAgain).toEqual([{ code: 'FIRE_RISK_ASSESSMENT' }]);

  const after = await asked('brent-placements');
  expect(after.has('COVID_STATUS')).toBe(false);
  expect(after.get('GAS_SAFETY')).toEqual(before.get('GAS_SAFETY'));
  expect(after.get('FIRE_RISK_ASSESSMENT')).toMatchObject({ state: 'MISSING', value: null, isAskedAgain: true });
  expect(after.get('PAT_TESTING')).toMatchObject({ state: 'MISSING', isAskedAgain: false });
});

test('what is published no longer changes, and one draft is enough', async () => {
  const officer = await accord.as('alliance-accreditation');
  const { dueDiligenceSets } = await officer.data<{ readonly dueDiligenceSets: Version[] }>(
    `{ dueDiligenceSets { ${SET} } }`,
  );
  expect(dueDiligenceSets.map(({ number, state }) => [number, state])).toEqual([
    [2, 'PUBLISHED'],
    [1, 'RETIRED'],
  ]);
  const [published] = dueDiligenceSets;
  const put = `mutation($input: PutDueDiligenceQuestionInput!) { putDueDiligenceQuestion(input: $input) { set { id } } }`;
  const refused = await officer.send(put, {
    input: { ...fire, setId: published?.id, expectedVersion: published?.version },
  });
  expect(refused.errors?.[0]?.extensions.code).toBe('CONFLICT');
  const draft = await act('startDueDiligenceDraft', 'StartDueDiligenceDraftInput', {
    source: 'Another',
    idempotencyKey: randomUUID(),
  });
  const again = await officer.send(
    `mutation($input: StartDueDiligenceDraftInput!) { startDueDiligenceDraft(input: $input) { set { id } } }`,
    { input: { source: 'A second one', idempotencyKey: randomUUID() } },
  );
  expect(again.errors?.[0]?.extensions.code).toBe('CONFLICT');
  const stale = await officer.send(put, { input: { ...fire, setId: draft.id, expectedVersion: 7 } });
  expect(stale.errors?.[0]?.extensions.code).toBe('CONFLICT');
});

test('an officer whose role does not answer a question is told whose it is', async () => {
  const { errors } = await (
    await accord.as('brent-placements')
  ).send(`mutation($input: AnswerDueDiligenceInput!) { answerDueDiligence(input: $input) { home { id } } }`, {
    input: {
      providerId: PROVIDER,
      homeId: HOME,
      answers: [{ code: 'GAS_SAFETY', value: TODAY, answeredOn: TODAY, assurance: 'EVIDENCE_SEEN' }],
      idempotencyKey: randomUUID(),
    },
  });
  expect(errors?.[0]).toMatchObject({
    message: 'GAS_SAFETY is answered by quality.',
    extensions: { code: 'FORBIDDEN' },
  });
});

test('a placement check finds every mandatory question of the home and its provider, for the type of placement', async () => {
  const { urls } = accord.database;
  const runtime = await openRuntime(
    { DATABASE_URL: urls.gateway, DATABASE_POOL: 2, ACCORD_SECRET: 'a secret of tests, long enough to be one' },
    createLogger('test', 'silent'),
  );
  const credential = {
    tenantId: organisationId('E09000003'),
    principalId: exampleId('principal', 'barnet-placements'),
    roles: null,
    expiresAt: new Date('2100-01-01'),
    keyId: null,
  };
  const op = new Operation(runtime, credential, 'read', randomUUID());
  try {
    await op.caller();
    const { mandatory } = op.get(DueDiligenceLoader);
    const [supported, childrens] = await Promise.all([
      mandatory.load({ homeId: HOME, placementType: PlacementType.SUPPORTED_SHARED_RING_FENCED }),
      mandatory.load({ homeId: HOME, placementType: PlacementType.CHILDRENS_HOME }),
    ]);
    expect(supported.map(({ question, state }) => [question.code, state])).toEqual([
      ['GAS_SAFETY', 'CURRENT'],
      ['ELECTRICAL_SAFETY', 'CURRENT'],
      ['FIRE_RISK_ASSESSMENT', 'MISSING'],
      ['HMO_LICENCE_STATUS', 'CURRENT'],
      ['DBS_SAMPLED_ON', 'MISSING'],
      ['DBS_GAPS', 'CURRENT'],
      ['EMPLOYERS_LIABILITY', 'CURRENT'],
      ['PUBLIC_LIABILITY', 'CURRENT'],
    ]);
    // A children's home needs no licence as a house in multiple occupation.
    expect(childrens.map(({ question }) => question.code)).toEqual(
      supported.map(({ question }) => question.code).filter((code) => code !== 'HMO_LICENCE_STATUS'),
    );
  } finally {
    await op.rollback();
    await runtime.bus.close();
    await runtime.orm.close();
  }
});
