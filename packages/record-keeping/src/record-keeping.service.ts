import {
  once,
  Paging,
  plainText,
  retireSharings,
  type Connection,
  type Operation,
  type PageArgs,
} from '@accord/access';
import { badInput, conflict, fingerprint, isId, londonDate, notFound } from '@accord/kernel';
import { array, execute, lockName, lockProviders, readPlain } from '@accord/persistence';
import { IS_DUE, KEEPERS, RECORDS } from './keepers.js';
import { RecordTombstoneRow } from './record.entity.js';
import {
  KeptRecord,
  RecordsDue,
  RecordTombstone,
  type DeleteDueRecordsInput,
  type HoldRecordInput,
} from './record.type.js';
import type { RecordKind } from './vocabulary.js';

const LONGEST_REASON = 1000;
/** So many at a time: a deletion is gone through by somebody first. */
const MOST_AT_ONCE = 200;

const CHANGED = 'What is due has changed since the dry run: look at recordsDue again first.';

interface RecordRow {
  readonly id: string;
  readonly kind: RecordKind;
  readonly provider_id: string | null;
  readonly home_id: string | null;
  readonly over_on: string | null;
  readonly hold_reason: string | null;
  readonly held_by: string | null;
  readonly held_on: string | null;
}

/** Keeps records of the caller's organisation no longer than the rules allow, and no shorter than a hold asks (rules 8). */
export class RecordKeepingService {
  constructor(private readonly op: Operation) {}

  /** What would be deleted now: the dry run, whose token is asked for by the deletion itself. */
  async due(): Promise<RecordsDue> {
    const records = await this.#due();
    return Object.assign(new RecordsDue(), { records, token: tokenOf(records) } satisfies RecordsDue);
  }

  /** What a legal hold keeps, those longest held first. */
  held(): Promise<KeptRecord[]> {
    return this.#read('where kept.hold_reason is not null order by kept.held_on, kept.id', []);
  }

  /** Puts a legal hold on a record, or lifts it where no reason is given. A hold stops deletion, and nothing else. */
  async hold({ kind, recordId, reason }: HoldRecordInput): Promise<KeptRecord> {
    const { tenantId, displayName } = await this.op.caller();
    // A deletion looks again at what is held once it has the same lock.
    await this.#lock([await this.#one(kind, recordId)]);
    const record = await this.#one(kind, recordId);
    if (reason === null || reason === undefined)
      await execute(this.op.em, 'delete from record_hold where record_id = ?', [record.id]);
    else
      await execute(
        this.op.em,
        `insert into record_hold (owner_id, record_id, kind, reason, held_by, held_on) values (?, ?, ?, ?, ?, ?::date)
         on conflict (owner_id, record_id) do update set reason = excluded.reason`,
        [
          tenantId,
          record.id,
          kind,
          plainText('input.reason', reason, LONGEST_REASON),
          displayName,
          londonDate(new Date()),
        ],
      );
    return this.#one(kind, recordId);
  }

  /** Deletes exactly what the dry run showed. Nobody is told. @returns the tombstones. */
  async deleteDue(input: DeleteDueRecordsInput): Promise<RecordTombstone[]> {
    const id = await once(this.op, 'deleteDueRecords', input, async (deletionId) => {
      const reason = plainText('input.reason', input.reason, LONGEST_REASON);
      const found = await this.#due();
      await this.#lock(found);
      // Looked at again under the locks: an answer that is given meanwhile changes what is over.
      const records = await this.#due();
      if (records.length === 0) throw conflict('Nothing is due to be deleted.');
      if (tokenOf(records) !== input.token || tokenOf(found) !== input.token) throw badInput('input.token', CHANGED);
      await this.#delete(records);
      await this.#leaveTombstones(records, deletionId, reason);
    });
    return this.#tombstones('where e.deletion_id = ? order by e.over_on, e.id', [id]);
  }

