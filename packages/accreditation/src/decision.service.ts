import { once, type Operation } from '@accord/access';
import { badInput, conflict, forbidden, isId, londonDate, notFound, WORKING_DAYS } from '@accord/kernel';
import { AccreditationStatus } from '@accord/providers';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { openFile, refuse } from './accreditation.service.js';
import { DecisionRecord, Proposal, Verdict, VerdictReason } from './decision.entity.js';
import { RATIFY_WORKING_DAYS, REVIEW_MONTHS } from './figures.js';
import { Gist, Reply } from './hearing.entity.js';
import type {
  DecideAccreditationProposalInput,
  ProposeAccreditationDecisionInput,
  SuspendAccreditationInterimInput,
} from './inputs.js';
import { changeStanding, setAsideWaiting, standingBefore, standsBy, touchFile, type CaseFile } from './ledger.js';
import { obstacleOfFourEyes, obstacleOfHearing, obstacleToDeciding, obstacleToInterimSuspension } from './obstacle.js';
import { requiredText } from './text.js';
import { isAdverse, waysFrom } from './transition.js';
import { ChangeCause, DecisionKind, DecisionState } from './vocabulary.js';

const { ACCREDITED, ACCREDITED_WITH_CONDITIONS, SUSPENDED } = AccreditationStatus;

