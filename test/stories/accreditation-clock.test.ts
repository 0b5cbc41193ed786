import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { accessFeature } from '@accord/access';
import {
  AccreditationStage,
  AppealOutcome,
  PutOffBy,
  StageOutcome,
  turnAccreditationClock,
} from '@accord/accreditation';
import { organisationId, providerId } from '@accord/infra';
import { createOrm } from '@accord/persistence';
import { AccreditationStatus } from '@accord/providers';
import { createTestDatabase, EXAMPLE_WORLD, type TestDatabase } from '@accord/testkit';
import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { StaffRoom } from './support/staff.js';

const FERNLOCK = providerId('Fernlock Living Ltd');
const { ACCREDITED, SUSPENDED, REVIEW_OVERDUE, INTERIM_SUSPENDED } = AccreditationStatus;

/** No gateway and no worker run here: the moments are the test's own. */
describe('what falls due', () => {
  let database: TestDatabase;
  let room: StaffRoom;
  let owner: pg.Client;
  const workers: MikroORM[] = [];

  const key = () => ({ idempotencyKey: randomUUID() });
  const rows = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    (await owner.query(sql, values)).rows as T[];
  const at = (moment: string): StaffRoom => Object.assign(room, { now: new Date(moment) });
  const turn = (moment: string, worker = workers[0]): Promise<{ done: number; faults: readonly Error[] }> =>
    turnAccreditationClock(worker as MikroORM, new Date(moment));
  const standing = async (): Promise<{ status: string; effective_from: string; review_due: string | null }> =>
    (
      await rows<{ status: string; effective_from: string; review_due: string | null }>(
        'select status, effective_from::text, review_due::text from accreditation_standing where provider_id = $1',
        [FERNLOCK],
      )
    )[0] as { status: string; effective_from: string; review_due: string | null };
  const version = async (): Promise<number> =>
    (await rows<{ version: number }>('select version from accreditation_file where provider_id = $1', [FERNLOCK]))[0]
      ?.version ?? 1;
  const events = (kind: string) =>
    rows<{ recipients: string[] | null }>('select recipients from outbox_event where provider_id = $1 and kind = $2', [
      FERNLOCK,
      kind,
    ]);

  const passAllStages = async (): Promise<void> => {
    for (const stage of Object.values(AccreditationStage)) {
      const expectedVersion = await version();
      await room.as('alliance-accreditation', ({ accreditation }) =>
        accreditation.assess({ providerId: FERNLOCK, stage, outcome: StageOutcome.PASSED, expectedVersion, ...key() }),
      );
    }
  };
  const propose = async (
    status: AccreditationStatus,
    more: { effectiveFrom?: string; reviewDue?: string } = {},
  ): Promise<string> => {
    const expectedVersion = await version();
    return room.as('alliance-accreditation', ({ decisions }) =>
      decisions.propose({
        providerId: FERNLOCK,
        status,
        reason: 'As the file says',
        expectedVersion,
        ...more,
        ...key(),
      }),
    );
  };
  const approve = (decisionId: string, persona = 'alliance-lead') =>
    room.as(persona, ({ decisions }) => decisions.approve({ decisionId, reason: 'Agreed', ...key() }));
  const suspend = (persona = 'alliance-lead') =>
    room.as(persona, ({ decisions }) =>
      decisions.suspendInterim({ providerId: FERNLOCK, reason: 'Feared harm', ...key() }),
    );

  beforeAll(async () => {
    database = await createTestDatabase(EXAMPLE_WORLD);
    room = await StaffRoom.open(database);
    owner = new pg.Client({ connectionString: database.urls.superuser });
    await owner.connect();
    for (const _ of ['one', 'two'])
      workers.push(await createOrm({ url: database.urls.worker, entities: accessFeature.entities, pool: 2 }));
  });

  /** Everything about the one provider begins anew; the other providers of the world have no say in these tests. */
  beforeEach(async () => {
    const tables = await rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_name like 'accreditation%'`,
    );
    for (const { name } of tables) await owner.query(`delete from ${name}`);
    await owner.query('delete from outbox_event');
    at('2026-12-01T10:00:00Z');
    await room.as('alliance-accreditation', ({ accreditation }) =>
      accreditation.apply({ providerId: FERNLOCK, ...key() }),
    );
    await passAllStages();
  });

  test('nothing falls due in the example world as it is loaded', async () => {
    const fresh = await createTestDatabase(EXAMPLE_WORLD);
    const worker = await createOrm({ url: fresh.urls.worker, entities: accessFeature.entities, pool: 2 });
    expect(await turnAccreditationClock(worker, new Date())).toEqual({ done: 0, faults: [] });
    await worker.close();
    await fresh.drop();
  });

  afterAll(async () => {
    for (const worker of workers) await worker.close();
    await owner.end();
    await room.close();
    await database.drop();
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
    await approve(await propose(ACCREDITED, { effectiveFrom: day }));
    expect(await turn(before)).toEqual({ done: 0, faults: [] });
    expect((await standing()).status).toBe('IN_ASSESSMENT');
    expect(await turn(after)).toEqual({ done: 1, faults: [] });
    expect(await standing()).toMatchObject({ status: 'ACCREDITED', effective_from: day });
  });

  test('the clock turned twice, and by two workers at once, does it once', async () => {
    await approve(await propose(ACCREDITED, { effectiveFrom: '2027-01-15' }));
    const told = (await events('ACCREDITATION_CHANGED')).length;
    const turns = await Promise.all([0, 1, 0, 1].map((worker) => turn('2027-01-15T08:00:00Z', workers[worker])));
    expect(turns.flatMap(({ faults }) => faults)).toEqual([]);
    expect(turns.reduce((sum, { done }) => sum + done, 0)).toBe(1);
    expect(await turn('2027-01-15T08:01:00Z')).toEqual({ done: 0, faults: [] });
    expect(await events('ACCREDITATION_CHANGED')).toHaveLength(told + 1);
    expect(
      await rows('select from accreditation_change where provider_id = $1 and cause = $2', [FERNLOCK, 'DECISION']),
    ).toHaveLength(1);
  });

  test('a decision dated ahead gives way to what is decided before its day', async () => {
    await approve(await propose(ACCREDITED, { effectiveFrom: '2027-01-15' }));
    const later = await propose(ACCREDITED, { effectiveFrom: '2027-02-01' });
    await approve(later);
    await turn('2027-01-20T08:00:00Z');
    expect((await standing()).status).toBe('IN_ASSESSMENT');
    await turn('2027-02-01T08:00:00Z');
    expect(await standing()).toMatchObject({ status: 'ACCREDITED', effective_from: '2027-02-01' });
  });

  test('a stage that no longer passes keeps a decision dated ahead from taking effect', async () => {
    const decision = await propose(ACCREDITED, { effectiveFrom: '2027-01-15' });
    await approve(decision);
    const expectedVersion = await version();
    await room.as('alliance-accreditation', ({ accreditation }) =>
      accreditation.assess({
        providerId: FERNLOCK,
        stage: AccreditationStage.PAPERWORK,
        outcome: StageOutcome.NOT_PASSED,
        expectedVersion,
        ...key(),
      }),
    );
    await turn('2027-01-15T08:00:00Z');
    expect((await standing()).status).toBe('IN_ASSESSMENT');
    expect(await rows('select from accreditation_set_aside where decision_id = $1', [decision])).toHaveLength(1);
  });

  test('a review that the alliance is late with is overdue and nothing worse, and the leads are told once', async () => {
    await approve(await propose(ACCREDITED, { reviewDue: '2027-06-01' }));
    await turn('2027-05-03T12:00:00Z');
    expect(await events('ACCREDITATION_REVIEW_DUE')).toEqual([]);
    for (const moment of ['2027-05-04T12:00:00Z', '2027-05-05T12:00:00Z', '2027-06-01T22:30:00Z']) await turn(moment);
    expect(await events('ACCREDITATION_REVIEW_DUE')).toEqual([{ recipients: [organisationId('ALLIANCE')] }]);
    expect((await standing()).status).toBe('ACCREDITED');
    // Midnight in London, in summer.
    await turn('2027-06-01T23:00:00Z');
    expect(await standing()).toMatchObject({
      status: REVIEW_OVERDUE,
      effective_from: '2027-06-02',
      review_due: '2027-06-01',
    });
    await turn('2029-01-01T12:00:00Z');
    expect((await standing()).status).toBe(REVIEW_OVERDUE);
    at('2029-01-02T12:00:00Z');
    await approve(await propose(ACCREDITED));
    expect(await standing()).toMatchObject({ status: ACCREDITED, review_due: '2031-01-02' });
  });

  test('an interim suspension holds at once, another lead ratifies it, and a late ratification is told once', async () => {
    await approve(await propose(ACCREDITED));
    // A Friday: two working days end with Tuesday's last minute.
    at('2026-12-04T16:00:00Z');
    const suspension = await suspend();
    expect((await standing()).status).toBe(INTERIM_SUSPENDED);
    await expect(approve(suspension, 'alliance-lead')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await turn('2026-12-08T23:30:00Z');
    expect(await events('ACCREDITATION_RATIFICATION_LATE')).toEqual([]);
    await turn('2026-12-09T00:00:00Z');
    await turn('2026-12-09T00:01:00Z', workers[1]);
    expect(await events('ACCREDITATION_RATIFICATION_LATE')).toHaveLength(1);
    // Late is late and not lifted: the young people come first.
    expect((await standing()).status).toBe(INTERIM_SUSPENDED);
    await approve(suspension, 'alliance-deputy');
    expect((await standing()).status).toBe(INTERIM_SUSPENDED);
  });

  test('not ratified, what stood before stands again', async () => {
    await approve(await propose(ACCREDITED, { reviewDue: '2028-05-01' }));
    const suspension = await suspend();
    await room.as('alliance-deputy', ({ decisions }) =>
      decisions.reject({ decisionId: suspension, reason: 'One source, not checked', ...key() }),
    );
    expect(await standing()).toMatchObject({ status: ACCREDITED, review_due: '2028-05-01' });
    await expect(approve(suspension, 'alliance-deputy')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('two leads at once: one decides, the other is told that it is decided', async () => {
    const decision = await propose(ACCREDITED);
    const outcomes = await Promise.allSettled([
      approve(decision, 'alliance-lead'),
      room.as('alliance-deputy', ({ decisions }) =>
        decisions.reject({ decisionId: decision, reason: 'Not yet', ...key() }),
      ),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/already/) as unknown });
    expect(await rows('select from accreditation_verdict where proposal_id = $1', [decision])).toHaveLength(1);
  });

  test('an adverse decision waits for the fourteenth day, telling put off waits with it and is looked at again', async () => {
    await approve(await propose(ACCREDITED));
    const decision = await propose(SUSPENDED);
    await room.as('alliance-accreditation', ({ hearing }) =>
      hearing.putOff({
        decisionId: decision,
        by: PutOffBy.POLICE,
        reason: 'An arrest is planned',
        reviewOn: '2026-12-10',
        ...key(),
      }),
    );
    await turn('2026-12-09T12:00:00Z');
    expect(await events('ACCREDITATION_TELLING_DUE')).toEqual([]);
    for (const worker of workers) await turn('2026-12-10T08:00:00Z', worker);
    expect(await events('ACCREDITATION_TELLING_DUE')).toHaveLength(1);
    at('2027-01-20T12:00:00Z');
    await expect(approve(decision)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/tell it the gist/) as unknown,
    });
    await room.as('alliance-accreditation', ({ hearing }) =>
      hearing.tell({ decisionId: decision, gist: 'Staffing at night', ...key() }),
    );
    at('2027-02-03T23:58:00Z');
    await expect(approve(decision)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/23:59 on 2027-02-03/) as unknown,
    });
    at('2027-02-04T00:00:00Z');
    await approve(decision);
    expect((await standing()).status).toBe(SUSPENDED);
  });

  test('an appeal is decided by somebody who had no part in it, and upheld gives back what stood before', async () => {
    await approve(await propose(ACCREDITED, { reviewDue: '2028-05-01' }));
    const decision = await propose(SUSPENDED);
    const file = { decisionId: decision };
    await room.as('alliance-accreditation', ({ hearing }) =>
      hearing.tell({ ...file, gist: 'Staffing at night', ...key() }),
    );
    await room.as('alliance-accreditation', ({ hearing }) =>
      hearing.reply({ ...file, reply: 'Not so', isComplete: true, ...key() }),
    );
    await approve(decision);
    const upheld = { ...file, outcome: AppealOutcome.UPHELD, reason: 'The rota was there' };
    await expect(
      room.as('alliance-deputy', ({ hearing }) => hearing.decideAppeal({ ...upheld, ...key() })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    at('2026-12-29T12:00:00Z');
    await room.as('alliance-accreditation', ({ hearing }) =>
      hearing.appeal({ ...file, grounds: 'The rota was there', ...key() }),
    );
    await expect(
      room.as('alliance-lead', ({ hearing }) => hearing.decideAppeal({ ...upheld, ...key() })),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await room.as('alliance-deputy', ({ hearing }) => hearing.decideAppeal({ ...upheld, ...key() }));
    expect(await standing()).toMatchObject({ status: ACCREDITED, review_due: '2028-05-01' });
  });

  test('an appeal comes within 28 days', async () => {
    await approve(await propose(ACCREDITED));
    const suspension = await suspend();
    at('2026-12-30T12:00:00Z');
    await expect(
      room.as('alliance-accreditation', ({ hearing }) =>
        hearing.appeal({ decisionId: suspension, grounds: 'Too hasty', ...key() }),
      ),
    ).rejects.toMatchObject({ code: 'CONFLICT', message: 'The time to appeal ended on 2026-12-29.' });
  });
});
