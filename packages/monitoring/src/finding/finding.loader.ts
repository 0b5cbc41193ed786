import type { Operation } from '@accord/access';
import type { Severity } from '@accord/flags';
import { array, execute, TENANT } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { Finding } from './finding.type.js';
import type { FindingState } from './vocabulary.js';

interface FindingRow {
  readonly id: string;
  readonly visit_id: string;
  readonly is_own: boolean;
  readonly severity: Severity;
  readonly summary: string;
  readonly item_codes: string[];
  readonly state: FindingState;
  readonly version: number;
  readonly reply_asked_on: string | null;
  readonly reply_due_on: string | null;
  readonly reply: string | null;
  readonly replied_on: string | null;
  readonly published_on: string | null;
  readonly written_by_name: string | null;
  readonly published_by_name: string | null;
}

/** Findings as the caller's tenant may see them; the names of its officers are their borough's. `where` is over `f`. */
export async function readFindings(em: EntityManager, where: string, values: readonly unknown[]): Promise<Finding[]> {
  const rows = await execute<FindingRow>(
    em,
    `select f.id, f.visit_id, f.owner_id = ${TENANT} as is_own, f.severity, f.summary, f.item_codes, f.state, f.version,
       f.reply_asked_on::text as reply_asked_on, f.reply_due_on::text as reply_due_on, f.reply, f.replied_on::text as replied_on,
       f.published_on::text as published_on,
       case when f.owner_id = ${TENANT} then f.written_by_name end as written_by_name,
       case when f.owner_id = ${TENANT} then f.published_by_name end as published_by_name
     from visit_finding f where ${where}
     order by array_position(array['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], f.severity), f.id`,
    values,
  );
  return rows.map((row) =>
    Object.assign(new Finding(), {
      id: row.id,
      visitId: row.visit_id,
      isOwn: row.is_own,
      severity: row.severity,
      summary: row.summary,
      itemCodes: row.item_codes,
      state: row.state,
      version: row.version,
      replyAskedOn: row.reply_asked_on,
      replyDueOn: row.reply_due_on,
      reply: row.reply,
      repliedOn: row.replied_on,
      publishedOn: row.published_on,
      writtenBy: row.written_by_name,
      publishedBy: row.published_by_name,
    } satisfies Finding),
  );
}

/** Findings of visits, for all of one operation at once: the gravest first. */
export class FindingLoader {
  readonly ofVisit = new DataLoader<string, Finding[]>(async (ids) => {
    const rows = await readFindings(this.op.em, 'f.visit_id = any(?::uuid[])', [array(ids)]);
    return ids.map((id) => rows.filter((row) => row.visitId === id));
  });

  constructor(private readonly op: Operation) {}
}
