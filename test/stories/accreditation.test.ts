import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { providerId } from '@accord/infra';
import { TestAccord, until, type TestClient } from '@accord/testkit';
import { AccreditationFile, refusal } from './support/accreditation-file.js';

const FERNLOCK = providerId('Fernlock Living Ltd');
const OXBARROW = providerId('Oxbarrow Supported Living Ltd');
const DOSSIER = `query ProviderDossier($id: ID!) {
  provider(id: $id) {
    id version
    accreditation {
      status effectiveFrom reviewDue conditions version
      stages { stage outcome assessedOn conditions evidenceNote assessedBy { displayName } }
      decisions(first: 5) { nodes { id state status reason proposedAt proposedBy { displayName } decidedAt decidedBy { displayName } file { gist } } }
      history(first: 10) { nodes { status cause } }
    }
  }
}`;
const ALERTS = `subscription { providerAlerts(filter: { kind: [ACCREDITATION_CHANGED] }) { id kind provider { id } } }`;

interface Dossier {
  readonly provider: {
    readonly accreditation: {
      readonly status: string;
      readonly version: number | null;
      readonly stages: readonly {
        readonly stage: string;
        readonly outcome: string;
        readonly evidenceNote: string | null;
        readonly assessedBy: unknown;
      }[];
      readonly decisions: {
        readonly nodes: readonly { readonly state: string; readonly reason: string; readonly file: unknown }[];
      };
      readonly history: { readonly nodes: readonly { readonly status: string; readonly cause: string }[] };
    };
  };
}

interface Saltmere {
  readonly provider: {
    readonly accreditation: {
      readonly status: string;
      readonly earlier: string | null;
      readonly onTheDay: string;
      readonly never: string | null;
      readonly decisions: {
        readonly nodes: readonly { readonly kind: string; readonly file: Record<string, unknown> | null }[];
      };
    };
  };
}

