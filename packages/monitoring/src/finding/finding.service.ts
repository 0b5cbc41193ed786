import { AlertKind, once, plainText, type Operation } from '@accord/access';
import { badInput, calendarDaysAfter, conflict, forbidden, isId, londonDate, notFound } from '@accord/kernel';
import { array, execute } from '@accord/persistence';
import { expectVersion } from '@accord/providers';
import { REPLY_DAYS } from '../figures.js';
import { VisitService } from '../visit/visit.service.js';
import { VisitState } from '../visit/vocabulary.js';
import type { VisitRecord } from '../visit/visit.entity.js';
import { isGiven } from '../visit/text.js';
import { FindingRecord } from './finding.entity.js';
import type {
  ChangeFindingInput,
  Finding,
  FindingActionInput,
  RecordFindingReplyInput,
  WriteFindingInput,
} from './finding.type.js';
import { readFindings } from './finding.loader.js';
import { FindingState } from './vocabulary.js';

const LONGEST_SUMMARY = 2000;
const LONGEST_REPLY = 10_000;
const MOST_ITEMS = 50;

/** Writes findings and sees them through: put to the provider, replied to, published by somebody else. */
export class FindingService {
  /** @param now the clock; another one in tests. */
  constructor(
    private readonly op: Operation,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async write(input: WriteFindingInput): Promise<Finding> {
    const id = await once(this.op, 'writeFinding', input, async (findingId) => {
      const { id: writtenBy, displayName: writtenByName } = await this.op.caller();
      const visit = await this.#openVisit(input.visitId);
      await this.op.em.insert(FindingRecord, {
        id: findingId,
        visitId: visit.id,
        ownerId: visit.ownerId,
        severity: input.severity,
        summary: plainText('input.summary', input.summary, LONGEST_SUMMARY),
        itemCodes: await this.#itemsOf(visit, input.itemCodes ?? []),
        state: FindingState.DRAFT,
        version: 1,
        writtenBy,
        writtenByName,
      });
    });
    return this.seen(id);
  }

  /** Changes a finding that nobody else has read yet. Whoever changed it last has written it. */
  async change(input: ChangeFindingInput): Promise<Finding> {
    const { finding, visit } = await this.#own(input, [FindingState.DRAFT]);
    const { id, displayName } = await this.op.caller();
    if (isGiven(input.severity)) finding.severity = input.severity;
    if (isGiven(input.summary)) finding.summary = plainText('input.summary', input.summary, LONGEST_SUMMARY);
    if (isGiven(input.itemCodes)) finding.itemCodes = await this.#itemsOf(visit, input.itemCodes);
    finding.writtenBy = id;
    finding.writtenByName = displayName;
    return this.#kept(finding);
  }

  /** Notes that the provider was asked for its comments today; it has until the end of the last day. */
  async askForReply(input: FindingActionInput): Promise<Finding> {
    await once(this.op, 'askForReply', input, async () => {
      const { finding } = await this.#own(input, [FindingState.DRAFT]);
      finding.state = FindingState.REPLY_ASKED;
      finding.replyAskedOn = londonDate(this.now());
      finding.replyDueOn = calendarDaysAfter(finding.replyAskedOn, REPLY_DAYS);
      await this.#kept(finding);
    });
    return this.seen(input.findingId);
  }

  async recordReply(input: RecordFindingReplyInput): Promise<Finding> {
    await once(this.op, 'recordFindingReply', input, async () => {
      const { finding } = await this.#own(input, [FindingState.REPLY_ASKED]);
      if (finding.repliedOn !== null)
        throw conflict(`The provider’s reply of ${finding.repliedOn} is recorded already.`);
      const reply = plainText('input.reply', input.reply, LONGEST_REPLY);
      const { repliedOn } = input;
      if (repliedOn > londonDate(this.now())) throw badInput('input.repliedOn', 'This day is still to come.');
      if (repliedOn < (finding.replyAskedOn ?? repliedOn))
        throw badInput('input.repliedOn', `The provider was asked on ${finding.replyAskedOn}.`);
      Object.assign(finding, { reply, repliedOn });
      await this.#kept(finding);
    });
    return this.seen(input.findingId);
  }

  /** Publishes a finding that somebody else wrote, with the provider's reply, or after the time to reply has passed. */
  async publish(input: FindingActionInput): Promise<Finding> {
    await once(this.op, 'publishFinding', input, async () => {
      const { finding, visit } = await this.#own(input, [FindingState.REPLY_ASKED]);
      const { id: publishedBy, displayName: publishedByName } = await this.op.caller();
      const today = londonDate(this.now());
      if (publishedBy === finding.writtenBy) throw forbidden('You wrote this finding: a second officer publishes it.');
      if (finding.repliedOn === null && today <= (finding.replyDueOn ?? today))
        throw conflict(`The provider may comment until the end of ${finding.replyDueOn}, and has not yet.`);
      Object.assign(finding, { state: FindingState.PUBLISHED, publishedBy, publishedByName, publishedOn: today });
      await this.#kept(finding);
      if (visit.state === VisitState.SHARED) await this.op.get(VisitService).tell(AlertKind.VISIT_CHANGED, visit);
    });
    return this.seen(input.findingId);
  }

  /** Drops a finding that does not hold, before it is published. */
  async drop(input: FindingActionInput): Promise<Finding> {
    await once(this.op, 'dropFinding', input, async () => {
      const { finding } = await this.#own(input, [FindingState.DRAFT, FindingState.REPLY_ASKED]);
      finding.state = FindingState.DROPPED;
      await this.#kept(finding);
    });
    return this.seen(input.findingId);
  }

  /** The finding as the caller may see it. @throws `NOT_FOUND`. */
  async seen(id: string): Promise<Finding> {
    const [finding] = isId(id) ? await readFindings(this.op.em, 'f.id = ?', [id]) : [];
    if (!finding) throw notFound('finding');
    return finding;
  }

  async #kept(finding: FindingRecord): Promise<Finding> {
    finding.version += 1;
    await this.op.em.flush();
    return this.seen(finding.id);
  }

