import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { organisationId } from '@accord/infra';
import { londonDate, WORKING_DAYS } from '@accord/kernel';
import { TestAccord, until, type TestClient } from '@accord/testkit';
import { streamsOpened } from '../contract/support/wait.js';
import { Acts, type Input } from './support/acts.js';
import { act, alertsOf, at, inbox, RAISE, raiseFlag, subscribeToAlerts, type Alerts } from './alliance.js';

/** How boroughs come to share, and stop: agreements, a group, and the night when no agreement covers it. */

const [BRENT, BARNET, EALING, HAVERING] = ['E09000005', 'E09000003', 'E09000009', 'E09000016'].map(organisationId) as [
  string,
  string,
  string,
  string,
];
const AMBLEPORT_ROW = at('Ambleport Housing Ltd', 'Ambleport Row');
const today = londonDate(new Date());

let accord: TestAccord;
let ealingsStream: Alerts;
let barnetsStream: Alerts;
let haveringsStream: Alerts;
let agreementId: string;
let flagId: string;
let nightFlag: string;

beforeAll(async () => {
  accord = await TestAccord.start();
  [ealingsStream, barnetsStream, haveringsStream] = (await Promise.all(
    ['ealing-placements', 'barnet-placements', 'havering-quality'].map(async (name) =>
      subscribeToAlerts(await accord.as(name)),
    ),
  )) as [Alerts, Alerts, Alerts];
  await streamsOpened(accord.url, 3);
});

afterAll(async () => {
  for (const stream of [ealingsStream, barnetsStream, haveringsStream]) stream.close();
  await accord.stop();
});

const acts = new Acts(() => accord);

const agreement = (persona: string, mutation: string, input: Input) =>
  acts.do(persona, mutation, 'agreement { id state members { organisation { name } part } }', input);

const TERMS = {
  classes: ['FLAG'],
  purpose: 'To tell of dangers at night',
  lawfulBases: ['PUBLIC_TASK', 'SAFEGUARDING_SPECIAL_CATEGORY'],
  dpiaReference: 'DPIA 12',
  inForceFrom: today,
  reviewOn: '2099-01-01',
};

const FLAG = 'query($id: ID!) { flag(id: $id) { summary existenceOnly } }';
const seen = async (persona: string, id: string) =>
  (await accord.as(persona)).send<{ flag: object | null }>(FLAG, { id });
const flagOf = async (persona: string, id: string) => (await seen(persona, id)).data?.flag ?? null;
const heard = (stream: Alerts, id: string) =>
  alertsOf(stream)
    .filter(({ flag }) => flag?.id === id)
    .map(({ kind }) => kind);

const openAtAmbleport = async (client: TestClient): Promise<number> => {
  const { providers } = await client.data<{ providers: { nodes: { openFlagCount: number }[] } }>(
    '{ providers(first: 1, filter: { search: "ambleport" }) { nodes { openFlagCount } } }',
  );
  return providers.nodes[0]?.openFlagCount ?? -1;
};

const toEaling = { level: 'NAMED', boroughIds: [EALING], reason: 'They place there' };
const newFlag = (summary: string, sharing: Input, home = {}) => ({
  ...at('Lanternfield Supported Living Ltd', 'Lantern Yard'),
  kind: 'SAFEGUARDING_CONCERN',
  severity: 'HIGH',
  summary,
  sharing,
  idempotencyKey: randomUUID(),
  ...home,
});

const subjectsOf = async (persona: string) => (await inbox(await accord.as(persona))).map(({ subject }) => subject);

const told = (persona: string, subject: RegExp) =>
  until(async () => (await subjectsOf(persona)).some((each) => subject.test(each)));

