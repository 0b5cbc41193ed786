import { callerMay, Paging, type Connection, type Operation, type PageArgs } from '@accord/access';
import { badInput, endOfDayInLondon, isId, londonDate, notFound, WORKING_DAYS } from '@accord/kernel';
import { array, execute } from '@accord/persistence';
import { AccreditationStanding, ProviderService, type AccreditationStatus } from '@accord/providers';
import DataLoader from 'dataloader';
import { Proposal, VerdictReason } from './decision.entity.js';
import { RATIFY_WORKING_DAYS } from './figures.js';
import { Appeal, AppealVerdict, Gist, PutOff, Reply } from './hearing.entity.js';
import { SINCE_APPLICATION } from './ledger.js';
import { replyDue } from './obstacle.js';
import { readAssessments, readChanges, readDecisions } from './accreditation.seen.js';
import type {
  AccreditationAppeal,
  AccreditationChange,
  AccreditationDecision,
  AccreditationDecisionFile,
  StageAssessment,
} from './types.js';
import { AccreditationStage, StageOutcome } from './vocabulary.js';

/** What belongs to accreditations, for all of one operation at once. */
export class AccreditationLoader {
  /** The latest assessment of each of the three stages since the application. */
  readonly stages = new DataLoader<string, StageAssessment[]>(async (providerIds) => {
    const rows = await readAssessments(
      this.op.em,
      `where a.id in (
         select distinct on (a.provider_id, a.stage) a.id from accreditation_assessment a
         where a.provider_id = any(?::uuid[]) and ${SINCE_APPLICATION} order by a.provider_id, a.stage, a.seq desc)`,
      [array(providerIds)],
    );
    const mayReadFile = await this.mayReadFile();
    return providerIds.map((providerId) =>
      Object.values(AccreditationStage).map((stage) => {
        const row = rows.find((each) => each.providerId === providerId && each.assessment.stage === stage);
        return row ? masked(row.assessment, mayReadFile) : notStarted(stage);
      }),
    );
  });

  readonly version = new DataLoader<string, number>(async (providerIds) => {
    const rows = await execute<{ provider_id: string; version: number }>(
      this.op.em,
      'select provider_id, version from accreditation_file where provider_id = any(?::uuid[])',
      [array(providerIds)],
    );
    return providerIds.map((id) => rows.find((row) => row.provider_id === id)?.version ?? 1);
  });

  constructor(private readonly op: Operation) {}

  /** Whether the caller may read the alliance's own file. In a borough nobody may, whatever their roles. */
  async mayReadFile(): Promise<boolean> {
    return callerMay(await this.op.caller(), 'accreditation:file');
  }

  /** @throws AccordError `NOT_FOUND`: the provider has never applied. */
  async standing(providerId: string): Promise<AccreditationStanding> {
    const { id } = await this.op.get(ProviderService).provider(providerId);
    const standing = await this.op.em.findOne(AccreditationStanding, { providerId: id }, { refresh: true });
    if (!standing) throw notFound('accreditation');
    return standing;
  }

  /** @throws AccordError `NOT_FOUND` for what is not there, and for what the caller may not know of. */
  async decision(id: string): Promise<AccreditationDecision> {
    const [decision] = isId(id) ? await readDecisions(this.op.em, 'id', id, await this.mayReadFile(), '', []) : [];
    if (!decision) throw notFound('decision');
    return decision;
  }

  /** Decisions on a provider, newest first. */
  async decisionsOf(providerId: string, { first, after }: PageArgs): Promise<Connection<AccreditationDecision>> {
    const { paging, size, place } = await this.#page('accreditation decisions', providerId, first, after);
    const beyond = place === null ? '' : `where (${MOMENT}, seen.id) < (?::bigint, ?::uuid)`;
    const decisions = await readDecisions(
      this.op.em,
      'provider_id',
      providerId,
      await this.mayReadFile(),
      `${beyond} order by ${MOMENT} desc, seen.id desc limit ?`,
      [...(place ?? []), size + 1],
    );
    return paging.page(
      decisions,
      size,
      (row) => [row.moment, row.id],
      (row) => row,
    );
  }

  /** Assessments of a provider, newest first, those of earlier applications too. */
  async assessmentsOf(providerId: string, { first, after }: PageArgs): Promise<Connection<StageAssessment>> {
    const { paging, size, place } = await this.#page('accreditation assessments', providerId, first, after);
    const beyond = place === null ? '' : 'and a.seq < ?::bigint';
    const rows = await readAssessments(this.op.em, `where a.provider_id = ? ${beyond} order by a.seq desc limit ?`, [
      providerId,
      ...(place ?? []),
      size + 1,
    ]);
    const mayReadFile = await this.mayReadFile();
    return paging.page(
      rows,
      size,
      (row) => [row.seq],
      (row) => masked(row.assessment, mayReadFile),
    );
  }

