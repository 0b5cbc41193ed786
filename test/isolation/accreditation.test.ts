import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACCESS } from '@accord/gateway';
import { exampleId, organisationId, providerId } from '@accord/infra';
import { TestAccord } from '@accord/testkit';
import pg from 'pg';

const SALTMERE = providerId('Saltmere Residential Ltd');
const LANTERNFIELD = providerId('Lanternfield Supported Living Ltd');
const OXBARROW = providerId('Oxbarrow Supported Living Ltd');
const INTERIM = exampleId('accreditation decision', `${SALTMERE} INTERIM_SUSPENSION 2026-11-16`);
const VERSIONED = { providerId: LANTERNFIELD, expectedVersion: 1 };

/** Every mutation of the feature with an input that would do something, and who of the alliance may not. */
const MUTATIONS: Record<string, { type: string; input: Record<string, unknown>; officerMay: boolean }> = {
  recordAccreditationApplication: {
    type: 'RecordAccreditationApplicationInput',
    input: { providerId: OXBARROW },
    officerMay: true,
  },
  assessAccreditationStage: {
    type: 'AssessAccreditationStageInput',
    input: { ...VERSIONED, stage: 'PAPERWORK', outcome: 'PASSED' },
    officerMay: true,
  },
  proposeAccreditationDecision: {
    type: 'ProposeAccreditationDecisionInput',
    input: { ...VERSIONED, status: 'ACCREDITED', reason: 'r' },
    officerMay: true,
  },
  tellProvider: { type: 'TellProviderInput', input: { decisionId: INTERIM, gist: 'g' }, officerMay: true },
  putOffTellingProvider: {
    type: 'PutOffTellingProviderInput',
    input: { decisionId: INTERIM, by: 'POLICE', reason: 'r', reviewOn: '2099-01-01' },
    officerMay: true,
  },
  recordProviderReply: {
    type: 'RecordProviderReplyInput',
    input: { decisionId: INTERIM, reply: 'r', isComplete: true },
    officerMay: true,
  },
  recordAccreditationAppeal: {
    type: 'RecordAccreditationAppealInput',
    input: { decisionId: INTERIM, grounds: 'g' },
    officerMay: true,
  },
  approveAccreditationDecision: {
    type: 'DecideAccreditationProposalInput',
    input: { decisionId: INTERIM, reason: 'r' },
    officerMay: false,
  },
  rejectAccreditationDecision: {
    type: 'DecideAccreditationProposalInput',
    input: { decisionId: INTERIM, reason: 'r' },
    officerMay: false,
  },
  suspendAccreditationInterim: {
    type: 'SuspendAccreditationInterimInput',
    input: { providerId: LANTERNFIELD, reason: 'r' },
    officerMay: false,
  },
  decideAccreditationAppeal: {
    type: 'DecideAccreditationAppealInput',
    input: { decisionId: INTERIM, outcome: 'UPHELD', reason: 'r' },
    officerMay: false,
  },
};

const ALLIANCE_ALONE = [
  'accreditation_assessment_note',
  'accreditation_proposal',
  'accreditation_verdict_reason',
  'accreditation_file',
  'accreditation_reminder',
  'accreditation_gist',
  'accreditation_put_off',
  'accreditation_reply',
  'accreditation_appeal',
  'accreditation_appeal_outcome',
];

const NEVER_CHANGED = [
  ...ALLIANCE_ALONE.filter((table) => table !== 'accreditation_file'),
  'accreditation_assessment',
  'accreditation_decision',
  'accreditation_verdict',
  'accreditation_change',
  'accreditation_set_aside',
];

