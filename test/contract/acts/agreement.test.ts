import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { organisationId } from '@accord/infra';
import { calendarDaysAfter, londonDate, newId } from '@accord/kernel';
import { TestAccord } from '@accord/testkit';
import { TIDEWELL } from '../support/alerts.js';

/** What agreements, groups, disclosures and refusals refuse, with the place of what is wrong and what to do. */

const [BRENT, BARNET, EALING] = ['E09000005', 'E09000003', 'E09000009'].map(organisationId) as [string, string, string];
const today = londonDate(new Date());
const inDays = (days: number): string => calendarDaysAfter(today, days);

let accord: TestAccord;

beforeAll(async () => {
  accord = await TestAccord.start();
});
afterAll(() => accord.stop());

type Input = Readonly<Record<string, unknown>>;

async function send(persona: string, mutation: string, input: Input, selection: string) {
  const kind = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const client = await accord.as(persona);
  return client.send<Record<string, Record<string, { id: string }>>>(
    `mutation($input: ${kind}!) { ${mutation}(input: $input) { ${selection} } }`,
    { input: { idempotencyKey: newId(), ...input } },
  );
}

const AGREED =
  'agreement { id version state replacesId inForceUntil members { organisation { name } part memberFrom memberUntil } }';

interface Agreement {
  readonly id: string;
  readonly inForceUntil: string | null;
  readonly members: readonly { readonly organisation: { readonly name: string }; readonly part: string }[];
}

async function agreement(persona: string, mutation: string, input: Input): Promise<Agreement> {
  const { data, errors } = await send(persona, mutation, input, AGREED);
  expect(errors).toBeUndefined();
  return data?.[mutation]?.['agreement'] as unknown as Agreement;
}

const TERMS = {
  classes: ['FLAG', 'VISIT'],
  purpose: 'Safety',
  lawfulBases: ['PUBLIC_TASK'],
  dpiaReference: 'DPIA 7',
  inForceFrom: today,
  reviewOn: '2099-01-01',
};
const DRAFT = { name: 'An agreement', terms: TERMS, members: [{ organisationId: BRENT }, { organisationId: BARNET }] };

const partsOf = ({ members }: Agreement) =>
  members.map(({ organisation, part }) => `${organisation.name} ${part}`).toSorted();

test.each<[string, Input, string, RegExp]>([
  ['no name', { ...DRAFT, name: ' ' }, 'input.name', /Write something/],
  ['no class', { ...DRAFT, terms: { ...TERMS, classes: [] } }, 'input.terms.classes', /at least one class/],
  [
    'no public task',
    { ...DRAFT, terms: { ...TERMS, lawfulBases: ['SAFEGUARDING_SPECIAL_CATEGORY'] } },
    'input.terms.lawfulBases',
    /PUBLIC_TASK/,
  ],
  ['consent', { ...DRAFT, terms: { ...TERMS, lawfulBases: ['CONSENT'] } }, 'input.terms.lawfulBases.0', /CONSENT/],
  [
    'no assessment',
    { ...DRAFT, terms: { ...TERMS, dpiaReference: '' } },
    'input.terms.dpiaReference',
    /Write something/,
  ],
  [
    'a day that is over',
    { ...DRAFT, terms: { ...TERMS, inForceFrom: inDays(-1) } },
    'input.terms.inForceFrom',
    /This day is over/,
  ],
  [
    'an end before it begins',
    { ...DRAFT, terms: { ...TERMS, inForceUntil: today } },
    'input.terms.inForceUntil',
    /Give a day after/,
  ],
  [
    'a review before it begins',
    { ...DRAFT, terms: { ...TERMS, reviewOn: today } },
    'input.terms.reviewOn',
    /Give a day after/,
  ],
  ['nobody', { ...DRAFT, members: [] }, 'input.members', /at least one organisation/],
  [
    'somebody twice',
    { ...DRAFT, members: [{ organisationId: BRENT }, { organisationId: BRENT }] },
    'input.members',
    /once/,
  ],
  ['nobody there is', { ...DRAFT, members: [{ organisationId: newId() }] }, 'input.members', /see organisations/],
  [
    'a part that ends before it begins',
    { ...DRAFT, members: [{ organisationId: BRENT, memberUntil: today }] },
    'input.members.0.memberUntil',
    /Give a day after/,
  ],
])('an agreement is not drafted with %s', async (_name, input, path, message) => {
  const { errors } = await send('alliance-admin', 'draftSharingAgreement', input, AGREED);
  expect(errors).toMatchObject([
    { message: expect.stringMatching(message) as unknown, extensions: { code: 'BAD_USER_INPUT', path } },
  ]);
});

