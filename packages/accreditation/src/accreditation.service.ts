import { once, type Operation } from '@accord/access';
import { badInput, conflict, londonDate } from '@accord/kernel';
import { execute, lockProvider } from '@accord/persistence';
import { AccreditationStatus, expectVersion, ProviderService } from '@accord/providers';
import { AssessmentNote } from './assessment.entity.js';
import type { AssessAccreditationStageInput, RecordAccreditationApplicationInput } from './inputs.js';
import { changeStanding, readCase, touchFile, type CaseFile } from './ledger.js';
import { obstacleToApplying, obstacleToAssessing } from './obstacle.js';
import { optionalText } from './text.js';
import { AccreditationStage, ChangeCause, StageOutcome } from './vocabulary.js';

/** Takes applications and assesses stages. */
export class AccreditationService {
  /** @param now the clock; another one in tests. */
  constructor(
    private readonly op: Operation,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @returns the provider's id. */
  async apply(input: RecordAccreditationApplicationInput): Promise<string> {
    await once(this.op, 'recordAccreditationApplication', input, async () => {
      const { tenantId } = await this.op.caller();
      const file = await openFile(this.op, input.providerId);
      refuse(obstacleToApplying(file));
      const next = {
        status: AccreditationStatus.APPLIED,
        conditions: [],
        reviewDue: null,
        cause: ChangeCause.APPLICATION,
        decisionId: null,
      };
      await changeStanding(
        this.op.em,
        tenantId,
        input.providerId,
        { ...next, reason: 'The provider applied.' },
        this.now(),
      );
      this.op.wake('outbox');
    });
    return input.providerId;
  }

  /** Records an assessment; the first one takes the application up. @returns the provider's id. */
  async assess(input: AssessAccreditationStageInput): Promise<string> {
    await once(this.op, 'assessAccreditationStage', input, async (id) => {
      const { tenantId, id: assessorId, displayName } = await this.op.caller();
      const { providerId, stage, outcome } = input;
      const file = await openFile(this.op, providerId, input.expectedVersion);
      refuse(obstacleToAssessing(file, stage, outcome));
      const conditions = conditionsOf(input);
      const now = this.now();
      const isFirst = stage === AccreditationStage.FIT_AND_PROPER_PERSON;
      // Plain SQL: the ORM would write the order of writing, which the database gives.
      await execute(
        this.op.em,
        `insert into accreditation_assessment (id, provider_id, stage, outcome, conditions, assessed_on, recorded_at)
         values (?, ?, ?, ?, ?, ?::date, ?)`,
        [id, providerId, stage, outcome, isFirst ? null : conditions, londonDate(now), now],
      );
      await this.op.em.insert(AssessmentNote, {
        assessmentId: id,
        evidenceNote: optionalText('input.evidenceNote', input.evidenceNote),
        conditions: isFirst ? conditions : null,
        assessorId,
        assessedBy: displayName,
      });
      if (file.status !== AccreditationStatus.APPLIED) return touchFile(this.op.em, providerId);
      const next = {
        status: AccreditationStatus.IN_ASSESSMENT,
        conditions: [],
        reviewDue: null,
        cause: ChangeCause.ASSESSMENT,
        decisionId: null,
      };
      await changeStanding(
        this.op.em,
        tenantId,
        providerId,
        { ...next, reason: 'The alliance took up the assessment.' },
        now,
      );
      this.op.wake('outbox');
    });
    return input.providerId;
  }
}

/**
 * A provider's file under the provider's lock.
 * @throws AccordError `NOT_FOUND`, and `CONFLICT` when somebody has changed it since the caller read it.
 */
export async function openFile(op: Operation, providerId: string, expectedVersion?: number | null): Promise<CaseFile> {
  const provider = await op.get(ProviderService).provider(providerId);
  await lockProvider(op.em, provider.id);
  const file = await readCase(op.em, provider.id);
  if (expectedVersion !== null && expectedVersion !== undefined && file.status !== null)
    expectVersion(file.version, expectedVersion);
  return file;
}

/** @throws AccordError `CONFLICT` with what stands in the way. */
export function refuse(obstacle: string | null): void {
  if (obstacle !== null) throw conflict(obstacle);
}

function conditionsOf({ outcome, conditions }: AssessAccreditationStageInput): string | null {
  const text = optionalText('input.conditions', conditions);
  const isConditional = outcome === StageOutcome.PASSED_WITH_CONDITIONS;
  if (isConditional && text === null) throw badInput('input.conditions', 'Say under which conditions it passed.');
  if (!isConditional && text !== null)
    throw badInput('input.conditions', 'Conditions go with PASSED_WITH_CONDITIONS alone.');
  return text;
}
