import pg from 'pg';

/**
 * Where the processes under test wait inside the database for as long as the test keeps it closed: an advisory
 * lock. It makes sure of the moment at which a process is killed, without a hook for tests in the product.
 */
export class Gate {
  private constructor(
    private readonly client: pg.Client,
    private readonly key: string,
    /** The function of the trigger, where it is made with one. */
    private readonly trigger?: string,
  ) {}

  /** A gate that is a lock which the product itself takes. @param sqlKey SQL of the lock's number. */
  static async at(superuserUrl: string, sqlKey: string, trigger?: string): Promise<Gate> {
    const client = new pg.Client({ connectionString: superuserUrl });
    // A crash of PostgreSQL opens the gate; the test notices by what happens then.
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ key: string }>(`select (${sqlKey})::bigint::text as key`);
    return new Gate(client, rows[0]?.key ?? '', trigger);
  }

  /** The lock behind which places are given (packages/access/src/sequencer.ts): closed, what is committed has none. */
  static atSequencer(superuserUrl: string): Promise<Gate> {
    return Gate.at(superuserUrl, '4201610');
  }

  /** The lock of whoever writes about a provider (`lockProvider` of @accord/persistence). */
  static atProvider(superuserUrl: string, providerId: string): Promise<Gate> {
    return Gate.at(superuserUrl, `hashtextextended('provider ${providerId}', 0)`);
  }

  /**
   * A gate in front of an act on a table, made with a trigger.
   * @param act such as `insert`, or `update of handled_at`.
   * @param when 'at once', or 'at commit': then the transaction has done everything and is being committed.
   */
  static async before(
    superuserUrl: string,
    act: string,
    table: string,
    when: 'at once' | 'at commit' = 'at once',
  ): Promise<Gate> {
    const name = `gate_${table}_${act.replace(/\W+/g, '_')}_${when.replace(' ', '_')}`;
    const gate = await Gate.at(superuserUrl, `hashtextextended('${name}', 0)`, name);
    const [constraint, timing, deferred] =
      when === 'at once' ? ['', 'before', ''] : ['constraint', 'after', 'deferrable initially deferred'];
    await gate.client.query(`
      create function ${name}() returns trigger language plpgsql as
        'begin perform pg_advisory_xact_lock_shared(${gate.key}); return new; end';
      create ${constraint} trigger ${name} ${timing} ${act} on ${table} ${deferred} for each row execute function ${name}()`);
    return gate;
  }

  /** From now on nobody passes. Waits for those who are inside. */
  async close(): Promise<void> {
    await this.client.query('select pg_advisory_lock($1)', [this.key]);
  }

  async open(): Promise<void> {
    await this.client.query('select pg_advisory_unlock($1)', [this.key]);
  }

  /** How many transactions wait: at this gate, or for one that waits at it. */
  async waiting(): Promise<number> {
    const { rows } = await this.client.query<{ waiting: number }>(
      `select count(distinct l.pid)::int as waiting from pg_locks l join pg_stat_activity a using (pid)
       where a.datname = current_database() and not l.granted and (
         l.locktype in ('transactionid', 'tuple')
         or (l.locktype = 'advisory' and l.objsubid = 1 and (l.classid::bigint << 32 | l.objid::bigint) = $1::bigint))`,
      [this.key],
    );
    return rows[0]?.waiting ?? 0;
  }

  /** Opens it for good. */
  async remove(): Promise<void> {
    await this.client.query('select pg_advisory_unlock_all()');
    if (this.trigger !== undefined) await this.client.query(`drop function ${this.trigger} cascade`);
    await this.client.end();
  }
}
