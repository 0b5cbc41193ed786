import { once, plainText, SharingLevel, type Operation } from '@accord/access';
import { FlagKind, FlagService, Severity } from '@accord/flags';
import { badInput, conflict, isId, notFound } from '@accord/kernel';
import { readPlain, array, asAudience, execute, lockName } from '@accord/persistence';
import { readItems } from './intelligence.disclosure.js';
import {
  PatternAnswer,
  PatternPart,
  PatternQuestion,
  PatternReview,
  PatternReviewRecord,
  PatternState,
} from './pattern.entity.js';
import type { AnswerPatternInput, AskOwnersInput, ClosePatternInput, ReleasePatternInput } from './pattern.inputs.js';

/** A pattern is of so many boroughs, and so is what is released of it (rules 5). */
export const FEWEST_BOROUGHS = 3;

const LONGEST_SUMMARY = 500;
const LONGEST_REASON = 1000;
const MOST_LISTED = 100;

interface Tally {
  review_id: string;
  agreed: number;
  pending: number;
}

/** Sees a pattern of concern through: its owners are asked before anything is released, and no more than they agreed to is. */
export class PatternService {
  constructor(private readonly op: Operation) {}

  async reviews(): Promise<PatternReview[]> {
    const rows = await readPlain(
      this.op.em,
      PatternReviewRecord,
      `order by e.opened_at desc, e.id limit ${MOST_LISTED}`,
      [],
    );
    return this.#toReviews(rows);
  }

  /** Asks the owners whether a flag may say so much. Asking in other words asks everybody anew. */
  async ask(input: AskOwnersInput): Promise<PatternReview> {
    const row = await this.#open(input.reviewId);
    if (row.state !== PatternState.FOUND)
      throw conflict('The owners have been asked already: release or close this one.');
    if (input.sharing !== SharingLevel.BOROUGHS_CONCERNED && input.sharing !== SharingLevel.ALLIANCE) {
      throw badInput('input.sharing', 'A pattern goes to the boroughs concerned or to the alliance.');
    }
    row.summary = plainText('input.summary', input.summary, LONGEST_SUMMARY);
    row.severity = input.severity;
    row.level = input.sharing;
    row.state = PatternState.ASKING;
    await this.op.em.flush();
    return this.#seen(row);
  }

  /** What the caller's borough is asked. */
  async questions(): Promise<PatternQuestion[]> {
    const parts = await readPlain(this.op.em, PatternPart, 'order by e.item_id', []);
    const reviews = await readPlain(
      this.op.em,
      PatternReviewRecord,
      `where e.id = any(?::uuid[]) and e.state = '${PatternState.ASKING}' order by e.opened_at, e.id`,
      [array(parts.map((part) => part.reviewId))],
    );
    const items = await readItems(
      this.op.em,
      parts.map((part) => part.itemId),
    );
    return reviews.map((review) => {
      const own = parts.filter((part) => part.reviewId === review.id);
      return Object.assign(new PatternQuestion(), {
        reviewId: review.id,
        providerId: review.providerId,
        summary: review.summary ?? '',
        severity: review.severity ?? Severity.LOW,
        sharing: review.level ?? SharingLevel.BOROUGHS_CONCERNED,
        items: items.filter((item) => own.some((part) => part.itemId === item.id)),
        answer: own[0]?.answer ?? PatternAnswer.PENDING,
      } satisfies PatternQuestion);
    });
  }

  /** Answers for the caller's borough, for all of its items at once; until the release it may think again. */
  async answer(input: AnswerPatternInput): Promise<PatternQuestion> {
    const reason = plainText('input.reason', input.reason, LONGEST_REASON);
    await lockName(this.op.em, `pattern ${input.reviewId}`);
    const before = (await this.questions()).find((question) => question.reviewId === input.reviewId);
    if (!before) throw notFound('pattern');
    await execute(this.op.em, 'update pattern_part set answer = ?, reason = ? where review_id = ?', [
      input.agreed ? PatternAnswer.AGREED : PatternAnswer.DECLINED,
      reason,
      input.reviewId,
    ]);
    const after = (await this.questions()).find((question) => question.reviewId === input.reviewId);
    return after ?? before;
  }

  /** Raises the flag in the agreed words, as far as agreed, where still so many boroughs agree. */
  async release(input: ReleasePatternInput): Promise<PatternReview> {
    await once(this.op, 'releasePattern', input, async () => {
      await lockName(this.op.em, `pattern ${input.reviewId}`);
      const row = await this.#open(input.reviewId);
      const { agreed, pending } = await this.#seen(row);
      if (row.state !== PatternState.ASKING || row.summary === null || row.severity === null || row.level === null) {
        throw conflict('Ask the owners first.');
      }
      if (pending > 0) throw conflict('Not every owner has answered yet: wait for them, or close this one.');
      if (agreed < FEWEST_BOROUGHS) {
        throw conflict(`Fewer than ${FEWEST_BOROUGHS} boroughs agree: what is left is not a pattern, so close it.`);
      }
      const flag = await this.op.get(FlagService).raise({
        providerId: row.providerId,
        kind: FlagKind.PATTERN_OF_CONCERN,
        severity: row.severity,
        summary: row.summary,
        sharing: { level: row.level, reason: 'A pattern of concern, in the words that its owners agreed to.' },
        idempotencyKey: `pattern ${row.id}`,
      });
      row.flagId = flag.id;
      row.state = PatternState.RELEASED;
      await this.op.em.flush();
    });
    return this.#seen(await this.#find(input.reviewId));
  }

  async close(input: ClosePatternInput): Promise<PatternReview> {
    const row = await this.#open(input.reviewId);
    row.closingReason = plainText('input.reason', input.reason, LONGEST_REASON);
    row.state = PatternState.CLOSED;
    await this.op.em.flush();
    return this.#seen(row);
  }

  async #open(id: string): Promise<PatternReviewRecord> {
    const row = await this.#find(id);
    if (row.state === PatternState.RELEASED || row.state === PatternState.CLOSED) {
      throw conflict('This pattern has been released or closed already.');
    }
    return row;
  }

  async #find(id: string): Promise<PatternReviewRecord> {
    const row = isId(id) ? await this.op.em.findOne(PatternReviewRecord, { id }, { refresh: true }) : null;
    if (!row) throw notFound('pattern');
    return row;
  }

  async #seen(row: PatternReviewRecord): Promise<PatternReview> {
    const [review] = await this.#toReviews([row]);
    return review ?? new PatternReview();
  }

  /** The alliance learns how many boroughs agree, counted on ids alone, and not which. */
  async #toReviews(rows: readonly PatternReviewRecord[]): Promise<PatternReview[]> {
    const tallies = await asAudience<Tally>(
      this.op.em,
      `select review_id, count(distinct owner_id) filter (where answer = 'AGREED')::int as agreed,
         count(distinct owner_id) filter (where answer = 'PENDING')::int as pending
       from pattern_part where review_id = any(?::uuid[]) group by 1`,
      [array(rows.map((row) => row.id))],
    );
    return rows.map(({ id, providerId, openedAt, state, summary, severity, level, closingReason, flagId }) => {
      const tally = tallies.find((one) => one.review_id === id);
      return Object.assign(new PatternReview(), {
        id,
        providerId,
        openedAt,
        state,
        summary,
        severity,
        closingReason,
        flagId,
        sharing: level,
        agreed: tally?.agreed ?? 0,
        pending: tally?.pending ?? 0,
      } satisfies PatternReview);
    });
  }
}
