import { conflict, isId, newId } from '@accord/kernel';
import { array, CALLER, execute, TENANT, TODAY } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Paging, type Connection, type PageArgs } from './connection.js';
import { DirectoryService } from './directory.service.js';
import type { Operation } from './operation.js';
import { Organisation } from './organisation.entity.js';
import { ReadKind, type ReadPurpose } from './read-log.entity.js';
import { LoggedRead, type ReadLogFilter } from './read-log.type.js';

/** What is read, and whose it is. */
export interface ReadItem {
  readonly id: string;
  readonly ownerId: string;
  readonly version: number;
  readonly providerId: string;
}

/**
 * SQL: that the caller was shown this version of an item today is in the log. It is written once for each person,
 * version and day, and never taken out again: whoever finds it there need not write it.
 */
export const summaryIsLogged = (item: string, version: string): string => `exists (
  select from read_log_entry r where r.kind = 'SUMMARY' and r.reader_id = ${CALLER} and r.item_id = ${item}
    and r.item_version = ${version} and r.read_on = ${TODAY})`;

interface Row {
  id: string;
  item_id: string;
  item_version: number;
  kind: ReadKind;
  purpose: ReadPurpose | null;
  note: string | null;
  read_at: Date | string;
  seq: string;
  reader_id: string;
  reader_name: string;
  reader_tenant_id: string;
  hash: string | null;
}

/** Writes down who of another organisation read what, and shows it to whose it is. */
export class ReadLogService {
  #summaries: ReadItem[] | undefined;

  constructor(private readonly op: Operation) {}

  /** Notes that the caller is about to be shown a summary of another organisation; written before the answer leaves. */
  summaryShown(item: ReadItem): void {
    if (!this.#summaries) {
      const summaries: ReadItem[] = [];
      this.op.beforeAnswer((em) => this.#write(em, summaries, ReadKind.SUMMARY, null, null));
      this.#summaries = summaries;
    }
    this.#summaries.push(item);
  }

  /** Logs a read at once, in the transaction of the read: without the entry, the row policy shows no detail. */
  log(item: ReadItem, kind: ReadKind, purpose: ReadPurpose, note: string | null): Promise<void> {
    return this.#write(this.op.em, [item], kind, purpose, note);
  }

  logAll(items: readonly ReadItem[], kind: ReadKind, purpose: ReadPurpose, note: string | null): Promise<void> {
    return this.#write(this.op.em, items, kind, purpose, note);
  }

  async #write(
    em: EntityManager,
    items: readonly ReadItem[],
    kind: ReadKind,
    purpose: ReadPurpose | null,
    note: string | null,
  ): Promise<void> {
    const { id, tenantId, displayName } = await this.op.caller();
    const rows = items.map((item) => ({
      id: newId(),
      owner: item.ownerId,
      item: item.id,
      version: item.version,
      provider: item.providerId,
    }));
    if (rows.length === 0) return;
    const [result] = await execute<{ gone: number }>(
      em,
      `with asked as (
         select * from jsonb_to_recordset(?::jsonb) as r(id uuid, owner uuid, item uuid, version int, provider uuid)
       ), seen as (
         select * from asked a where ?::boolean or exists (select from sharing s where s.id = a.item and s.owner_id = a.owner)
           or (?::boolean and file_is_there(a.item, a.owner))
       ), logged as (
         insert into read_log_entry (id, owner_id, item_id, item_version, provider_id, kind, purpose, note,
           reader_tenant_id, reader_id, reader_name)
         select id, owner, item, version, provider, ?, ?, ?, ?::uuid, ?::uuid, ? from seen
         on conflict (reader_id, item_id, item_version, read_on) where kind = 'SUMMARY' do nothing
       )
       select (select count(*) from asked)::int - (select count(*) from seen)::int as gone`,
      [
        JSON.stringify(rows),
        kind === ReadKind.SEALED_COPY,
        kind === ReadKind.FILE,
        kind,
        purpose,
        note,
        tenantId,
        id,
        displayName,
      ],
    );
    // Narrowed or withdrawn while it was read: what cannot be logged any more is not shown any more either.
    if (result?.gone !== 0) throw conflict('Something of this was taken back while you read it. Ask again.');
  }

