import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessFeature } from '@accord/access';
import { newId } from '@accord/kernel';
import { createOrm } from '@accord/persistence';
import { turnReferenceClock } from '@accord/references';
import { ANSWERS, DECLINED_BECAUSE, newRequest } from './support/reference-operation.js';
import {
  ASK,
  clearReferences,
  newQuestion,
  officer,
  REQUEST,
  toldOf,
  type Asked,
  type SeenRequest,
} from './support/references.js';
import { expectRefusal } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { COURT, RISE, TENANT, TENANTS } from './support/world.js';

const ANSWER =
  'mutation($input: AnswerReferenceInput!) { answerReference(input: $input) { reference { state youngPeople version } } }';
const DECLINE =
  'mutation($input: DeclineReferenceInput!) { declineReference(input: $input) { reference { state declineReason } } }';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  await clearReferences(scene);
});

afterAll(() => scene.stop());

describe('whoever is asked', () => {
  afterAll(() => clearReferences(scene));

  it('answers or declines once, in time, and tells nobody but the one that asks', async () => {
    for (const tenant of TENANTS) await officer(scene, tenant);
    const { askForReferences } = await (await officer(scene, 'islington')).data<Asked>(ASK, { input: newQuestion() });
    const requestId = askForReferences.request.id;
    const input = () => ({ requestId, answers: ANSWERS, youngPeople: 17, idempotencyKey: newId() });
    const brent = await officer(scene, 'brent');
    for (const [path, wrong] of [
      ['input.answers', { answers: ['One.'] }],
      ['input.answers.0', { answers: ['Write to a.person@example.com.', 'Yes.'] }],
      ['input.youngPeople', { youngPeople: -1 }],
      ['input.usedSince', { usedSince: '2099-01-01' }],
    ] as const) {
      await expectRefusal(scene, brent, 'BAD_USER_INPUT', ANSWER, { input: { ...input(), ...wrong } });
      expect((await brent.send(ANSWER, { input: { ...input(), ...wrong } })).errors?.[0]?.extensions['path']).toBe(
        path,
      );
    }
    expect(await brent.data(ANSWER, { input: input() })).toEqual({
      answerReference: { reference: { state: 'ANSWERED', youngPeople: 17, version: 2 } },
    });
    await expectRefusal(scene, brent, 'CONFLICT', ANSWER, { input: input() });
    const reason = DECLINED_BECAUSE;
    await (await officer(scene, 'city')).data(DECLINE, { input: { requestId, reason, idempotencyKey: newId() } });
    expect(await toldOf(scene, requestId, 'REFERENCE_ANSWERED')).toEqual(['islington']);
    expect(await toldOf(scene, requestId, 'REFERENCE_DECLINED')).toEqual(['islington']);
    await scene.sql(`update borough_reference set due_on = '2026-01-01' where request_id = $1`, [requestId]);
    await expectRefusal(scene, await officer(scene, 'barnet'), 'CONFLICT', ANSWER, { input: input() });
    // The one that let it pass sees that it did; the one that asks is not told who it was.
    const lapsed = await (
      await officer(scene, 'barnet')
    ).data<SeenRequest>(REQUEST, {
      id: requestId,
    });
    expect(lapsed.referenceRequest.received).toMatchObject([{ state: 'LAPSED', borough: { id: TENANT.barnet } }]);
    const seen = await (
      await officer(scene, 'islington')
    ).data<SeenRequest>(REQUEST, {
      id: requestId,
    });
    expect(new Set(seen.referenceRequest.received.map(({ state }) => state))).toEqual(
      new Set(['ANSWERED', 'DECLINED']),
    );
  });
});

describe('a deadline that is over', () => {
  afterAll(() => clearReferences(scene));

  it('is told to the one that asked, once, in the same words however many were asked and answered', async () => {
    const dueOn = '2026-11-02';
    const ids = [
      await newRequest(scene, { dueOn, home: COURT, asked: {} }),
      await newRequest(scene, { dueOn, home: RISE, asked: { brent: 'ASKED', barnet: 'ASKED' } }),
      await newRequest(scene, { dueOn, home: COURT, asked: { brent: 'ANSWERED', barnet: 'ANSWERED' } }),
    ];
    const due = await newRequest(scene, { dueOn: '2026-11-03' });
    await officer(scene, 'islington');
    const { config, database } = scene.accord;
    const orm = await createOrm({
      url: database.urls.worker,
      entities: accessFeature.entities,
      pool: config.DATABASE_POOL,
    });
    const now = new Date('2026-11-03T00:30:00Z');
    expect([await turnReferenceClock(orm, now), await turnReferenceClock(orm, now)]).toEqual([
      { told: 3, faults: [] },
      { told: 0, faults: [] },
    ]);
    await orm.close();
    const events = [];
    for (const id of ids) {
      expect(await toldOf(scene, id, 'REFERENCES_LAPSED')).toEqual(['islington']);
      const [event] = await scene.sql(
        `select kind, recipients, sharing_id, agreement_id from outbox_event where reference_request_id = $1`,
        [id],
      );
      events.push(event);
    }
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(1);
    expect(await toldOf(scene, due, 'REFERENCES_LAPSED')).toEqual([]);
  });
});