  async #openVisit(visitId: string): Promise<VisitRecord> {
    const visit = await this.op.get(VisitService).ownLocked(visitId);
    if (visit.state === VisitState.WITHDRAWN) throw conflict('This visit was withdrawn.');
    return visit;
  }

  /** The own borough's finding, its visit locked. @throws `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`. */
  async #own(
    { findingId, expectedVersion }: { readonly findingId: string; readonly expectedVersion: number },
    states: readonly FindingState[],
  ): Promise<{ finding: FindingRecord; visit: VisitRecord }> {
    const { visitId } = await this.seen(findingId);
    const visit = await this.#openVisit(visitId);
    const finding = await this.op.em.findOneOrFail(FindingRecord, findingId, { refresh: true });
    expectVersion(finding.version, expectedVersion);
    if (!states.includes(finding.state)) throw conflict(`This finding is ${IN_WORDS[finding.state]}.`);
    return { finding, visit };
  }

  /** Codes of items of the visit's forms. @throws `BAD_USER_INPUT` with the place of one that is none. */
  async #itemsOf({ templateId, frameworkId }: VisitRecord, codes: readonly string[]): Promise<string[]> {
    if (codes.length > MOST_ITEMS) throw badInput('input.itemCodes', `Name at most ${MOST_ITEMS} items.`);
    const known = await execute<{ code: string }>(
      this.op.em,
      `select code from form_item where template_id = any(?::uuid[])`,
      [array([templateId, frameworkId])],
    );
    const unknown = codes.findIndex((code) => !known.some((item) => item.code === code));
    if (unknown >= 0) throw badInput(`input.itemCodes.${unknown}`, `The visit’s form has no item ${codes[unknown]}.`);
    return [...new Set(codes)];
  }
}

const IN_WORDS: Readonly<Record<FindingState, string>> = {
  DRAFT: 'a draft: ask the provider for its comments first (askForReply)',
  REPLY_ASKED: 'with the provider',
  PUBLISHED: 'published already',
  DROPPED: 'dropped',
};
