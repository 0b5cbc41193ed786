import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { accessFeature } from '@accord/access';
import {
  AccreditationStage,
  AppealOutcome,
  PutOffBy,
  StageOutcome,
  turnAccreditationClock,
} from '@accord/accreditation';
import { organisationId } from '@accord/infra';
import { createOrm } from '@accord/persistence';
import { AccreditationStatus } from '@accord/providers';
import { createTestDatabase, EXAMPLE_WORLD } from '@accord/testkit';
import { Fernlock, newKey } from './support/fernlock.js';

const { ACCREDITED, SUSPENDED, REVIEW_OVERDUE, INTERIM_SUSPENDED } = AccreditationStatus;

/** No gateway and no worker run here: the moments are the test's own. */
describe('what falls due', () => {
  let fernlock: Fernlock;

  beforeAll(async () => {
    fernlock = await Fernlock.open();
  });

  beforeEach(() => fernlock.begin('2026-12-01T10:00:00Z'));

  afterAll(() => fernlock.close());

  test('nothing falls due in the example world as it is loaded', async () => {
    const fresh = await createTestDatabase(EXAMPLE_WORLD);
    const worker = await createOrm({ url: fresh.urls.worker, entities: accessFeature.entities, pool: 2 });
    expect(await turnAccreditationClock(worker, new Date())).toEqual({ done: 0, faults: [] });
    await worker.close();
    await fresh.drop();
  });

  test.each([
    {
      name: 'winter time ends in the night before',
      day: '2027-03-29',
      before: '2027-03-28T22:59:59Z',
      after: '2027-03-28T23:00:00Z',
    },
    {
      name: 'winter time begins on the day before',
      day: '2027-11-01',
      before: '2027-10-31T23:59:59Z',
      after: '2027-11-01T00:00:00Z',
    },
    { name: 'in winter', day: '2027-01-15', before: '2027-01-14T23:59:59Z', after: '2027-01-15T00:00:00Z' },
  ])('a decision dated ahead takes effect at midnight in London: $name', async ({ day, before, after }) => {
    await fernlock.approve(await fernlock.propose(ACCREDITED, { effectiveFrom: day }));
    expect(await fernlock.turn(before)).toEqual({ done: 0, faults: [] });
    expect((await fernlock.standing())?.status).toBe('IN_ASSESSMENT');
    expect(await fernlock.turn(after)).toEqual({ done: 1, faults: [] });
    expect(await fernlock.standing()).toMatchObject({ status: 'ACCREDITED', effective_from: day });
  });

  test('the clock turned twice, and by two workers at once, does it once', async () => {
    await fernlock.approve(await fernlock.propose(ACCREDITED, { effectiveFrom: '2027-01-15' }));
    const told = (await fernlock.events('ACCREDITATION_CHANGED')).length;
    const turns = await Promise.all([0, 1, 0, 1].map((worker) => fernlock.turn('2027-01-15T08:00:00Z', worker)));
    expect(turns.flatMap(({ faults }) => faults)).toEqual([]);
    expect(turns.reduce((sum, { done }) => sum + done, 0)).toBe(1);
    expect(await fernlock.turn('2027-01-15T08:01:00Z')).toEqual({ done: 0, faults: [] });
    expect(await fernlock.events('ACCREDITATION_CHANGED')).toHaveLength(told + 1);
    expect(
      await fernlock.rows('select from accreditation_change where provider_id = $1 and cause = $2', [
        fernlock.id,
        'DECISION',
      ]),
    ).toHaveLength(1);
  });

  test('a decision dated ahead gives way to what is decided before its day', async () => {
    await fernlock.approve(await fernlock.propose(ACCREDITED, { effectiveFrom: '2027-01-15' }));
    const later = await fernlock.propose(ACCREDITED, { effectiveFrom: '2027-02-01' });
    await fernlock.approve(later);
    await fernlock.turn('2027-01-20T08:00:00Z');
    expect((await fernlock.standing())?.status).toBe('IN_ASSESSMENT');
    await fernlock.turn('2027-02-01T08:00:00Z');
    expect(await fernlock.standing()).toMatchObject({ status: 'ACCREDITED', effective_from: '2027-02-01' });
  });

  test('a decision dated ahead does not give the mark back to who is suspended before its day', async () => {
    await fernlock.approve(await fernlock.propose(ACCREDITED));
    const renewal = await fernlock.propose(ACCREDITED, { effectiveFrom: '2027-01-15' });
    await fernlock.approve(renewal);
    const suspension = await fernlock.suspend();
    await fernlock.approve(suspension, 'alliance-deputy');
    await fernlock.turn('2027-01-15T08:00:00Z');
    expect((await fernlock.standing())?.status).toBe(INTERIM_SUSPENDED);
    expect(await fernlock.rows('select decision_id, reason from accreditation_set_aside')).toEqual([
      { decision_id: renewal, reason: 'Since then: INTERIM_SUSPENDED.' },
    ]);
  });

  test('a stage that no longer passes keeps a decision dated ahead from taking effect', async () => {
    const decision = await fernlock.propose(ACCREDITED, { effectiveFrom: '2027-01-15' });
    await fernlock.approve(decision);
    const expectedVersion = await fernlock.version();
    await fernlock.as('alliance-accreditation', ({ accreditation }) =>
      accreditation.assess({
        providerId: fernlock.id,
        stage: AccreditationStage.PAPERWORK,
        outcome: StageOutcome.NOT_PASSED,
        expectedVersion,
        ...newKey(),
      }),
    );
    await fernlock.turn('2027-01-15T08:00:00Z');
    expect((await fernlock.standing())?.status).toBe('IN_ASSESSMENT');
    expect(await fernlock.rows('select from accreditation_set_aside where decision_id = $1', [decision])).toHaveLength(
      1,
    );
  });

  test('a review that the alliance is late with is overdue and nothing worse, and the leads are told once', async () => {
    await fernlock.approve(await fernlock.propose(ACCREDITED, { reviewDue: '2027-06-01' }));
    await fernlock.turn('2027-05-03T12:00:00Z');
    expect(await fernlock.events('ACCREDITATION_REVIEW_DUE')).toEqual([]);
    for (const moment of ['2027-05-04T12:00:00Z', '2027-05-05T12:00:00Z', '2027-06-01T22:30:00Z'])
      await fernlock.turn(moment);
    expect(await fernlock.events('ACCREDITATION_REVIEW_DUE')).toEqual([{ recipients: [organisationId('ALLIANCE')] }]);
    expect((await fernlock.standing())?.status).toBe('ACCREDITED');
    // Midnight in London, in summer.
    await fernlock.turn('2027-06-01T23:00:00Z');
    expect(await fernlock.standing()).toMatchObject({
      status: REVIEW_OVERDUE,
      effective_from: '2027-06-02',
      review_due: '2027-06-01',
    });
    await fernlock.turn('2029-01-01T12:00:00Z');
    expect((await fernlock.standing())?.status).toBe(REVIEW_OVERDUE);
    fernlock.at('2029-01-02T12:00:00Z');
    await fernlock.approve(await fernlock.propose(ACCREDITED));
    expect(await fernlock.standing()).toMatchObject({ status: ACCREDITED, review_due: '2031-01-02' });
  });

  test('two workers that found the same thing due tell of it once', async () => {
    await fernlock.approve(await fernlock.propose(ACCREDITED, { reviewDue: '2027-06-01' }));
    const turns = await fernlock.whileLocked(2, () =>
      [0, 1].map((worker) => fernlock.turn('2027-05-10T12:00:00Z', worker)),
    );
    expect(turns).toEqual(
      expect.arrayContaining([
        { done: 1, faults: [] },
        { done: 0, faults: [] },
      ]),
    );
    expect(await fernlock.events('ACCREDITATION_REVIEW_DUE')).toHaveLength(1);
  });

  test('an interim suspension holds at once, another lead ratifies it, and a late ratification is told once', async () => {
    await fernlock.approve(await fernlock.propose(ACCREDITED));
    // A Friday: two working days end with Tuesday's last minute.
    fernlock.at('2026-12-04T16:00:00Z');
    const suspension = await fernlock.suspend();
    expect((await fernlock.standing())?.status).toBe(INTERIM_SUSPENDED);
    await expect(fernlock.approve(suspension, 'alliance-lead')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await fernlock.turn('2026-12-08T23:30:00Z');
    expect(await fernlock.events('ACCREDITATION_RATIFICATION_LATE')).toEqual([]);
    await fernlock.turn('2026-12-09T00:00:00Z');
    await fernlock.turn('2026-12-09T00:01:00Z', 1);
    expect(await fernlock.events('ACCREDITATION_RATIFICATION_LATE')).toHaveLength(1);
    // Late is late and not lifted: the young people come first.
    expect((await fernlock.standing())?.status).toBe(INTERIM_SUSPENDED);
    await fernlock.approve(suspension, 'alliance-deputy');
    expect((await fernlock.standing())?.status).toBe(INTERIM_SUSPENDED);
  });

  test('not ratified, what stood before stands again', async () => {
    await fernlock.approve(await fernlock.propose(ACCREDITED, { reviewDue: '2028-05-01' }));
    const suspension = await fernlock.suspend();
    await fernlock.as('alliance-deputy', ({ decisions }) =>
      decisions.reject({ decisionId: suspension, reason: 'One source, not checked', ...newKey() }),
    );
    expect(await fernlock.standing()).toMatchObject({ status: ACCREDITED, review_due: '2028-05-01' });
    await expect(fernlock.approve(suspension, 'alliance-deputy')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('two leads at once: one decides, the other is told that it is decided', async () => {
    const decision = await fernlock.propose(ACCREDITED);
    const outcomes = await Promise.allSettled([
      fernlock.approve(decision, 'alliance-lead'),
      fernlock.as('alliance-deputy', ({ decisions }) =>
        decisions.reject({ decisionId: decision, reason: 'Not yet', ...newKey() }),
      ),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/already/) as unknown });
    expect(await fernlock.rows('select from accreditation_verdict where proposal_id = $1', [decision])).toHaveLength(1);
  });

  test('an adverse decision waits for the fourteenth day, telling put off waits with it and is looked at again', async () => {
    await fernlock.approve(await fernlock.propose(ACCREDITED));
    const decision = await fernlock.propose(SUSPENDED);
    await fernlock.as('alliance-accreditation', ({ hearing }) =>
      hearing.putOff({
        decisionId: decision,
        by: PutOffBy.POLICE,
        reason: 'An arrest is planned',
        reviewOn: '2026-12-10',
        ...newKey(),
      }),
    );
    await fernlock.turn('2026-12-09T12:00:00Z');
    expect(await fernlock.events('ACCREDITATION_TELLING_DUE')).toEqual([]);
    for (const worker of [0, 1]) await fernlock.turn('2026-12-10T08:00:00Z', worker);
    expect(await fernlock.events('ACCREDITATION_TELLING_DUE')).toHaveLength(1);
    fernlock.at('2027-01-20T12:00:00Z');
    await expect(fernlock.approve(decision)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/tell it the gist/) as unknown,
    });
    await fernlock.as('alliance-accreditation', ({ hearing }) =>
      hearing.tell({ decisionId: decision, gist: 'Staffing at night', ...newKey() }),
    );
    fernlock.at('2027-02-03T23:58:00Z');
    await expect(fernlock.approve(decision)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/23:59 on 2027-02-03/) as unknown,
    });
    fernlock.at('2027-02-04T00:00:00Z');
    await fernlock.approve(decision);
    expect((await fernlock.standing())?.status).toBe(SUSPENDED);
  });

  test('an appeal is decided by somebody who had no part in it, and upheld gives back what stood before', async () => {
    await fernlock.approve(await fernlock.propose(ACCREDITED, { reviewDue: '2028-05-01' }));
    const decision = await fernlock.propose(SUSPENDED);
    const file = { decisionId: decision };
    await fernlock.as('alliance-accreditation', ({ hearing }) =>
      hearing.tell({ ...file, gist: 'Staffing at night', ...newKey() }),
    );
    await fernlock.as('alliance-accreditation', ({ hearing }) =>
      hearing.reply({ ...file, reply: 'Not so', isComplete: true, ...newKey() }),
    );
    await fernlock.approve(decision);
    const upheld = { ...file, outcome: AppealOutcome.UPHELD, reason: 'The rota was there' };
    await expect(
      fernlock.as('alliance-deputy', ({ hearing }) => hearing.decideAppeal({ ...upheld, ...newKey() })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    fernlock.at('2026-12-29T12:00:00Z');
    await fernlock.as('alliance-accreditation', ({ hearing }) =>
      hearing.appeal({ ...file, grounds: 'The rota was there', ...newKey() }),
    );
    await expect(
      fernlock.as('alliance-lead', ({ hearing }) => hearing.decideAppeal({ ...upheld, ...newKey() })),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await fernlock.as('alliance-deputy', ({ hearing }) => hearing.decideAppeal({ ...upheld, ...newKey() }));
    expect(await fernlock.standing()).toMatchObject({ status: ACCREDITED, review_due: '2028-05-01' });
  });

  test('an appeal comes within 28 days', async () => {
    await fernlock.approve(await fernlock.propose(ACCREDITED));
    const suspension = await fernlock.suspend();
    fernlock.at('2026-12-30T12:00:00Z');
    await expect(
      fernlock.as('alliance-accreditation', ({ hearing }) =>
        hearing.appeal({ decisionId: suspension, grounds: 'Too hasty', ...newKey() }),
      ),
    ).rejects.toMatchObject({ code: 'CONFLICT', message: 'The time to appeal ended on 2026-12-29.' });
  });
});
