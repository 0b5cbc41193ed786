import { once, type Operation } from '@accord/access';
import { badInput, calendarDaysAfter, conflict, forbidden, londonDate } from '@accord/kernel';
import { execute } from '@accord/persistence';
import { openFile } from './accreditation.service.js';
import { findProposal } from './decision.service.js';
import { Verdict, type Proposal } from './decision.entity.js';
import { APPEAL_DAYS } from './figures.js';
import { Appeal, AppealVerdict, Gist, PutOff, Reply } from './hearing.entity.js';
import type {
  DecideAccreditationAppealInput,
  PutOffTellingProviderInput,
  RecordAccreditationAppealInput,
  RecordProviderReplyInput,
  TellProviderInput,
} from './inputs.js';
import { changeStanding, standingBefore, standsBy, touchFile } from './ledger.js';
import { obstacleOfFourEyes } from './obstacle.js';
import { requiredText } from './text.js';
import { leads } from './transition.js';
import { AppealOutcome, ChangeCause, DecisionKind, DecisionState } from './vocabulary.js';

/** The provider's side of a decision: what it was told, what it replied, its appeal. Each returns the decision's id. */
export class HearingService {
  /** @param now the clock; another one in tests. */
  constructor(
    private readonly op: Operation,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async tell(input: TellProviderInput): Promise<string> {
    await this.#record('tellProvider', input, async (proposal, recordedBy, now) => {
      const gist = requiredText('input.gist', input.gist);
      const toldOn = dayInThePast('input.toldOn', input.toldOn, londonDate(proposal.proposedAt), now);
      if (await this.op.em.findOne(Gist, { proposalId: proposal.id }))
        throw conflict('The provider has been told of this already.');
      await this.op.em.insert(Gist, { proposalId: proposal.id, gist, toldOn, recordedBy, recordedAt: now });
    });
    return input.decisionId;
  }

  /** Puts telling off. An adverse decision waits for as long: nothing is decided over a provider's head. */
  async putOff(input: PutOffTellingProviderInput): Promise<string> {
    await this.#record('putOffTellingProvider', input, async (proposal, recordedBy, now, id) => {
      const reason = requiredText('input.reason', input.reason);
      if (input.reviewOn <= londonDate(now))
        throw badInput('input.reviewOn', 'Name a day ahead on which this is looked at again.');
      if (await this.op.em.findOne(Gist, { proposalId: proposal.id }))
        throw conflict('The provider has been told of this already.');
      await this.op.em.insert(PutOff, {
        id,
        proposalId: proposal.id,
        putOffBy: input.by,
        reason,
        reviewOn: input.reviewOn,
        recordedBy,
        recordedAt: now,
      });
    });
    return input.decisionId;
  }

  async reply(input: RecordProviderReplyInput): Promise<string> {
    await this.#record('recordProviderReply', input, async (proposal, recordedBy, now, id) => {
      const reply = requiredText('input.reply', input.reply);
      const told = await this.op.em.findOne(Gist, { proposalId: proposal.id });
      if (!told)
        throw conflict('The provider has not been told the gist yet, so it cannot have replied to it (tellProvider).');
      const receivedOn = dayInThePast('input.receivedOn', input.receivedOn, told.toldOn, now);
      await this.op.em.insert(Reply, {
        id,
        proposalId: proposal.id,
        reply,
        receivedOn,
        isComplete: input.isComplete,
        recordedBy,
        recordedAt: now,
      });
    });
    return input.decisionId;
  }

  async appeal(input: RecordAccreditationAppealInput): Promise<string> {
    await this.#record('recordAccreditationAppeal', input, async (proposal, recordedBy, now) => {
      const grounds = requiredText('input.grounds', input.grounds);
      const verdict = await this.op.em.findOne(Verdict, { proposalId: proposal.id });
      const isInterim = proposal.kind === DecisionKind.INTERIM_SUSPENSION;
      if (!isInterim && verdict?.outcome !== DecisionState.APPROVED)
        throw conflict('There is no approved decision to appeal against.');
      if (!proposal.isAdverse)
        throw conflict('This decision leaves the provider no worse off: there is nothing to appeal against.');
      const taken = londonDate(verdict?.decidedAt ?? proposal.proposedAt);
      const told = (await this.op.em.findOne(Gist, { proposalId: proposal.id }))?.toldOn ?? taken;
      const receivedOn = dayInThePast('input.receivedOn', input.receivedOn, londonDate(proposal.proposedAt), now);
      const last = calendarDaysAfter(told > taken ? told : taken, APPEAL_DAYS);
      if (receivedOn > last) throw conflict(`The time to appeal ended on ${last}.`);
      if (await this.op.em.findOne(Appeal, { proposalId: proposal.id }))
        throw conflict('The provider has appealed against this already.');
      await this.op.em.insert(Appeal, { proposalId: proposal.id, grounds, receivedOn, recordedBy, recordedAt: now });
    });
    return input.decisionId;
  }

  /** Upheld, what stood before the decision stands again, unless something else has been decided since. */
  async decideAppeal(input: DecideAccreditationAppealInput): Promise<string> {
    await this.#record('decideAccreditationAppeal', input, async (proposal, judgedBy, now) => {
      const { id: judgeId } = await this.op.caller();
      const reason = requiredText('input.reason', input.reason);
      const { id: proposalId, proposerId } = proposal;
      if (!(await this.op.em.findOne(Appeal, { proposalId })))
        throw conflict('No appeal has been recorded against this decision.');
      const known = await this.op.em.findOne(AppealVerdict, { proposalId });
      if (known) throw conflict(`${known.judgedBy} has decided this appeal already.`);
      const deciderId = (await this.op.em.findOne(Verdict, { proposalId }))?.deciderId ?? null;
      const independence = obstacleOfFourEyes(judgeId, [proposerId, deciderId]);
      if (independence !== null) throw forbidden(independence);
      await this.op.em.insert(AppealVerdict, {
        proposalId,
        outcome: input.outcome,
        reason,
        proposerId,
        deciderId,
        judgeId,
        judgedBy,
        judgedAt: now,
      });
      if (input.outcome === AppealOutcome.UPHELD) await this.#undo(proposal, now);
    });
    return input.decisionId;
  }

  async #undo({ id, providerId }: Proposal, now: Date): Promise<void> {
    const { em } = this.op;
    // One that waits for its day never takes effect.
    await execute(
      em,
      `insert into accreditation_set_aside (decision_id, reason, set_aside_at)
       select d.id, 'An appeal was upheld.', ?::timestamptz from accreditation_decision d
       where d.id = ? and not exists (select from accreditation_change c where c.decision_id = d.id)
         and not exists (select from accreditation_set_aside x where x.decision_id = d.id)`,
      [now, id],
    );
    if (!(await standsBy(em, providerId, id))) return;
    const before = await standingBefore(em, id);
    const { status } = await openFile(this.op, providerId);
    if (!before || !leads(status, before.status, ChangeCause.APPEAL)) return;
    const { tenantId } = await this.op.caller();
    const next = { ...before, cause: ChangeCause.APPEAL, decisionId: id, reason: 'An appeal was upheld.' };
    await changeStanding(em, tenantId, providerId, next, now);
    this.op.wake('outbox');
  }

  /** One entry in the file, once, under the provider's lock. */
  async #record(
    operation: string,
    input: { readonly decisionId: string; readonly idempotencyKey: string },
    write: (proposal: Proposal, recordedBy: string, now: Date, id: string) => Promise<void>,
  ): Promise<void> {
    await once(this.op, operation, input, async (id) => {
      const { displayName } = await this.op.caller();
      const proposal = await findProposal(this.op, input.decisionId);
      await openFile(this.op, proposal.providerId);
      await write(proposal, displayName, this.now(), id);
      await touchFile(this.op.em, proposal.providerId);
    });
  }
}

function dayInThePast(path: string, day: string | null | undefined, earliest: string, now: Date): string {
  const today = londonDate(now);
  const given = day ?? today;
  if (given > today) throw badInput(path, 'This day lies ahead: record what has happened.');
  if (given < earliest) throw badInput(path, `This cannot have been before ${earliest}.`);
  return given;
}