/** User story 5: an accreditation officer moves a provider through the stages and awards the mark. */
describe('an accreditation from application to award', () => {
  let accord: TestAccord;
  let officer: AccreditationFile;
  let lead: AccreditationFile;
  let borough: TestClient;

  beforeAll(async () => {
    accord = await TestAccord.start();
    officer = new AccreditationFile(await accord.as('alliance-accreditation'), FERNLOCK);
    lead = new AccreditationFile(await accord.as('alliance-lead'), FERNLOCK);
    borough = await accord.as('brent-placements');
  });

  afterAll(() => accord.stop());

  test('the visits cannot pass before the first two stages', async () => {
    const refused = await officer.tryToAssess('PROPERTY_VISITS', 'PASSED');
    expect(refused.code).toBe('CONFLICT');
    expect(refused.message).toMatch(/still to pass are FIT_AND_PROPER_PERSON and PAPERWORK/);
    const nothing = await officer.tryToAssess('PAPERWORK', 'NOT_STARTED');
    expect(nothing).toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(/nothing to take back/) });
    expect((await officer.status()).status).toBe('APPLIED');
  });

  test('the number of a DBS certificate is kept nowhere', async () => {
    const noted = {
      stage: 'FIT_AND_PROPER_PERSON',
      outcome: 'PASSED',
      evidenceNote: 'Certificate 0012 3456 7890, clear',
    };
    const { version } = await officer.status();
    const answer = await officer.send(
      'assessAccreditationStage',
      { ...noted, expectedVersion: version ?? 0 },
      'accreditation { status }',
    );
    expect(refusal(answer)).toMatchObject({ code: 'BAD_USER_INPUT', path: 'input.evidenceNote' });
    expect(await officer.status()).toEqual({ status: 'APPLIED', version });
  });

  test('the award is proposed by one and approved by another, and each subscribed borough gets exactly one alert', async () => {
    const streams = await Promise.all(
      ['brent-dashboard', 'barnet-placements', 'havering-quality', 'ealing-placements'].map(async (persona) =>
        (await accord.as(persona)).stream<{ providerAlerts: { id: string; provider: { id: string } } }>(ALERTS),
      ),
    );
    await until(() => streams.every(({ status }) => status === 200));
    await officer.assess('FIT_AND_PROPER_PERSON', 'PASSED', {
      evidenceNote: 'Directors and responsible individual: sampled, no gaps.',
    });
    // The first assessment takes the application up, which is a change of its own.
    for (const stream of streams) await stream.has(1);
    await officer.assess('PAPERWORK', 'PASSED_WITH_CONDITIONS', {
      conditions: 'Policy on missing episodes within 3 months',
      evidenceNote: 'Training matrix has a gap.',
    });
    await officer.assess('PROPERTY_VISITS', 'PASSED');
    const tooEarly = await officer.tryToPropose('ACCREDITED', { reason: 'All passed' });
    expect(tooEarly.message).toMatch(/PAPERWORK passed with conditions/);
    const decision = await officer.propose('ACCREDITED_WITH_CONDITIONS', {
      reason: 'All three stages passed.',
      conditions: ['Policy on missing episodes within 3 months'],
    });
    // A proposal is the alliance's own: boroughs see neither it nor that there is one.
    const before = await borough.data<Dossier>(DOSSIER, { id: FERNLOCK });
    expect(before.provider.accreditation.decisions.nodes).toEqual([]);
    expect(before.provider.accreditation.version).toBeNull();
    expect((await officer.tryToApprove(decision)).code).toBe('FORBIDDEN');
    const approved = await lead.approve(decision);
    expect(approved).toMatchObject({
      decision: { id: decision, state: 'APPROVED' },
      accreditation: { status: 'ACCREDITED_WITH_CONDITIONS' },
    });
    for (const stream of streams) {
      const events = await stream.has(2);
      expect(events.map(({ data }) => data?.providerAlerts.provider.id)).toEqual([FERNLOCK, FERNLOCK]);
      expect(new Set(events.map(({ data }) => data?.providerAlerts.id)).size).toBe(2);
    }
    // Events come in order: whatever else there was of these two would come before that of another provider.
    const another = new AccreditationFile(await accord.as('alliance-accreditation'), OXBARROW);
    await another.act('recordAccreditationApplication', {}, 'accreditation { status effectiveFrom }');
    for (const stream of streams) {
      const events = await stream.has(3);
      expect(events.map(({ data }) => data?.providerAlerts.provider.id)).toEqual([FERNLOCK, FERNLOCK, OXBARROW]);
      stream.close();
    }
  });

  test('the history says who, when and on what evidence: to the alliance all of it, to a borough what is meant for it', async () => {
    const staff = (await (await accord.as('alliance-accreditation')).data<Dossier>(DOSSIER, { id: FERNLOCK })).provider
      .accreditation;
    expect(staff.stages.map(({ evidenceNote }) => evidenceNote)).toEqual([
      'Directors and responsible individual: sampled, no gaps.',
      'Training matrix has a gap.',
      null,
    ]);
    expect(staff.stages.every(({ assessedBy }) => assessedBy !== null)).toBe(true);
    const seen = (await borough.data<Dossier>(DOSSIER, { id: FERNLOCK })).provider.accreditation;
    expect(seen.stages).toMatchObject([
      { stage: 'FIT_AND_PROPER_PERSON', outcome: 'PASSED', evidenceNote: null, assessedBy: null },
      {
        stage: 'PAPERWORK',
        outcome: 'PASSED_WITH_CONDITIONS',
        conditions: 'Policy on missing episodes within 3 months',
        evidenceNote: null,
      },
      { stage: 'PROPERTY_VISITS', outcome: 'PASSED' },
    ]);
    expect(seen.decisions.nodes).toMatchObject([
      {
        state: 'APPROVED',
        status: 'ACCREDITED_WITH_CONDITIONS',
        reason: 'All three stages passed.',
        proposedBy: { displayName: 'Alliance accreditation officer' },
        decidedBy: { displayName: 'Alliance accreditation lead' },
        file: null,
      },
    ]);
    expect(seen.history.nodes.map(({ status }) => status)).toEqual([
      'ACCREDITED_WITH_CONDITIONS',
      'IN_ASSESSMENT',
      'APPLIED',
    ]);
  });

  test('taking the mark away needs a reason, and the provider is heard first', async () => {
    const bare = await officer.tryToPropose('REVOKED', { reason: '  ' });
    expect(bare).toMatchObject({ code: 'BAD_USER_INPUT', path: 'input.reason' });
    const decision = await officer.propose('SUSPENDED', { reason: 'No waking-night staff on two visits.' });
    expect((await lead.tryToApprove(decision)).message).toMatch(/tell it the gist and give it 14 days/);
    await officer.act('tellProvider', { decisionId: decision, gist: 'We found no waking-night staff.' });
    expect((await lead.tryToApprove(decision)).message).toMatch(/may reply until 23:59/);
    await officer.act('recordProviderReply', { decisionId: decision, reply: 'We accept this.', isComplete: true });
    expect(await lead.approve(decision)).toMatchObject({ accreditation: { status: 'SUSPENDED' } });
  });

  test('the same key does it once, another payload under it is refused', async () => {
    const idempotencyKey = randomUUID();
    const { version } = await officer.status();
    const input = { stage: 'PAPERWORK', outcome: 'PASSED', expectedVersion: version, idempotencyKey };
    const first = await officer.send('assessAccreditationStage', input, 'accreditation { version }');
    const again = await officer.send('assessAccreditationStage', input, 'accreditation { version }');
    expect(first.errors).toBeUndefined();
    expect(again.data).toEqual(first.data);
    const other = await officer.send(
      'assessAccreditationStage',
      { ...input, outcome: 'NOT_PASSED' },
      'accreditation { version }',
    );
    expect(other.errors?.[0]?.extensions.code).toBe('CONFLICT');
    const stale = await officer.send(
      'assessAccreditationStage',
      { ...input, idempotencyKey: randomUUID() },
      'accreditation { version }',
    );
    expect(stale.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', version: (version ?? 0) + 1 });
  });

  test('as of any day one can ask what the status was; what passed between the alliance and the provider stays with the alliance', async () => {
    const question = `query ($id: ID!) { provider(id: $id) { accreditation {
      status earlier: statusOn(date: "2026-11-15") onTheDay: statusOn(date: "2026-11-16") never: statusOn(date: "2020-01-01")
      decisions(first: 1) { nodes { kind state file { gist replies { reply } appeal { grounds outcome } ratifyBy putOffs { reason } } } }
    } } }`;
    const id = providerId('Saltmere Residential Ltd');
    const staff = (await (await accord.as('alliance-lead')).data<Saltmere>(question, { id })).provider.accreditation;
    expect(staff).toMatchObject({
      status: 'INTERIM_SUSPENDED',
      earlier: 'ACCREDITED',
      onTheDay: 'INTERIM_SUSPENDED',
      never: null,
    });
    expect(staff.decisions.nodes[0]).toMatchObject({
      kind: 'INTERIM_SUSPENSION',
      state: 'APPROVED',
      file: {
        gist: expect.stringMatching(/rota/) as unknown,
        replies: [{ reply: expect.stringMatching(/agency/) as unknown }],
        appeal: { outcome: null },
        ratifyBy: '2026-11-18T23:59:00.000Z',
        putOffs: [],
      },
    });
    const ahead = 'query ($id: ID!) { provider(id: $id) { accreditation { statusOn(date: "2999-01-01") } } }';
    expect(refusal(await borough.send(ahead, { id }))).toMatchObject({ code: 'BAD_USER_INPUT', path: 'date' });
    const seen = (await borough.data<Saltmere>(question, { id })).provider.accreditation;
    expect(seen).toMatchObject({
      status: 'INTERIM_SUSPENDED',
      earlier: 'ACCREDITED',
      decisions: { nodes: [{ state: 'APPROVED', file: null }] },
    });
    // Whoever administers the alliance keeps its directory, and not its files.
    const admin = (await (await accord.as('alliance-admin')).data<Saltmere>(question, { id })).provider.accreditation;
    expect(admin.decisions.nodes[0]?.file).toBeNull();
  });
});