  /** The purpose for which the caller last opened something about a provider today; it is asked for once a day. */
  async purposesToday(providerIds: readonly string[]): Promise<(ReadPurpose | null)[]> {
    const { id } = await this.op.caller();
    const rows = await execute<{ provider_id: string; purpose: ReadPurpose }>(
      this.op.em,
      // By the item: the entry keeps the provider that it was about then.
      `select distinct on (s.provider_id) s.provider_id, r.purpose
       from read_log_entry r join sharing s on s.id = r.item_id
       where r.reader_id = ? and r.kind = 'DETAIL' and r.read_on = ${TODAY} and s.provider_id = any(?::uuid[])
       order by s.provider_id, r.read_at desc, r.seq desc`,
      [id, array(providerIds)],
    );
    const known = new Map(rows.map((row) => [row.provider_id, row.purpose]));
    return providerIds.map((providerId) => known.get(providerId) ?? null);
  }

  /** Who read what is the own organisation's, newest first. */
  async list({ first, after }: PageArgs, filter: ReadLogFilter): Promise<Connection<LoggedRead>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'read log', filter);
    const size = paging.size(first);
    const place = paging.after(after);
    const rows = await this.#read(filter, size + 1, place as [string] | null);
    const reads = await this.#toReads(rows);
    const byId = new Map(reads.map((read) => [read.id, read]));
    return paging.page(
      rows.filter((row) => byId.has(row.id)),
      size,
      (row) => [String(row.seq)],
      (row) => byId.get(row.id) ?? new LoggedRead(),
    );
  }

  /** All of it that a filter leaves, to hand out. */
  async all(filter: ReadLogFilter, most: number): Promise<LoggedRead[]> {
    return this.#toReads(await this.#read(filter, most, null));
  }

  async #read(filter: ReadLogFilter, limit: number, place: [string] | null): Promise<Row[]> {
    const where = [`e.owner_id = ${TENANT}`];
    const values: unknown[] = [];
    const add = (sql: string, ...bound: unknown[]) => {
      where.push(sql);
      values.push(...bound);
    };
    for (const [column, id] of [
      ['item_id', filter.itemId],
      ['reader_id', filter.readerId],
    ] as const) {
      if (id === null || id === undefined) continue;
      if (!isId(id)) return [];
      add(`e.${column} = ?::uuid`, id);
    }
    if (filter.from) add('e.read_on >= ?::date', filter.from);
    if (filter.to) add('e.read_on <= ?::date', filter.to);
    if (place) add('e.seq < ?::bigint', ...place);
    return execute<Row>(
      this.op.em,
      `select e.id, e.item_id, e.item_version, e.kind, e.purpose, e.note, e.read_at, e.seq,
         e.reader_id, e.reader_name, e.reader_tenant_id, s.hash
       from read_log_entry e left join read_log_seal s on s.entry_id = e.id
       where ${where.join(' and ')} order by e.seq desc limit ${limit}`,
      values,
    );
  }

  async #toReads(rows: readonly Row[]): Promise<LoggedRead[]> {
    const { organisation } = this.op.get(DirectoryService);
    const tenants = await organisation.loadMany(rows.map((row) => row.reader_tenant_id));
    return rows.map((row, index) => {
      const tenant = tenants[index];
      return Object.assign(new LoggedRead(), {
        id: row.id,
        itemId: row.item_id,
        itemVersion: row.item_version,
        kind: row.kind,
        purpose: row.purpose,
        note: row.note,
        readAt: new Date(row.read_at),
        reader: {
          id: row.reader_id,
          displayName: row.reader_name,
          tenant: tenant instanceof Organisation ? tenant : null,
        },
        seal: row.hash,
      } satisfies LoggedRead);
    });
  }
}