  /** What was deleted, the latest first. */
  async tombstones({ first, after }: PageArgs): Promise<Connection<RecordTombstone>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'record tombstones', null);
    const size = paging.size(first);
    const place = paging.after(after);
    const beyond = place === null ? '' : 'where (e.deleted_on, e.id) < (?::date, ?::uuid)';
    const rows = await this.#tombstones(`${beyond} order by e.deleted_on desc, e.id desc limit ?`, [
      ...(place ?? []),
      size + 1,
    ]);
    return paging.page(
      rows,
      size,
      (row) => [row.deletedOn, row.id],
      (row) => row,
    );
  }

  #due(): Promise<KeptRecord[]> {
    return this.#read(`where ${IS_DUE} order by kept.over_on, kept.id limit ${MOST_AT_ONCE}`, []);
  }

  /** What is about a provider waits for whoever writes about it; what is about none, for its own name. */
  async #lock(records: readonly KeptRecord[]): Promise<void> {
    await lockProviders(
      this.op.em,
      records.flatMap(({ providerId }) => providerId ?? []),
    );
    const others = records.flatMap(({ id, providerId }) => (providerId === null ? id : []));
    for (const id of others.toSorted()) await lockName(this.op.em, `record ${id}`);
  }

  /** @throws `NOT_FOUND` for what is none of the caller's organisation's, too. */
  async #one(kind: RecordKind, id: string): Promise<KeptRecord> {
    const [record] = isId(id) ? await this.#read('where kept.kind = ? and kept.id = ?', [kind, id]) : [];
    if (!record) throw notFound('record');
    return record;
  }

  async #read(clause: string, values: readonly unknown[]): Promise<KeptRecord[]> {
    await this.op.caller();
    const rows = await execute<RecordRow>(
      this.op.em,
      `select kept.kind, kept.id, kept.provider_id, kept.home_id, kept.over_on::text as over_on, kept.hold_reason, kept.held_by,
         kept.held_on from ${RECORDS} ${clause}`,
      values,
    );
    return rows.map((row) =>
      Object.assign(new KeptRecord(), {
        id: row.id,
        kind: row.kind,
        providerId: row.provider_id,
        homeId: row.home_id,
        overOn: row.over_on,
        holdReason: row.hold_reason,
        heldBy: row.held_by,
        heldOn: row.held_on,
      } satisfies KeptRecord),
    );
  }

  async #delete(records: readonly KeptRecord[]): Promise<void> {
    const byKind = Map.groupBy(records, ({ kind }) => String(kind));
    for (const { kind, deletions, isShared } of KEEPERS) {
      const ids = (byKind.get(kind) ?? []).map(({ id }) => id);
      if (ids.length === 0) continue;
      for (const statement of deletions) await execute(this.op.em, statement, [array(ids)]);
      if (isShared) await retireSharings(this.op.em, ids);
    }
    // A policy looks at what is there when a row goes: what somebody has just changed stays, and all else with it.
    const left = await this.#read('where kept.id = any(?::uuid[])', [array(records.map(({ id }) => id))]);
    if (left.length > 0) throw conflict(CHANGED);
  }

  async #leaveTombstones(records: readonly KeptRecord[], deletionId: string, reason: string): Promise<void> {
    const { tenantId, displayName } = await this.op.caller();
    await execute(
      this.op.em,
      `insert into record_tombstone (owner_id, id, deletion_id, kind, provider_id, home_id, over_on, deleted_on, deleted_by, reason)
       select ?::uuid, id, ?::uuid, kind, "providerId", "homeId", "overOn", ?::date, ?, ?
       from jsonb_to_recordset(?::jsonb) as v(id uuid, kind text, "providerId" uuid, "homeId" uuid, "overOn" date)`,
      [tenantId, deletionId, londonDate(new Date()), displayName, reason, JSON.stringify(records)],
    );
  }

  async #tombstones(clause: string, values: readonly unknown[]): Promise<RecordTombstone[]> {
    await this.op.caller();
    const rows = await readPlain(this.op.em, RecordTombstoneRow, clause, values);
    return rows.map(({ id, kind, providerId, homeId, overOn, deletedOn, deletedBy, reason }) =>
      Object.assign(new RecordTombstone(), {
        id,
        kind,
        providerId,
        homeId,
        overOn,
        deletedOn,
        deletedBy,
        reason,
      } satisfies RecordTombstone),
    );
  }
}

const tokenOf = (records: readonly KeptRecord[]): string => fingerprint(records.map(({ id }) => id));