describe('an agreement that is amended', () => {
  let first: Agreement;
  let second: Agreement;
  const idempotencyKey = newId();
  const later = { ...TERMS, purpose: 'Safety and learning', inForceFrom: inDays(30) };

  beforeAll(async () => {
    first = await agreement('alliance-admin', 'draftSharingAgreement', { ...DRAFT, idempotencyKey });
    for (const persona of ['brent-ig', 'barnet-ig'])
      await agreement(persona, 'acceptSharingAgreement', { agreementId: first.id });
  });

  it('is drafted once under its key', async () => {
    const again = await agreement('alliance-admin', 'draftSharingAgreement', { ...DRAFT, idempotencyKey });
    expect(again.id).toBe(first.id);
  });

  it('needs a change of substance, and days to accept it in', async () => {
    const codes = async (terms: Input) =>
      (await send('alliance-admin', 'amendSharingAgreement', { agreementId: first.id, terms }, AGREED)).errors?.map(
        ({ extensions }) => [extensions.code, extensions['path']],
      );
    const reviewed = { ...later, purpose: TERMS.purpose, classes: ['VISIT', 'FLAG'] };
    expect(await codes(reviewed)).toEqual([['BAD_USER_INPUT', 'input.terms']]);
    expect(await codes({ ...later, inForceFrom: today })).toEqual([['BAD_USER_INPUT', 'input.terms.inForceFrom']]);
  });

  it('stays in force until the later version’s day, and asks every member anew', async () => {
    second = await agreement('alliance-admin', 'amendSharingAgreement', { agreementId: first.id, terms: later });
    expect(second).toMatchObject({ version: 2, state: 'COMING', replacesId: first.id });
    expect(partsOf(second)).toEqual(['Barnet INVITED', 'Brent INVITED']);
    first = await agreement('alliance-admin', 'inviteToSharingAgreement', {
      agreementId: first.id,
      members: [{ organisationId: EALING, memberUntil: inDays(10) }],
    });
    expect(first).toMatchObject({ state: 'IN_FORCE', inForceUntil: later.inForceFrom });
    expect(partsOf(first)).toEqual(['Barnet ACCEPTED', 'Brent ACCEPTED', 'Ealing INVITED']);
    const again = await send(
      'alliance-admin',
      'amendSharingAgreement',
      { agreementId: first.id, terms: later },
      AGREED,
    );
    expect(again.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  });

  it('is accepted version by version, and left with what was accepted after it', async () => {
    expect(partsOf(await agreement('brent-ig', 'acceptSharingAgreement', { agreementId: second.id }))).toEqual([
      'Barnet INVITED',
      'Brent ACCEPTED',
    ]);
    const twice = await send('brent-ig', 'acceptSharingAgreement', { agreementId: second.id }, AGREED);
    expect(twice.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
    expect(await agreement('ealing-ig', 'acceptSharingAgreement', { agreementId: first.id })).toMatchObject({
      members: expect.arrayContaining([
        expect.objectContaining({ organisation: { name: 'Ealing' }, memberUntil: inDays(10) }),
      ]) as unknown,
    });
    expect(
      partsOf(await agreement('brent-ig', 'leaveSharingAgreement', { agreementId: first.id, reason: 'Done' })),
    ).toEqual(['Barnet ACCEPTED', 'Brent LEFT', 'Ealing ACCEPTED']);
    const removal = { agreementId: second.id, organisationId: BARNET, reason: 'It asked to' };
    expect(partsOf(await agreement('alliance-lead', 'removeFromSharingAgreement', removal))).toEqual(['Brent LEFT']);
    const nobody = await send('alliance-lead', 'removeFromSharingAgreement', removal, AGREED);
    expect(nobody.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: 'input.organisationId' } }]);
  });

  it('is reviewed by whoever knows its review date, and not once it is over', async () => {
    const review = { agreementId: second.id, reviewOn: '2098-01-01', expectedReviewOn: '2097-01-01' };
    const stale = await send('alliance-admin', 'reviewSharingAgreement', review, AGREED);
    expect(stale.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
    await agreement('alliance-admin', 'reviewSharingAgreement', { ...review, expectedReviewOn: '2099-01-01' });
    await agreement('alliance-admin', 'endSharingAgreement', { agreementId: first.id, reason: 'Replaced' });
    for (const [mutation, input] of [
      ['reviewSharingAgreement', { ...review, expectedReviewOn: '2098-01-01' }],
      ['endSharingAgreement', { agreementId: second.id, reason: 'Again' }],
      ['amendSharingAgreement', { agreementId: second.id, terms: later }],
      ['inviteToSharingAgreement', { agreementId: second.id, members: [{ organisationId: EALING }] }],
    ] as const) {
      const { errors } = await send('alliance-admin', mutation, input, AGREED);
      expect([mutation, errors?.[0]?.extensions.code]).toEqual([mutation, 'CONFLICT']);
    }
    const refused = await send('barnet-ig', 'acceptSharingAgreement', { agreementId: second.id }, AGREED);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  });
});