/** Decisions by four eyes: proposed by one, approved or rejected by another; interim suspensions the other way round. */
export class DecisionService {
  /** @param now the clock; another one in tests. */
  constructor(
    private readonly op: Operation,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @returns the decision's id. */
  propose(input: ProposeAccreditationDecisionInput): Promise<string> {
    return once(this.op, 'proposeAccreditationDecision', input, async (id) => {
      const { id: proposerId, displayName } = await this.op.caller();
      const reason = requiredText('input.reason', input.reason);
      const now = this.now();
      const conditions = conditionsOf(input);
      const { effectiveFrom, reviewDue } = daysOf(input, londonDate(now));
      const file = await openFile(this.op, input.providerId, input.expectedVersion);
      refuse(obstacleToDeciding(file, input.status));
      await this.op.em.insert(Proposal, {
        id,
        providerId: input.providerId,
        kind: DecisionKind.DECISION,
        status: input.status,
        reason,
        reasonForMembers: input.reasonForMembers
          ? requiredText('input.reasonForMembers', input.reasonForMembers)
          : reason,
        conditions,
        effectiveFrom,
        reviewDue,
        isAdverse: isAdverse(file.status, file.conditions, input.status, conditions),
        ratifyBy: null,
        proposedAt: now,
        proposerId,
        proposedBy: displayName,
      });
      await touchFile(this.op.em, input.providerId);
    });
  }

  /** Suspends at once; another lead ratifies it within 2 working days. @returns the decision's id. */
  suspendInterim(input: SuspendAccreditationInterimInput): Promise<string> {
    return once(this.op, 'suspendAccreditationInterim', input, async (id) => {
      const { id: proposerId, displayName, tenantId } = await this.op.caller();
      const reason = requiredText('input.reason', input.reason);
      const reasonForMembers = input.reasonForMembers
        ? requiredText('input.reasonForMembers', input.reasonForMembers)
        : reason;
      const { providerId } = input;
      const file = await openFile(this.op, providerId, input.expectedVersion);
      refuse(obstacleToInterimSuspension(file));
      const now = this.now();
      const today = londonDate(now);
      const proposal = {
        id,
        providerId,
        kind: DecisionKind.INTERIM_SUSPENSION,
        status: AccreditationStatus.INTERIM_SUSPENDED,
        reason,
        reasonForMembers,
        conditions: [...file.conditions],
        effectiveFrom: today,
        reviewDue: null,
        isAdverse: true,
        ratifyBy: WORKING_DAYS.after(today, RATIFY_WORKING_DAYS).day,
        proposedAt: now,
        proposerId,
        proposedBy: displayName,
      };
      await this.op.em.insert(Proposal, proposal);
      await this.#publish(proposal, today, null, now);
      const { status, conditions } = proposal;
      const next = {
        status,
        conditions,
        reviewDue: null,
        cause: ChangeCause.INTERIM_SUSPENSION,
        decisionId: id,
        reason: reasonForMembers,
      };
      await changeStanding(this.op.em, tenantId, providerId, next, now);
      this.op.wake('outbox');
    });
  }

  async approve(input: DecideAccreditationProposalInput): Promise<string> {
    await once(this.op, 'approveAccreditationDecision', input, async () => {
      const { proposal, file, now } = await this.#decide(input, DecisionState.APPROVED);
      if (proposal.kind === DecisionKind.INTERIM_SUSPENSION) return touchFile(this.op.em, proposal.providerId);
      await this.#approveDecision(proposal, file, now);
    });
    return input.decisionId;
  }

  async reject(input: DecideAccreditationProposalInput): Promise<string> {
    await once(this.op, 'rejectAccreditationDecision', input, async () => {
      const { proposal, now } = await this.#decide(input, DecisionState.REJECTED);
      if (proposal.kind === DecisionKind.DECISION) return touchFile(this.op.em, proposal.providerId);
      const { tenantId } = await this.op.caller();
      const before = await standingBefore(this.op.em, proposal.id);
      if (!before) throw conflict('Nothing is known of what stood before this suspension: decide on a status instead.');
      const next = {
        ...before,
        cause: ChangeCause.NOT_RATIFIED,
        decisionId: proposal.id,
        reason: 'The interim suspension was not ratified.',
      };
      await changeStanding(this.op.em, tenantId, proposal.providerId, next, now);
      this.op.wake('outbox');
    });
    return input.decisionId;
  }

  /** The verdict of another person, under the provider's lock. */
  async #decide(
    input: DecideAccreditationProposalInput,
    outcome: DecisionState,
  ): Promise<{ proposal: Proposal; file: CaseFile; now: Date }> {
    const { id: deciderId, displayName } = await this.op.caller();
    const reason = requiredText('input.reason', input.reason);
    const proposal = await findProposal(this.op, input.decisionId);
    const file = await openFile(this.op, proposal.providerId);
    const fourEyes = obstacleOfFourEyes(deciderId, [proposal.proposerId]);
    if (fourEyes !== null) throw forbidden(fourEyes);
    const known = await this.op.em.findOne(Verdict, { proposalId: proposal.id });
    if (known) throw conflict(`${known.decidedBy} has ${known.outcome.toLowerCase()} this already.`);
    if (
      proposal.kind === DecisionKind.INTERIM_SUSPENSION &&
      !(await standsBy(this.op.em, proposal.providerId, proposal.id))
    ) {
      throw conflict(`This interim suspension is over: the provider is ${file.status}.`);
    }
    const now = this.now();
    const { id: proposalId, providerId, proposerId } = proposal;
    try {
      await this.op.em.insert(Verdict, {
        proposalId,
        providerId,
        outcome,
        proposerId,
        deciderId,
        decidedBy: displayName,
        decidedAt: now,
      });
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException)
        throw conflict('Somebody else has decided this already.');
      throw error;
    }
    await this.op.em.insert(VerdictReason, { proposalId, reason });
    return { proposal, file, now };
  }

  async #approveDecision(proposal: Proposal, file: CaseFile, now: Date): Promise<void> {
    const { tenantId } = await this.op.caller();
    const { id, providerId, status, conditions } = proposal;
    refuse(obstacleToDeciding(file, status));
    // What was no worse when it was proposed may be so now.
    if (proposal.isAdverse || isAdverse(file.status, file.conditions, status, conditions)) {
      refuse(obstacleOfHearing(await readHearing(this.op, id), now));
    }
    const today = londonDate(now);
    const effectiveFrom =
      proposal.effectiveFrom !== null && proposal.effectiveFrom > today ? proposal.effectiveFrom : today;
    const reviewDue = proposal.reviewDue ?? defaultReview(status, effectiveFrom);
    if (effectiveFrom > today) {
      await setAsideWaiting(this.op.em, providerId, 'A later decision takes its place.', now);
      await this.#publish(proposal, effectiveFrom, reviewDue, now);
      return touchFile(this.op.em, providerId);
    }
    await this.#publish(proposal, today, reviewDue, now);
    const next = {
      status,
      conditions,
      reviewDue,
      cause: ChangeCause.DECISION,
      decisionId: id,
      reason: proposal.reasonForMembers,
    };
    await changeStanding(this.op.em, tenantId, providerId, next, now);
    this.op.wake('outbox');
  }

  async #publish(proposal: Proposal, effectiveFrom: string, reviewDue: string | null, now: Date): Promise<void> {
    const { id, providerId, kind, status, conditions, proposedAt, proposedBy } = proposal;
    const published = { id, providerId, kind, status, conditions, proposedAt, proposedBy, effectiveFrom, reviewDue };
    await this.op.em.insert(DecisionRecord, { ...published, reason: proposal.reasonForMembers, publishedAt: now });
  }
}