test('the alliance drafts an agreement; it covers nobody until both sides have accepted it', async () => {
  const officers = (await accord.as('brent-ig')).subscribe(
    'subscription { providerAlerts(filter: { kind: [SHARING_AGREEMENT_PROPOSED] }) { kind agreementId provider { id } flag { id } occurredAt } }',
  );
  await streamsOpened(accord.url, 4);
  const draft = await agreement('alliance-admin', 'draftSharingAgreement', {
    name: 'Nights agreement',
    terms: TERMS,
    members: [{ organisationId: BRENT }, { organisationId: EALING }],
  });
  agreementId = (draft['agreement'] as { id: string }).id;
  expect((await officers.has(1)).map(({ data }) => data)).toMatchObject([
    { providerAlerts: { kind: 'SHARING_AGREEMENT_PROPOSED', agreementId, provider: null, flag: null } },
  ]);
  officers.close();
  expect(draft).toMatchObject({
    agreement: { state: 'IN_FORCE', members: [{ part: 'INVITED' }, { part: 'INVITED' }] },
  });
  for (const persona of ['brent-ig', 'ealing-ig'])
    await told(persona, /^Nights agreement: sharing agreement to be accepted$/);
  expect(await subjectsOf('brent-placements')).not.toContainEqual(expect.stringContaining('Nights agreement'));

  flagId = await raiseFlag(await accord.as('brent-quality'), { ...AMBLEPORT_ROW, summary: 'Nobody on duty at night.' });
  await agreement('brent-ig', 'acceptSharingAgreement', { agreementId });
  const early = await (await accord.as('brent-placements')).send(RAISE, { input: newFlag('Too early', toEaling) });
  expect(early.errors).toMatchObject([
    { message: expect.stringContaining('No sharing agreement in force covers this with Ealing') as unknown },
  ]);
  expect(await flagOf('ealing-placements', flagId)).toEqual({ summary: null, existenceOnly: true });
  expect(
    (
      await acts.send('ealing-placements', 'acceptSharingAgreement', 'agreement { id }', {
        agreementId,
      })
    ).errors,
  ).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('once Ealing has accepted, it learns what is open, and what is shared with it arrives', async () => {
  await agreement('ealing-ig', 'acceptSharingAgreement', { agreementId });
  await until(() => heard(ealingsStream, flagId).length === 2);
  expect(heard(ealingsStream, flagId)).toEqual(['FLAG_RAISED', 'FLAG_RAISED']);
  expect(await flagOf('ealing-placements', flagId)).toMatchObject({ summary: 'Nobody on duty at night.' });
  const shared = await raiseFlag(await accord.as('brent-placements'), newFlag('Shared with Ealing', toEaling));
  await until(() => heard(ealingsStream, shared).length === 1);
  expect(await flagOf('ealing-placements', shared)).toMatchObject({ summary: 'Shared with Ealing' });

  const before = await openAtAmbleport(await accord.as('ealing-placements'));
  await agreement('ealing-ig', 'leaveSharingAgreement', { agreementId, reason: 'Another agreement takes its place' });
  expect((await seen('ealing-placements', shared)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  // It places at Ambleport Row: that something is there it knows, whatever the agreements.
  expect(await flagOf('ealing-placements', flagId)).toEqual({ summary: null, existenceOnly: true });
  expect(await openAtAmbleport(await accord.as('ealing-placements'))).toBe(before);
  await until(() => heard(ealingsStream, shared).length === 2);
  expect(heard(ealingsStream, shared)).toEqual(['FLAG_RAISED', 'ACCESS_ENDED']);
  expect(alertsOf(ealingsStream).at(-1)?.flag).toMatchObject({ summary: null, raisedBy: null });
  await until(
    async () => !(await subjectsOf('ealing-placements')).some((each) => /Lantern Yard.*flag raised/.test(each)),
  );
  const later = await (await accord.as('brent-placements')).send(RAISE, { input: newFlag('Too late', toEaling) });
  expect(later.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('who has left accepts again when asked again, and the alliance can end the agreement for all', async () => {
  const again = await acts.send('ealing-ig', 'acceptSharingAgreement', 'agreement { id }', {
    agreementId,
  });
  expect(again.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  const ended = await agreement('alliance-lead', 'endSharingAgreement', { agreementId, reason: 'Replaced' });
  expect(ended).toMatchObject({ agreement: { state: 'OVER' } });
  await told('brent-ig', /^Nights agreement: sharing agreement ended for your organisation$/);
});

test('at ten at night no agreement covers it: Brent discloses urgently, and both officers are told at once', async () => {
  const kept = { level: 'OWN_BOROUGH', reason: 'Being looked into' };
  nightFlag = await raiseFlag(await accord.as('brent-placements'), newFlag('No staff tonight', kept));
  expect(await flagOf('ealing-placements', nightFlag)).toBeNull();
  const { disclosure } = (await acts.do('brent-placements', 'urgentDisclosure', 'disclosure { id reviewBy version }', {
    sharedId: nightFlag,
    boroughIds: [EALING],
    fearedHarm: 'A young person of Ealing’s moves in tonight',
    reason: 'Ealing’s out-of-hours officer asked at ten',
  })) as { disclosure: { id: string; reviewBy: string } };
  expect(disclosure).toMatchObject({ reviewBy: WORKING_DAYS.after(today, 2).day });
  await until(() => heard(ealingsStream, nightFlag).length === 1);
  expect(await flagOf('ealing-placements', nightFlag)).toMatchObject({ summary: 'No staff tonight' });
  expect(await flagOf('barnet-placements', nightFlag)).toBeNull();
  for (const persona of ['brent-ig', 'ealing-ig']) {
    await told(persona, /^Lantern Yard, .*: HIGH disclosed urgently; review within 2 working days$/);
    const { urgentDisclosures } = await (
      await accord.as(persona)
    ).data<{ urgentDisclosures: { nodes: object[] } }>(
      '{ urgentDisclosures(first: 5, awaitingReview: true) { nodes { id fearedHarm owner { name } } } }',
    );
    expect(urgentDisclosures.nodes).toMatchObject([{ id: disclosure.id, owner: { name: 'Brent' } }]);
  }
  expect(await subjectsOf('barnet-ig')).not.toContainEqual(expect.stringContaining('urgently'));

  const review = {
    disclosureId: disclosure.id,
    outcome: 'ENDED',
    reason: 'They were moved elsewhere',
    expectedVersion: 1,
  };
  const select = 'disclosure { outcome reviewedBy version }';
  const reviewed = await acts.do('brent-ig', 'reviewUrgentDisclosure', select, review);
  expect(reviewed).toEqual({
    disclosure: { outcome: 'ENDED', reviewedBy: 'Brent information governance officer', version: 2 },
  });
  expect(await flagOf('ealing-placements', nightFlag)).toBeNull();
  await until(() => heard(ealingsStream, nightFlag).length === 2);
  expect(heard(ealingsStream, nightFlag)).toEqual(['FLAG_RAISED', 'ACCESS_ENDED']);
  const twice = await acts.send('brent-ig', 'reviewUrgentDisclosure', select, {
    ...review,
    expectedVersion: 2,
  });
  expect(twice.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
});

test('what is put back into the own borough is disclosed to nobody any more', async () => {
  const flag = await raiseFlag(
    await accord.as('brent-placements'),
    newFlag('For a night', { level: 'OWN_BOROUGH', reason: 'Ours' }),
  );
  const input = { sharedId: flag, boroughIds: [EALING, HAVERING], fearedHarm: 'Tonight', reason: 'It cannot wait' };
  await acts.do('brent-placements', 'urgentDisclosure', 'disclosure { id }', input);
  expect(await flagOf('ealing-placements', flag)).not.toBeNull();
  const all = await acts.send('brent-placements', 'urgentDisclosure', 'disclosure { id }', input);
  expect(all.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: 'input.boroughIds' } }]);
  await acts.do('brent-placements', 'changeFlagSharing', 'flag { id }', {
    flagId: flag,
    expectedVersion: 1,
    sharing: { level: 'OWN_BOROUGH', reason: 'It was nothing' },
  });
  for (const persona of ['ealing-placements', 'havering-quality']) expect(await flagOf(persona, flag)).toBeNull();
  await until(() => heard(ealingsStream, flag).includes('ACCESS_ENDED'));
});

test('a group that hides its members: whoever is taken out of it hears no more from the next event on', async () => {
  const select = 'group { id version members { organisation { name } } }';
  const { group } = (await acts.do('brent-ig', 'createBoroughGroup', select, {
    name: 'Night cover',
    hidesMembers: true,
    members: [{ organisationId: BARNET }, { organisationId: HAVERING }],
  })) as { group: { id: string; members: object[] } };
  expect(group.members).toHaveLength(2);
  const { boroughGroups } = await (
    await accord.as('barnet-placements')
  ).data<{ boroughGroups: { id: string; members: object[] }[] }>(
    '{ boroughGroups { id members { organisation { name } } } }',
  );
  expect(boroughGroups.find(({ id }) => id === group.id)?.members).toEqual([{ organisation: { name: 'Barnet' } }]);

  const toGroup = { level: 'NAMED', groupIds: [group.id], reason: 'They cover the nights' };
  const first = await raiseFlag(await accord.as('brent-placements'), newFlag('To the group', toGroup));
  await until(() => heard(barnetsStream, first).length === 1);
  const change = { groupId: group.id, expectedVersion: 1, organisationId: BARNET };
  await acts.do('brent-ig', 'removeFromBoroughGroup', select, change);
  expect(await flagOf('barnet-placements', first)).toBeNull();
  const second = await raiseFlag(await accord.as('brent-placements'), newFlag('To the rest', toGroup));
  await until(() => heard(haveringsStream, second).length === 1 && heard(barnetsStream, first).length === 2);
  expect(heard(barnetsStream, first)).toEqual(['FLAG_RAISED', 'ACCESS_ENDED']);
  expect(heard(barnetsStream, second)).toEqual([]);

  const stale = await acts.send('brent-ig', 'removeFromBoroughGroup', select, {
    ...change,
    organisationId: HAVERING,
  });
  expect(stale.errors).toMatchObject([{ extensions: { code: 'CONFLICT', version: 2 } }]);
  await acts.do('brent-ig', 'retireBoroughGroup', select, {
    groupId: group.id,
    expectedVersion: 2,
  });
  expect(await flagOf('havering-quality', second)).toBeNull();
  const named = await (await accord.as('brent-placements')).send(RAISE, { input: newFlag('To nobody', toGroup) });
  expect(named.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: 'input.sharing.groupIds' } }]);
  expect((await act(await accord.as('brent-quality'), 'resolveFlag', second, 'Settled')).errors).toBeUndefined();
});

test('a refusal to share is recorded with its reason, for the own officer', async () => {
  await acts.do('brent-placements', 'recordSharingRefusal', 'refusal { id }', {
    askedBy: 'A landlord',
    providerId: AMBLEPORT_ROW.providerId,
    about: 'Whether there is a flag',
    reason: 'No need to know',
  });
  const refusals = async (persona: string) =>
    (await accord.as(persona)).data<{ sharingRefusals: { nodes: { askedBy: string }[] } }>(
      '{ sharingRefusals(first: 5) { nodes { askedBy about reason providerId recordedBy } } }',
    );
  expect((await refusals('brent-ig')).sharingRefusals.nodes.map(({ askedBy }) => askedBy)).toEqual([
    'A landlord',
    'A newspaper, news desk',
  ]);
  expect((await refusals('barnet-ig')).sharingRefusals.nodes).toEqual([]);
});