describe('accreditation, by whom', () => {
  let accord: TestAccord;
  let owner: pg.Client;

  beforeAll(async () => {
    // What the clock finds due is told of by no request, and would stand among the traces.
    accord = await TestAccord.start({ CLOCK_EVERY_MS: '86400000' });
    owner = new pg.Client({ connectionString: accord.database.urls.superuser });
    await owner.connect();
    await (
      await accord.as('alliance-admin')
    ).data('mutation ($id: ID!) { disablePrincipal(id: $id) { principal { id } } }', {
      id: exampleId('principal', 'alliance-deputy'),
    });
  });

  afterAll(async () => {
    await owner.end();
    await accord.stop();
  });

  /** Everything that an act could leave behind: rows of any table of the feature, an event, a record of the key. */
  const traces = async (): Promise<unknown> => {
    const { rows } = await owner.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'
         and (table_name like 'accreditation%' or table_name in ('outbox_event', 'idempotency_record', 'notification'))`,
    );
    const sql = rows.map(
      ({ name }) =>
        `select '${name}' as name, count(*)::int as n, md5(string_agg(t::text, '' order by t::text)) as sum from ${name} t`,
    );
    return (await owner.query(`${sql.join(' union all ')} order by 1`)).rows;
  };

  const act = async (authorised: string, mutation: string) => {
    const { type, input } = MUTATIONS[mutation] as (typeof MUTATIONS)[string];
    const client = authorised === 'anonymous' ? accord.anonymous() : await accord.as(authorised);
    const payload =
      mutation === 'recordAccreditationApplication' || mutation === 'assessAccreditationStage'
        ? 'accreditation { status }'
        : 'decision { id }';
    return client.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${payload} } }`, {
      input: { ...input, idempotencyKey: randomUUID() },
    });
  };

  test('every mutation of the feature is in this test', () => {
    const declared = Object.entries(ACCESS.actions)
      .filter(([, action]) => action.startsWith('accreditation:'))
      .map(([field]) => field.replace('Mutation.', ''));
    expect(declared.toSorted()).toEqual(Object.keys(MUTATIONS).toSorted());
  });

  test.each(Object.keys(MUTATIONS))('%s: who may not leaves no row and no event', async (mutation) => {
    await accord.settled(owner);
    const before = await traces();
    const wrongRole = [
      'alliance-admin',
      'alliance-safeguarding',
      ...(MUTATIONS[mutation]?.officerMay ? [] : ['alliance-accreditation']),
    ];
    for (const persona of [
      'brent-placements',
      'brent-admin',
      'brent-director',
      'brent-dashboard',
      'ealing-placements',
      ...wrongRole,
    ]) {
      const { errors, data } = await act(persona, mutation);
      expect([persona, errors?.[0]?.extensions.code]).toEqual([persona, 'FORBIDDEN']);
      expect(data?.[mutation] ?? null).toBeNull();
    }
    // Disabled in the directory, with a token that still holds.
    for (const nobody of ['anonymous', 'alliance-deputy']) {
      const { errors, data } = await act(nobody, mutation);
      expect([nobody, errors?.[0]?.extensions.code]).toEqual([nobody, 'UNAUTHENTICATED']);
      expect(data?.[mutation] ?? null).toBeNull();
    }
    expect(await traces()).toEqual(before);
  });

  test('an open proposal and an id that is none are one answer to a borough, to the letter', async () => {
    const officer = await accord.as('alliance-accreditation');
    const input = {
      providerId: LANTERNFIELD,
      status: 'ACCREDITED',
      reason: 'Reviewed',
      expectedVersion: 1,
      idempotencyKey: randomUUID(),
    };
    const { proposeAccreditationDecision: proposed } = await officer.data<{
      proposeAccreditationDecision: { decision: { id: string } };
    }>(
      'mutation ($input: ProposeAccreditationDecisionInput!) { proposeAccreditationDecision(input: $input) { decision { id } } }',
      { input },
    );
    const question = 'query ($id: ID!) { accreditationDecision(id: $id) { id reason } }';
    const borough = await accord.as('brent-director');
    const answers = await Promise.all(
      [proposed.decision.id, randomUUID(), 'none'].map((id) => borough.send(question, { id })),
    );
    const texts = answers.map(({ text }) => text.replaceAll(/"requestId":"[^"]*"/g, ''));
    expect(answers[0]?.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(new Set(texts).size).toBe(1);
    expect(
      (await officer.data<{ accreditationDecision: { reason: string } }>(question, { id: proposed.decision.id }))
        .accreditationDecision.reason,
    ).toBe('Reviewed');
    // The alliance's administrator is no reader of files, and sees what a member sees.
    const admin = await (await accord.as('alliance-admin')).send(question, { id: proposed.decision.id });
    expect(admin.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('a rejected proposal stays with the alliance', async () => {
    const { rows } = await owner.query<{ id: string }>(
      'select p.id from accreditation_proposal p where provider_id = $1 and not exists (select from accreditation_verdict v where v.proposal_id = p.id)',
      [LANTERNFIELD],
    );
    const input = { decisionId: rows[0]?.id, reason: 'Not now', idempotencyKey: randomUUID() };
    await (
      await accord.as('alliance-lead')
    ).data(
      'mutation ($input: DecideAccreditationProposalInput!) { rejectAccreditationDecision(input: $input) { decision { state } } }',
      { input },
    );
    const list =
      'query ($id: ID!) { provider(id: $id) { accreditation { decisions(first: 10) { nodes { state } } } } }';
    const states = async (persona: string) =>
      (
        await (
          await accord.as(persona)
        ).data<{ provider: { accreditation: { decisions: { nodes: { state: string }[] } } } }>(list, {
          id: LANTERNFIELD,
        })
      ).provider.accreditation.decisions.nodes.map(({ state }) => state);
    expect(await states('alliance-lead')).toEqual(['REJECTED', 'APPROVED']);
    expect(await states('brent-director')).toEqual(['APPROVED']);
  });

  test('as a borough, the database itself gives no row of the alliance’s file and takes none', async () => {
    const gateway = new pg.Client({ connectionString: accord.database.urls.gateway });
    await gateway.connect();
    await gateway.query(`select set_config('app.tenant', $1, false)`, [organisationId('E09000005')]);
    for (const table of ALLIANCE_ALONE) {
      const { rows } = await gateway.query<{ n: number }>(`select count(*)::int as n from ${table}`);
      expect([table, rows[0]?.n]).toEqual([table, 0]);
    }
    const open = await gateway.query(
      'select from accreditation_verdict where proposal_id not in (select id from accreditation_decision)',
    );
    expect(open.rowCount).toBe(0);
    await expect(
      gateway.query(
        `insert into accreditation_change (id, provider_id, number, status, effective_on, conditions, cause, reason, recorded_at)
        values (gen_random_uuid(), $1, 99, 'REVOKED', now(), '{}', 'DECISION', 'x', now())`,
        [LANTERNFIELD],
      ),
    ).rejects.toThrow(/row-level security/);
    const updated = await gateway.query(`update accreditation_standing set status = 'REVOKED' where provider_id = $1`, [
      LANTERNFIELD,
    ]);
    expect(updated.rowCount).toBe(0);
    await gateway.end();
  });

  test('what was written stays as it was: nobody has a right to change it, or to delete what counts or is young', async () => {
    const { rows } = await owner.query<{ line: string }>(
      `select format('%s %s %s', grantee, privilege_type, table_name) as line from information_schema.table_privileges
       where table_name = any($1) and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') and grantee <> 'accord_owner'
       union all
       select format('%s %s %s.%s', grantee, privilege_type, table_name, column_name) from information_schema.column_privileges
       where table_name = any($1) and privilege_type = 'UPDATE' and grantee <> 'accord_owner'`,
      [NEVER_CHANGED],
    );
    // Six years after it ceased to count, a decision goes, and with it its reason in the history, of which nothing else does.
    const kept = NEVER_CHANGED.filter((table) => table !== 'accreditation_change');
    expect(rows.map(({ line }) => line).toSorted()).toEqual(
      [
        ...kept.map((table) => `accord_gateway DELETE ${table}`),
        'accord_gateway UPDATE accreditation_change.reason',
      ].toSorted(),
    );
    const gateway = new pg.Client({ connectionString: accord.database.urls.gateway });
    await gateway.connect();
    const [alliance] = (await owner.query<{ id: string }>(`select id from organisation where kind = 'ALLIANCE'`)).rows;
    await gateway.query(`select set_config('app.tenant', $1, false)`, [alliance?.id]);
    expect((await gateway.query('select from accreditation_proposal')).rowCount).toBeGreaterThan(0);
    for (const table of kept)
      expect([table, (await gateway.query(`delete from ${table}`)).rowCount]).toEqual([table, 0]);
    expect((await gateway.query(`update accreditation_change set reason = 'x'`)).rowCount).toBe(0);
    await gateway.end();
  });

  test('the database refuses four eyes that are two', async () => {
    await expect(
      owner.query(
        `insert into accreditation_verdict (proposal_id, provider_id, outcome, proposer_id, decider_id, decided_by, decided_at)
         select gen_random_uuid(), $1, 'APPROVED', x, x, 'x', now() from gen_random_uuid() x`,
        [LANTERNFIELD],
      ),
    ).rejects.toThrow(/four_eyes/);
  });
});