/** @throws AccordError `NOT_FOUND` for what is not there or is not the caller's to decide. */
export async function findProposal(op: Operation, id: string): Promise<Proposal> {
  const proposal = isId(id) ? await op.em.findOne(Proposal, id) : null;
  if (!proposal) throw notFound('decision');
  return proposal;
}

async function readHearing(
  op: Operation,
  proposalId: string,
): Promise<{ toldOn: string | null; replyIsComplete: boolean }> {
  const told = await op.em.findOne(Gist, { proposalId });
  const complete = await op.em.count(Reply, { proposalId, isComplete: true });
  return { toldOn: told?.toldOn ?? null, replyIsComplete: complete > 0 };
}

function conditionsOf({ status, conditions }: ProposeAccreditationDecisionInput): string[] {
  const texts = [...new Set((conditions ?? []).map((condition) => requiredText('input.conditions', condition)))];
  if (status === ACCREDITED && texts.length > 0) {
    throw badInput('input.conditions', 'With conditions the status is ACCREDITED_WITH_CONDITIONS.');
  }
  if (status === ACCREDITED_WITH_CONDITIONS && texts.length === 0) {
    throw badInput('input.conditions', 'Name at least one condition, or decide ACCREDITED.');
  }
  return texts;
}

function daysOf(
  input: ProposeAccreditationDecisionInput,
  today: string,
): { effectiveFrom: string | null; reviewDue: string | null } {
  const [effectiveFrom, reviewDue] = [input.effectiveFrom ?? null, input.reviewDue ?? null];
  if (!decidable.has(input.status)) {
    throw badInput(
      'input.status',
      `Nobody decides on ${input.status}. A decision can be: ${[...decidable].join(', ')}.`,
    );
  }
  if (effectiveFrom !== null && effectiveFrom < today) {
    throw badInput('input.effectiveFrom', 'A decision does not reach back: it takes effect today or later.');
  }
  if (reviewDue !== null && ![ACCREDITED, ACCREDITED_WITH_CONDITIONS, SUSPENDED].includes(input.status)) {
    throw badInput('input.reviewDue', `There is nothing to review of ${input.status}.`);
  }
  if (reviewDue !== null && reviewDue <= (effectiveFrom ?? today)) {
    throw badInput('input.reviewDue', 'The review is due after the decision takes effect.');
  }
  return { effectiveFrom, reviewDue };
}

const decidable: ReadonlySet<AccreditationStatus> = new Set(
  Object.values(AccreditationStatus).flatMap((from) => waysFrom(from, ChangeCause.DECISION)),
);

/** So many months later, on the same day, or on the last of a shorter month. */
function defaultReview(status: AccreditationStatus, from: string): string | null {
  if (status !== ACCREDITED && status !== ACCREDITED_WITH_CONDITIONS) return null;
  const [year = 0, month = 0, day = 0] = from.split('-').map(Number);
  const months = month - 1 + REVIEW_MONTHS[status];
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, months, Math.min(day, last))).toISOString().slice(0, 10);
}