describe('an urgent disclosure', () => {
  let sharedId: string;

  beforeAll(async () => {
    const flag = {
      ...TIDEWELL,
      kind: 'OTHER',
      severity: 'LOW',
      summary: 'A flag of a test',
      sharing: { level: 'OWN_BOROUGH', reason: 'Ours' },
    };
    const { data } = await send('brent-placements', 'raiseFlag', flag, 'flag { id }');
    sharedId = data?.['raiseFlag']?.['flag']?.id ?? '';
  });

  const disclosing = (input: Input) =>
    send(
      'brent-placements',
      'urgentDisclosure',
      { sharedId, boroughIds: [EALING], fearedHarm: 'Harm', reason: 'Night', ...input },
      'disclosure { id }',
    );

  it.each<[string, Input, string]>([
    ['to nobody', { boroughIds: [] }, 'input.boroughIds'],
    ['to itself', { boroughIds: [BRENT, EALING] }, 'input.boroughIds'],
    ['to nobody there is', { boroughIds: [newId()] }, 'input.boroughIds'],
    ['without the harm', { fearedHarm: '' }, 'input.fearedHarm'],
    ['without a reason', { reason: ' ' }, 'input.reason'],
    ['with a young person’s NHS number', { fearedHarm: 'Of 943 476 5919.' }, 'input.fearedHarm'],
    ['with somebody’s own telephone', { reason: 'Ring 07700 900123.' }, 'input.reason'],
  ])('is not made %s', async (_name, input, path) => {
    expect((await disclosing(input)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path } }]);
  });

  it('is made once under its key, can stand, and be ended later', async () => {
    const key = { idempotencyKey: newId() };
    const [once, again] = [await disclosing(key), await disclosing(key)];
    expect(again.data).toEqual(once.data);
    const other = await disclosing({ ...key, reason: 'Another' });
    expect(other.errors).toMatchObject([{ extensions: { code: 'CONFLICT', path: 'input.idempotencyKey' } }]);
    const disclosureId = once.data?.['urgentDisclosure']?.['disclosure']?.id;
    const review = (outcome: string, expectedVersion: number) =>
      send(
        'brent-ig',
        'reviewUrgentDisclosure',
        { disclosureId, outcome, reason: 'So', expectedVersion },
        'disclosure { outcome version }',
      );
    expect((await review('STANDS', 2)).errors).toMatchObject([{ extensions: { code: 'CONFLICT', version: 1 } }]);
    expect((await review('STANDS', 1)).data).toMatchObject({
      reviewUrgentDisclosure: { disclosure: { outcome: 'STANDS', version: 2 } },
    });
    expect((await review('ENDED', 2)).data).toMatchObject({
      reviewUrgentDisclosure: { disclosure: { outcome: 'ENDED', version: 3 } },
    });
  });

  it('is not made of what is over', async () => {
    const client = await accord.as('brent-quality');
    const input = { flagId: sharedId, reason: 'Settled', idempotencyKey: newId() };
    await client.data('mutation($input: FlagActionInput!) { resolveFlag(input: $input) { flag { id } } }', { input });
    expect((await disclosing({})).errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  });
});

test('a group takes an organisation once at a time, for days to come', async () => {
  const GROUP = 'group { id version members { memberFrom memberUntil } }';
  const create = (members: readonly Input[]) =>
    send('brent-ig', 'createBoroughGroup', { name: 'A group', hidesMembers: false, members }, GROUP);
  for (const [members, path] of [
    [[{ organisationId: BARNET }, { organisationId: BARNET }], 'input.members'],
    [[{ organisationId: BARNET, memberFrom: inDays(-1) }], 'input.members.0.memberFrom'],
    [[{ organisationId: BARNET, memberUntil: today }], 'input.members.0.memberUntil'],
    [[{ organisationId: newId() }], 'input.members'],
  ] as const)
    expect((await create(members)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path } }]);
  const groupId = (await create([{ organisationId: BARNET }])).data?.['createBoroughGroup']?.['group']?.id;
  const members = [{ organisationId: BARNET }];
  const twice = await send('brent-ig', 'addToBoroughGroup', { groupId, expectedVersion: 1, members }, GROUP);
  expect(twice.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: 'input.members.0' } }]);
  const out = { groupId, expectedVersion: 1, organisationId: BARNET };
  expect((await send('brent-ig', 'removeFromBoroughGroup', out, GROUP)).errors).toBeUndefined();
  const back = await send('brent-ig', 'addToBoroughGroup', { groupId, expectedVersion: 2, members }, GROUP);
  expect(back.data).toMatchObject({
    addToBoroughGroup: { group: { version: 3, members: [{ memberFrom: today, memberUntil: null }] } },
  });
});

test('a refusal to share names what it was about, and a provider only where there is one', async () => {
  const refusal = { askedBy: 'A landlord', about: 'A flag', reason: 'No need to know' };
  const record = (input: Input) =>
    send('brent-placements', 'recordSharingRefusal', { ...refusal, ...input }, 'refusal { id }');
  expect((await record({ reason: '' })).errors).toMatchObject([{ extensions: { path: 'input.reason' } }]);
  expect((await record({ providerId: newId() })).errors).toMatchObject([{ extensions: { path: 'input.providerId' } }]);
  expect((await record({})).errors).toBeUndefined();
});
