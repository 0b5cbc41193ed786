import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { organisationId, TENANT_CODE } from '@accord/infra';
import { calendarDaysAfter } from '@accord/kernel';
import { TestAccord, until, type TestClient } from '@accord/testkit';
import { inbox } from './alliance.js';
import { act, answers, ask, key, start, TODAY, type Visit } from './support/visits.js';

/** User story 2: a quality officer's visit. */

const HAVERING = organisationId(TENANT_CODE.havering);

let accord: TestAccord;
let quality: TestClient;
let barnet: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  quality = await accord.as('brent-quality');
  barnet = await accord.as('barnet-placements');
});

afterAll(() => accord.stop());

describe('a quality officer’s visit on the City’s fourth form', () => {
  let visit: Visit;

  it('is a draft of Brent’s alone, kept as it is written, with all of the form’s answers', async () => {
    visit = await start(quality);
    visit = await act(quality, 'saveVisit', {
      visitId: visit.id,
      expectedVersion: visit.version,
      answers: await answers(quality),
      outcome: 'MET_WITH_ACTIONS',
      providerRepresentatives: ['REGISTERED_MANAGER'],
    });
    visit = await act(quality, 'saveVisit', {
      visitId: visit.id,
      expectedVersion: visit.version,
      answers: [
        { code: 'QAF.4.1', value: 'PARTLY_MET', comment: 'The back door does not lock' },
        { code: 'QAF.2.2', value: 'MET' },
        { code: 'SUP.19', value: '' },
      ],
    });
    const seen = await ask(
      quality,
      visit.id,
      'form { code version } answers { code } expectations { code assessment } visitors { name isCareExperienced } provider { name } home { name }',
    );
    expect(seen).toMatchObject({
      form: { code: 'COL_APPENDIX_4', version: 1 },
      expectations: [
        { code: 'QAF.2.2', assessment: 'MET' },
        { code: 'QAF.4.1', assessment: 'PARTLY_MET' },
      ],
      visitors: [
        { name: 'Brent quality officer', isCareExperienced: false },
        { name: 'Brent care-experienced visitor', isCareExperienced: true },
      ],
      home: { name: 'Copperbeech House' },
    });
    // 97 items, of which the visit itself answers eleven, and one answer was taken away again.
    expect(seen?.['answers']).toHaveLength(97 - 11 - 1);
    expect(await ask(barnet, visit.id, 'id')).toBeNull();
  });

  it('is written by one at a time: whoever saw an earlier version is told so', async () => {
    const { errors } = await quality.send(
      'mutation($input: SaveVisitInput!) { saveVisit(input: $input) { visit { id } } }',
      { input: { visitId: visit.id, expectedVersion: 1, answers: [{ code: 'SUP.1', value: 'Late' }] } },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', version: visit.version });
  });

  it('is not shared with a child’s data in words that would leave the borough, and says where they stand', async () => {
    const draft = await act(quality, 'saveVisit', {
      visitId: visit.id,
      expectedVersion: visit.version,
      answers: [{ code: 'SUP.3', value: 'Ask her, 943 476 5919, about the bus' }],
    });
    const share = 'mutation($input: ShareVisitInput!) { shareVisit(input: $input) { visit { id } } }';
    const { errors } = await quality.send(share, {
      input: { visitId: visit.id, expectedVersion: draft.version, ...key() },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: 'visit.answers.SUP.3.value' });
    visit = await act(quality, 'saveVisit', {
      visitId: visit.id,
      expectedVersion: draft.version,
      answers: [
        { code: 'SUP.3', value: 'A bus each ten minutes' },
        // In an item that stays in the borough it may stand.
        { code: 'YPF.1', value: 'On file, 943 476 5919' },
      ],
    });
  });

  it('goes to the boroughs concerned, who are told, without what stays in the borough', async () => {
    visit = await act(quality, 'shareVisit', { visitId: visit.id, expectedVersion: visit.version, ...key() });
    expect(visit['state']).toBe('SHARED');
    const seen = await ask(
      barnet,
      visit.id,
      'borough { name } outcome sharing { level } answers { code value } expectations { code } visitors { name }',
    );
    expect(seen).toMatchObject({
      borough: { name: 'Brent' },
      outcome: 'MET_WITH_ACTIONS',
      sharing: null,
      visitors: [{ name: 'Brent quality officer' }],
    });
    const { answers: shown } = seen as { answers: { code: string }[] };
    const codes = shown.map(({ code }) => code);
    expect(codes).toContain('SUP.3');
    for (const staying of ['HDR.3', 'HDR.4', 'YPF.1', 'STF.4']) expect(codes).not.toContain(staying);
    expect(await ask(await accord.as('ealing-placements'), visit.id, 'id')).toBeNull();
    await until(async () =>
      (await inbox(barnet)).some(
        ({ subject }) => subject.startsWith('Copperbeech House') && subject.endsWith('visit shared'),
      ),
    );
  });

  it('has the provider heard before a second officer publishes what it found', async () => {
    const fields = 'finding { id version state replyDueOn reply }';
    const type = 'FindingActionInput';
    const written = await act<Visit>(
      quality,
      'writeFinding',
      {
        visitId: visit.id,
        severity: 'HIGH',
        summary: 'The back door does not lock.',
        itemCodes: ['ACC.26', 'QAF.4.1'],
        ...key(),
      },
      fields,
    );
    const asked = await act<Visit>(
      quality,
      'askForReply',
      { findingId: written.id, expectedVersion: 1, ...key() },
      fields,
      type,
    );
    expect(asked['replyDueOn']).toBe(calendarDaysAfter(TODAY, 14));
    const director = await accord.as('brent-director');
    const publish = async (client: TestClient, expectedVersion: number) =>
      (
        await client.send(
          'mutation($input: FindingActionInput!) { publishFinding(input: $input) { finding { id } } }',
          {
            input: { findingId: written.id, expectedVersion, ...key() },
          },
        )
      ).errors?.[0]?.extensions.code;
    expect(await publish(director, 2)).toBe('CONFLICT');
    await act(
      quality,
      'recordFindingReply',
      { findingId: written.id, reply: 'Mended on the day.', repliedOn: TODAY, expectedVersion: 2, ...key() },
      fields,
    );
    expect(await ask(barnet, visit.id, 'findings { id }')).toEqual({ findings: [] });
    expect(await publish(quality, 3)).toBe('FORBIDDEN');
    expect(await publish(director, 3)).toBeUndefined();
    expect(await ask(barnet, visit.id, 'findings { severity summary reply itemCodes writtenBy publishedBy }')).toEqual({
      findings: [
        {
          severity: 'HIGH',
          summary: 'The back door does not lock.',
          reply: 'Mended on the day.',
          itemCodes: ['ACC.26', 'QAF.4.1'],
          writtenBy: null,
          publishedBy: null,
        },
      ],
    });
  });

  it('has its actions followed up, for everybody who sees it', async () => {
    const fields = 'action { id version state }';
    const agreed = await act<Visit>(
      quality,
      'agreeAction',
      {
        visitId: visit.id,
        what: 'A new lock for the back door',
        responsible: 'REGISTERED_MANAGER',
        dueOn: TODAY,
        ...key(),
      },
      fields,
    );
    await act(quality, 'completeAction', { actionId: agreed.id, doneOn: TODAY, expectedVersion: 1 }, fields);
    await act(quality, 'verifyAction', { actionId: agreed.id, isDone: true, expectedVersion: 2 }, fields);
    expect(await ask(barnet, visit.id, 'actions { what responsible dueOn state verifiedBy }')).toEqual({
      actions: [
        {
          what: 'A new lock for the back door',
          responsible: 'REGISTERED_MANAGER',
          dueOn: TODAY,
          state: 'VERIFIED',
          verifiedBy: null,
        },
      ],
    });
  });

  it('is narrowed, and taken back: those who lose it are told, and see no more of it', async () => {
    const sharing = { level: 'NAMED', boroughIds: [HAVERING], reason: 'The host alone.' };
    const narrowed = await act(quality, 'changeVisitSharing', {
      visitId: visit.id,
      sharing,
      expectedVersion: visit.version,
      ...key(),
    });
    expect(await ask(barnet, visit.id, 'id')).toBeNull();
    await until(async () => (await inbox(barnet)).some(({ subject }) => subject.endsWith('no longer shared with you')));
    await act(quality, 'withdrawVisit', {
      visitId: visit.id,
      reason: 'It was another home.',
      expectedVersion: narrowed.version,
      ...key(),
    });
    const host = await accord.as('havering-quality');
    expect(
      await ask(
        host,
        visit.id,
        'state outcome reason withdrawalReason answers { code } findings { id } actions { id } visitors { name }',
      ),
    ).toEqual({
      state: 'WITHDRAWN',
      outcome: null,
      reason: null,
      withdrawalReason: 'It was another home.',
      answers: [],
      findings: [],
      actions: [],
      visitors: [],
    });
    await until(async () => (await inbox(host)).some(({ subject }) => subject.endsWith('visit withdrawn')));
  });
});
