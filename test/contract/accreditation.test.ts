import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { providerId } from '@accord/infra';
import { TestAccord } from '@accord/testkit';
import { contractOperation } from './support/operations.js';

const ID = providerId('Lanternfield Supported Living Ltd');

interface Dossier {
  readonly provider: Record<string, unknown> & {
    readonly accreditation: {
      readonly stages: readonly unknown[];
      readonly decisions: { readonly nodes: readonly { readonly id: string; readonly state: string }[] };
    };
  };
}

/** The contract's operations on accreditation, as clients send them, on the example world. */
describe('the contract’s operations on accreditation run unchanged', () => {
  let accord: TestAccord;

  beforeAll(async () => {
    accord = await TestAccord.start();
  });

  afterAll(() => accord.stop());

  const run = async <T>(persona: string, name: string, variables: Record<string, unknown>) =>
    (await accord.as(persona)).data<T>(contractOperation(name), variables);

  test('ProviderDossier, to a borough and to alliance staff', async () => {
    for (const persona of ['brent-placements', 'ealing-placements', 'alliance-accreditation', 'brent-dashboard']) {
      const { provider } = await run<Dossier>(persona, 'ProviderDossier', { id: ID });
      expect(provider.accreditation.stages).toHaveLength(3);
      expect(provider.accreditation.decisions.nodes).toMatchObject([
        {
          state: 'APPROVED',
          status: 'ACCREDITED',
          proposedBy: { displayName: 'Alliance accreditation officer' },
          decidedBy: { displayName: 'Alliance accreditation lead' },
        },
      ]);
    }
  });

  test('AssessStage, ProposeDecision, ApproveDecision, RejectDecision', async () => {
    const assessed = await run<{ assessAccreditationStage: { accreditation: { version: number } } }>(
      'alliance-accreditation',
      'AssessStage',
      {
        input: {
          providerId: ID,
          stage: 'PAPERWORK',
          outcome: 'PASSED_WITH_CONDITIONS',
          conditions: 'Training plan',
          evidenceNote: 'Sampled, gaps',
          expectedVersion: 1,
          idempotencyKey: randomUUID(),
        },
      },
    );
    const { version } = assessed.assessAccreditationStage.accreditation;
    expect(assessed.assessAccreditationStage.accreditation).toMatchObject({
      status: 'ACCREDITED',
      stages: [{}, { outcome: 'PASSED_WITH_CONDITIONS' }, {}],
    });
    const propose = async (expectedVersion: number, status: string, more: Record<string, unknown> = {}) =>
      (
        await run<{ proposeAccreditationDecision: { decision: { id: string } } }>(
          'alliance-accreditation',
          'ProposeDecision',
          {
            input: {
              providerId: ID,
              status,
              reason: 'As the file says',
              expectedVersion,
              idempotencyKey: randomUUID(),
              ...more,
            },
          },
        )
      ).proposeAccreditationDecision.decision;
    const rejected = await propose(version, 'WITHDRAWN_BY_PROVIDER');
    expect(rejected).toMatchObject({ state: 'PROPOSED', status: 'WITHDRAWN_BY_PROVIDER' });
    const decide = (name: string, decisionId: string) =>
      run('alliance-lead', name, {
        input: { decisionId, reason: 'I have read the file', idempotencyKey: randomUUID() },
      });
    expect(await decide('RejectDecision', rejected.id)).toEqual({
      rejectAccreditationDecision: {
        decision: { id: rejected.id, state: 'REJECTED' },
        accreditation: { status: 'ACCREDITED' },
      },
    });
    const approved = await propose(version + 2, 'WITHDRAWN_BY_PROVIDER');
    expect(await decide('ApproveDecision', approved.id)).toMatchObject({
      approveAccreditationDecision: {
        decision: { id: approved.id, state: 'APPROVED' },
        accreditation: { status: 'WITHDRAWN_BY_PROVIDER' },
      },
    });
  });
});