  /** Every status that a provider had, newest first. */
  async changesOf(providerId: string, { first, after }: PageArgs): Promise<Connection<AccreditationChange>> {
    const { paging, size, place } = await this.#page('accreditation changes', providerId, first, after);
    const beyond = place === null ? '' : 'and number < ?::int';
    const rows = await readChanges(this.op.em, `where provider_id = ? ${beyond} order by number desc limit ?`, [
      providerId,
      ...(place ?? []),
      size + 1,
    ]);
    return paging.page(
      rows,
      size,
      (row) => [row.number],
      (row) => row,
    );
  }

  /**
   * The status on a day, as it was at the day's end, today's as it is now; null before the provider applied.
   * @throws AccordError `BAD_USER_INPUT` for a day ahead: what is decided for it may still be set aside.
   */
  async statusOn(
    { providerId, status, effectiveFrom }: AccreditationStanding,
    date: string,
  ): Promise<AccreditationStatus | null> {
    if (date > londonDate(new Date()))
      throw badInput('date', 'This day lies ahead. What is decided for it stands among the decisions.');
    const rows = await execute<{ status: AccreditationStatus; effective_on: string }>(
      this.op.em,
      `select status, effective_on::text as effective_on from accreditation_change where provider_id = ? order by number`,
      [providerId],
    );
    // A status that came from elsewhere, without its history, is known from its own day on.
    const known = rows.length > 0 ? rows : [{ status, effective_on: effectiveFrom }];
    return known.findLast((row) => row.effective_on <= date)?.status ?? null;
  }

  /** What the alliance alone keeps of a decision; null to everybody else. */
  async file(id: string): Promise<AccreditationDecisionFile | null> {
    if (!(await this.mayReadFile())) return null;
    // Asked for each time: an operation that has ended has none, and its connection may be another tenant's by then.
    const em = () => this.op.em;
    const proposal = await em().findOne(Proposal, id);
    if (!proposal) return null;
    const gist = await em().findOne(Gist, { proposalId: id });
    const putOffs = await em().find(PutOff, { proposalId: id }, { orderBy: { recordedAt: 'desc' } });
    const replies = await em().find(Reply, { proposalId: id }, { orderBy: { recordedAt: 'asc' } });
    const { ratifyBy } = proposal;
    return {
      reason: proposal.reason,
      isAdverse: proposal.isAdverse,
      verdictReason: (await em().findOne(VerdictReason, { proposalId: id }))?.reason ?? null,
      gist: gist?.gist ?? null,
      toldOn: gist?.toldOn ?? null,
      replyDue: gist ? replyDue(gist.toldOn) : null,
      ratifyBy: ratifyBy === null ? null : endOfDayInLondon(ratifyBy),
      ratifyByIsCertain:
        ratifyBy === null ? null : WORKING_DAYS.after(londonDate(proposal.proposedAt), RATIFY_WORKING_DAYS).isCertain,
      putOffs: putOffs.map(({ putOffBy, reason, reviewOn, recordedBy }) => ({
        by: putOffBy,
        reason,
        reviewOn,
        recordedBy: { displayName: recordedBy },
      })),
      replies: replies.map(({ reply, receivedOn, isComplete, recordedBy }) => ({
        reply,
        receivedOn,
        isComplete,
        recordedBy: { displayName: recordedBy },
      })),
      appeal: await this.#appeal(id),
    };
  }

  async #appeal(id: string): Promise<AccreditationAppeal | null> {
    const appeal = await this.op.em.findOne(Appeal, { proposalId: id });
    if (!appeal) return null;
    const verdict = await this.op.em.findOne(AppealVerdict, { proposalId: id });
    return {
      grounds: appeal.grounds,
      receivedOn: appeal.receivedOn,
      recordedBy: { displayName: appeal.recordedBy },
      outcome: verdict?.outcome ?? null,
      reason: verdict?.reason ?? null,
      decidedBy: verdict ? { displayName: verdict.judgedBy } : null,
      decidedAt: verdict?.judgedAt ?? null,
    };
  }

  async #page(list: string, providerId: string, first: number, after: string | null | undefined) {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, list, providerId);
    return { paging, size: paging.size(first), place: paging.after(after) };
  }
}

/** As microseconds: a JavaScript date has only milliseconds, and a cursor must not lose any. */
const MOMENT = '(extract(epoch from seen.proposed_at) * 1000000)::bigint';

const notStarted = (stage: AccreditationStage): StageAssessment => ({
  stage,
  outcome: StageOutcome.NOT_STARTED,
  conditions: null,
  assessedOn: null,
  evidenceNote: null,
  assessedBy: null,
});

/** The row policy gives members no note to read; of the alliance's own people only some may read it. */
function masked(assessment: StageAssessment, mayReadFile: boolean): StageAssessment {
  if (mayReadFile) return assessment;
  const { stage, outcome, assessedOn } = assessment;
  const conditions = stage === AccreditationStage.FIT_AND_PROPER_PERSON ? null : assessment.conditions;
  return { stage, outcome, assessedOn, conditions, evidenceNote: null, assessedBy: null };
}
