import { isId, notFound } from '@accord/kernel';
import { array, execute, TENANT, TODAY } from '@accord/persistence';
import DataLoader from 'dataloader';
import { Paging, type Connection, type PageArgs } from '../connection.js';
import type { Operation } from '../operation.js';
import { DisclosureView } from './disclosure.type.js';

/** What others see of an anonymous owner is no name and no exact time; where they no longer see the thing, neither. */
const SEEN = `(
  select d.id, d.sharing_id as "sharedId", case when named.owner then d.owner_id end as "ownerId",
    d.feared_harm as "fearedHarm", d.reason, (d.disclosed_at at time zone 'Europe/London')::date::text as "disclosedOn",
    case when named.owner then d.disclosed_at end as "disclosedAt",
    case when mine.own then d.disclosed_by end as "disclosedBy",
    d.review_by::text as "reviewBy", d.review_by_is_certain as "reviewByIsCertain",
    d.reviewed_at is null and d.review_by < ${TODAY} as "isOverdue", d.outcome,
    d.outcome_reason as "outcomeReason", case when mine.own then d.reviewed_by end as "reviewedBy",
    case when mine.own then d.version end as version
  from urgent_disclosure d
  cross join lateral (select d.owner_id = ${TENANT} as own) mine
  cross join lateral (select mine.own or exists (
    select from sharing s where s.id = d.sharing_id and not s.anonymous) as owner) named
)`;

type Row = Omit<DisclosureView, 'disclosedAt'> & { disclosedAt: Date | string | null };

/** Urgent disclosures that the caller's organisation made or that were made to it. */
export class DisclosureLoader {
  readonly recipients = new DataLoader<string, string[]>(async (ids) => {
    const rows = await execute<{ disclosure_id: string; organisation_id: string }>(
      this.op.em,
      'select disclosure_id, organisation_id from urgent_disclosure_recipient where disclosure_id = any(?::uuid[]) order by 2',
      [array([...ids])],
    );
    return ids.map((id) => rows.filter((row) => row.disclosure_id === id).map((row) => row.organisation_id));
  });

  constructor(private readonly op: Operation) {}

  /** The newest first, by day: a moment would give an anonymous owner away. */
  async list({ first, after }: PageArgs, awaitingReview: boolean): Promise<Connection<DisclosureView>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'urgent disclosures', awaitingReview);
    const size = paging.size(first);
    const place = paging.after(after);
    const where = [
      ...(awaitingReview ? ['outcome is null'] : []),
      ...(place === null ? [] : ['("disclosedOn", id) < (?::text, ?::uuid)']),
    ];
    const rows = await execute<Row>(
      this.op.em,
      `select * from ${SEEN} seen ${where.length === 0 ? '' : `where ${where.join(' and ')}`}
       order by "disclosedOn" desc, id desc limit ?`,
      [...(place ?? []), size + 1],
    );
    return paging.page(
      rows.map(toView),
      size,
      (row) => [row.disclosedOn, row.id],
      (row) => row,
    );
  }

  /** @throws `NOT_FOUND`. */
  async disclosure(id: string): Promise<DisclosureView> {
    const [row] = isId(id) ? await execute<Row>(this.op.em, `select * from ${SEEN} seen where id = ?`, [id]) : [];
    if (!row) throw notFound('urgent disclosure');
    return toView(row);
  }
}

const toView = (row: Row): DisclosureView =>
  Object.assign(new DisclosureView(), row, {
    disclosedAt: row.disclosedAt === null ? null : new Date(row.disclosedAt),
  });
