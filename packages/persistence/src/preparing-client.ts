import { createHash } from 'node:crypto';
import pg from 'pg';
import { Packet, type Prepared } from './packet.js';

/** Statements that a connection keeps prepared. Each keeps its plan in the server: beyond these they are planned anew. */
const MOST_PREPARED = 200;

/** Texts that `execute` sends: they are few and come again, the ORM's own are not. */
const toPrepare = new Set<string>();

/** From now on connections prepare this text. @returns false where there are too many. */
export function prepareFromNowOn(text: string): boolean {
  if (toPrepare.size >= MOST_PREPARED * 10) return false;
  toPrepare.add(text);
  return true;
}

type Query = (...all: unknown[]) => Promise<unknown>;

const BEGIN = /^(begin|start transaction)\b/;
const ROLLBACK = 'rollback';

/**
 * A connection that prepares what `execute` sends, so that the server plans it once and not each time, and that
 * sends statements without waiting for the answers to those before them (they are answered in order).
 */
export class PreparingClient extends pg.Client {
  /** A switch of `pg`, which its types do not know. */
  declare pipeline: boolean;
  readonly #prepared = new Map<string, Prepared>();
  readonly #names = new Map<string, string>();
  readonly #send: Query;
  #packet: Packet | undefined;
  /** How many of its packets and statements the server has not answered. */
  #unanswered = 0;
  #isGathering = false;
  /** Whether the last that was asked, in this packet, is the end of a transaction. */
  #isRolledBack = false;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.pipeline = true;
    const send = this.query.bind(this) as Query;
    this.#send = (...all) => {
      this.#unanswered += 1;
      return send(...all);
    };
    const prepare: Query = (text, ...rest) => {
      this.#gather();
      const isNext = this.#isRolledBack;
      this.#isRolledBack = false;
      if (typeof text === 'string') {
        if (BEGIN.test(text)) return this.#begin(text, isNext);
        if (text === ROLLBACK) return this.#rollBack();
        const name = toPrepare.has(text) ? this.#nameOf(text) : undefined;
        if (name !== undefined) return this.#sendPrepared(name, text, rest[0] as unknown[] | undefined);
      }
      this.#post();
      return this.#sendAlone(text, ...rest);
    };
    this.query = prepare as typeof this.query;
  }

  /**
   * Begins a transaction without waiting for the answer: its first statements travel in the same packet. Were it refused,
   * none of these would run, whatever came after them would find no tenant, and so no row; and the connection is given up.
   */
  #begin(text: string, isNext: boolean): Promise<unknown> {
    // What was asked before it stands in no transaction of its own, but for the end of the one before.
    if (!isNext) this.#post();
    return this.#goOnBehind(text, 'START');
  }

  /**
   * Rolls back without waiting for the answer: whoever has the connection next begins in the same packet. Were it refused,
   * nothing behind it would run, and the connection is given up.
   */
  #rollBack(): Promise<unknown> {
    // In a packet of its own: behind a statement that fails it would not run.
    this.#post();
    // Whoever came next would wait for what still runs: the connection is kept until that is over.
    if (this.#unanswered > 0) return this.#sendPrepared(ROLLBACK, ROLLBACK);
    const ended = this.#goOnBehind(ROLLBACK, 'ROLLBACK');
    this.#isRolledBack = true;
    return ended;
  }

  #goOnBehind(text: string, command: string): Promise<unknown> {
    this.#sendPrepared(text, text, []).catch(() => this.connection.stream.destroy());
    return Promise.resolve({ command, rowCount: null, rows: [] });
  }

  /** The first time by itself, as `pg` does it, which learns its columns; from then on in a packet. */
  #sendPrepared(name: string, text: string, values: readonly unknown[] = []): Promise<unknown> {
    const prepared = this.#prepared.get(name);
    if (prepared) return (this.#packet ??= new Packet(this.#answered)).ask(prepared, values);
    this.#post();
    const sent = this.#sendAlone({ name, text, values }) as Promise<pg.QueryResult>;
    return sent.then((result) => {
      const columns = result.fields.map((field) => ({
        name: field.name,
        read: this.getTypeParser(field.dataTypeID, 'text') as (text: string) => unknown,
      }));
      this.#prepared.set(name, { name, columns });
      return result;
    });
  }

  readonly #answered = (): void => void (this.#unanswered -= 1);

  #sendAlone(...all: unknown[]): Promise<unknown> {
    const sent = this.#send(...all);
    sent.then(this.#answered, this.#answered);
    return sent;
  }

  /** Sends what is asked in one turn of the event loop in one packet: a packet costs more than most statements. */
  #gather(): void {
    if (this.#isGathering) return;
    const { stream } = this.connection;
    this.#isGathering = true;
    stream.cork();
    // After all that follows from what has just come in, and before anything else comes in.
    process.nextTick(() => {
      this.#isGathering = false;
      this.#post();
      stream.uncork();
    });
  }

  /** Hands over what has been asked so far, ahead of what is not prepared. */
  #post(): void {
    const packet = this.#packet;
    this.#packet = undefined;
    this.#isRolledBack = false;
    if (packet) void this.#send(packet);
  }

  #nameOf(text: string): string | undefined {
    let name = this.#names.get(text);
    if (name === undefined && this.#names.size < MOST_PREPARED) {
      name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
      this.#names.set(text, name);
    }
    return name;
  }
}
