import { createHmac, hkdfSync } from 'node:crypto';
import { asAudience, execute, inTransaction, TenantTransaction } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

/** Any number, the same for all workers: one sealer works at a time. */
const SEALER_LOCK = 4_201_611;
const BATCH = 500;

/** What stands before the first link. */
const START = '';

/** The columns that a link seals, in their order, as PostgreSQL writes them; a column left out could be altered unseen. */
const SEALED = `jsonb_build_array(e.id, e.seq, e.owner_id, e.item_id, e.item_version, e.provider_id, e.kind, e.purpose, e.note,
  e.reader_tenant_id, e.reader_id, e.reader_name, (extract(epoch from e.read_at) * 1000000)::bigint, e.read_on)::text`;

/** Makes links: a key of its own, so that whoever may write the table cannot make a chain that holds. */
export class ReadLogKey {
  readonly #key: Buffer;

  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'read log', 32));
  }

  link(previous: string, position: bigint, content: string): string {
    return createHmac('sha256', this.#key).update(`${previous}\n${position}\n${content}`).digest('hex');
  }
}

/**
 * Seals what was logged since, for each owner in turn, in the order of commits: what an earlier round found comes
 * before what a later one finds. An entry's content is read as its owner, behind the row policies.
 * @param orm of the worker.
 * @returns how many entries were sealed.
 */
export async function sealReadLog(orm: MikroORM, key: ReadLogKey): Promise<number> {
  const owners = await inTransaction(orm, findUnsealedOwners);
  let sealed = 0;
  for (const ownerId of owners) {
    sealed += await TenantTransaction.run(orm, { tenantId: ownerId, callerId: null }, 'write', (em) =>
      sealOf(em, ownerId, key),
    );
  }
  return sealed;
}

/** A transaction that logs lasts seconds; an hour before the last one sealed, nothing can be missing any more. */
const UNSEALED = `e.read_at > coalesce((select max(read_at) from read_log_seal), '-infinity') - interval '1 hour'
  and not exists (select from read_log_seal s where s.entry_id = e.id)`;

async function findUnsealedOwners(em: EntityManager): Promise<string[]> {
  const rows = await asAudience<{ owner_id: string }>(
    em,
    `select distinct e.owner_id from read_log_entry e where ${UNSEALED} order by 1`,
  );
  return rows.map((row) => row.owner_id);
}

async function sealOf(em: EntityManager, ownerId: string, key: ReadLogKey): Promise<number> {
  await execute(em, 'select pg_advisory_xact_lock(?)', [SEALER_LOCK]);
  const [last] = await execute<{ position: string; hash: string }>(
    em,
    'select position, hash from read_log_seal where owner_id = ? order by position desc limit 1',
    [ownerId],
  );
  const entries = await execute<{ id: string; content: string }>(
    em,
    `select e.id, ${SEALED} as content from read_log_entry e
     where e.owner_id = ? and not exists (select from read_log_seal s where s.entry_id = e.id)
     order by e.seq limit ${BATCH}`,
    [ownerId],
  );
  let position = BigInt(last?.position ?? 0);
  let hash = last?.hash ?? START;
  const seals = entries.map(({ id, content }) => {
    position += 1n;
    hash = key.link(hash, position, content);
    return { id, position: String(position), hash };
  });
  await execute(
    em,
    `insert into read_log_seal (owner_id, position, entry_id, read_at, hash)
     select e.owner_id, r.position, e.id, e.read_at, r.hash
     from jsonb_to_recordset(?::jsonb) as r(id uuid, position bigint, hash text) join read_log_entry e on e.id = r.id`,
    [JSON.stringify(seals)],
  );
  return seals.length;
}

/** What a look at one owner's chain found. */
export interface ChainCheck {
  readonly ownerId: string;
  readonly name: string;
  readonly links: number;
  /** Entries that no link seals yet. */
  readonly unsealed: number;
  /** The last link: kept elsewhere, it shows later that nothing was cut off the end. */
  readonly head: string | null;
  /** The first place at which the chain does not hold, and why; null when it does. */
  readonly broken: { readonly position: string; readonly entryId: string; readonly reason: string } | null;
}

interface Link {
  position: string;
  entry_id: string;
  hash: string;
  content: string | null;
}

/** Looks at every owner's chain from its first link. @param em of the tables' owner, who sees all of it. */
export async function verifyReadLog(em: EntityManager, key: ReadLogKey): Promise<ChainCheck[]> {
  const owners = await execute<{ id: string; name: string; unsealed: number }>(
    em,
    `select o.id, o.name, (select count(*)::int from read_log_entry e where e.owner_id = o.id
        and not exists (select from read_log_seal s where s.entry_id = e.id and s.owner_id = e.owner_id)) as unsealed
     from organisation o where exists (select from read_log_entry e where e.owner_id = o.id)
       or exists (select from read_log_seal s where s.owner_id = o.id) order by o.name, o.id`,
  );
  const checks: ChainCheck[] = [];
  for (const { id, name, unsealed } of owners)
    checks.push({ ownerId: id, name, unsealed, ...(await follow(em, id, key)) });
  return checks;
}

async function follow(
  em: EntityManager,
  ownerId: string,
  key: ReadLogKey,
): Promise<Pick<ChainCheck, 'links' | 'head' | 'broken'>> {
  let [links, hash, after] = [0, START, '0'];
  for (;;) {
    const page = await execute<Link>(
      em,
      `select s.position, s.entry_id, s.hash, case when e.id is not null then ${SEALED} end as content
       from read_log_seal s left join read_log_entry e on e.id = s.entry_id
       where s.owner_id = ? and s.position > ?::bigint order by s.position limit 5000`,
      [ownerId, after],
    );
    for (const link of page) {
      const reason = faultOf(link, links + 1, hash, key);
      if (reason !== null) {
        return { links, head: hash || null, broken: { position: link.position, entryId: link.entry_id, reason } };
      }
      links += 1;
      hash = link.hash;
      after = link.position;
    }
    if (page.length === 0) return { links, head: hash || null, broken: null };
  }
}

function faultOf(link: Link, expected: number, previous: string, key: ReadLogKey): string | null {
  if (BigInt(link.position) !== BigInt(expected)) return `link ${expected} is missing`;
  if (link.content === null) return 'its entry is gone';
  if (key.link(previous, BigInt(link.position), link.content) !== link.hash) return 'its entry or the link was altered';
  return null;
}
