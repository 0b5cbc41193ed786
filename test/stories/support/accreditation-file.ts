import { randomUUID } from 'node:crypto';
import type { Answer, TestClient } from '@accord/testkit';

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly path: unknown;
}

interface Outcome {
  readonly decision: { readonly id: string; readonly state: string };
  readonly accreditation: { readonly status: string; readonly effectiveFrom: string };
}

const INPUTS: Record<string, string> = {
  assessAccreditationStage: 'AssessAccreditationStageInput',
  proposeAccreditationDecision: 'ProposeAccreditationDecisionInput',
  approveAccreditationDecision: 'DecideAccreditationProposalInput',
  rejectAccreditationDecision: 'DecideAccreditationProposalInput',
  recordAccreditationApplication: 'RecordAccreditationApplicationInput',
  suspendAccreditationInterim: 'SuspendAccreditationInterimInput',
  tellProvider: 'TellProviderInput',
  putOffTellingProvider: 'PutOffTellingProviderInput',
  recordProviderReply: 'RecordProviderReplyInput',
  recordAccreditationAppeal: 'RecordAccreditationAppealInput',
  decideAccreditationAppeal: 'DecideAccreditationAppealInput',
};

const WITH_PROVIDER = new Set([
  'assessAccreditationStage',
  'proposeAccreditationDecision',
  'recordAccreditationApplication',
  'suspendAccreditationInterim',
]);

const OUTCOME = 'decision { id state } accreditation { status effectiveFrom }';

/** One member of the alliance's staff at work on one provider's accreditation. */
export class AccreditationFile {
  constructor(
    private readonly client: TestClient,
    private readonly providerId: string,
  ) {}

  send(mutation: string, input: Record<string, unknown>, selection: string): Promise<Answer<Record<string, unknown>>> {
    const provider = WITH_PROVIDER.has(mutation) ? { providerId: this.providerId } : {};
    return this.client.send(
      `mutation Act($input: ${INPUTS[mutation]}!) { ${mutation}(input: $input) { ${selection} } }`,
      {
        input: { ...provider, idempotencyKey: randomUUID(), ...input },
      },
    );
  }

  async act(mutation: string, input: Record<string, unknown>, selection: string = OUTCOME): Promise<Outcome> {
    const { data, errors } = await this.send(mutation, input, selection);
    if (errors || !data) throw new Error(`${mutation} failed: ${JSON.stringify(errors)}`);
    return data[mutation] as Outcome;
  }

  async status(): Promise<{ status: string; version: number | null }> {
    const { provider } = await this.client.data<{
      provider: { accreditation: { status: string; version: number | null } };
    }>('query Status($id: ID!) { provider(id: $id) { accreditation { status version } } }', { id: this.providerId });
    return provider.accreditation;
  }

  async assess(stage: string, outcome: string, more: Record<string, unknown> = {}): Promise<void> {
    await this.act(
      'assessAccreditationStage',
      { stage, outcome, ...(await this.#version()), ...more },
      'accreditation { status }',
    );
  }

  async tryToAssess(stage: string, outcome: string): Promise<Refusal> {
    return refusal(
      await this.send(
        'assessAccreditationStage',
        { stage, outcome, ...(await this.#version()) },
        'accreditation { status }',
      ),
    );
  }

  /** @returns the decision's id. */
  async propose(status: string, more: Record<string, unknown>): Promise<string> {
    return (await this.act('proposeAccreditationDecision', { status, ...(await this.#version()), ...more })).decision
      .id;
  }

  async tryToPropose(status: string, more: Record<string, unknown>): Promise<Refusal> {
    return refusal(
      await this.send('proposeAccreditationDecision', { status, ...(await this.#version()), ...more }, OUTCOME),
    );
  }

  approve(decisionId: string): Promise<Outcome> {
    return this.act('approveAccreditationDecision', { decisionId, reason: 'I have read the file and agree.' });
  }

  async tryToApprove(decisionId: string): Promise<Refusal> {
    return refusal(
      await this.send(
        'approveAccreditationDecision',
        { decisionId, reason: 'I have read the file and agree.' },
        OUTCOME,
      ),
    );
  }

  async #version(): Promise<{ expectedVersion: number }> {
    return { expectedVersion: (await this.status()).version ?? 0 };
  }
}

export function refusal({ errors }: Answer<unknown>): Refusal {
  const [error] = errors ?? [];
  if (!error) throw new Error('This was not refused.');
  return { code: error.extensions.code, message: error.message, path: error.extensions['path'] };
}
