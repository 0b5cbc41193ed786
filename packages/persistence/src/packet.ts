import pg from 'pg';

/** A statement that the server keeps prepared on a connection, and the columns of its rows. */
export interface Prepared {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly read: (text: string) => unknown }[];
}

/** As `pg` gives it to a query that sends itself. */
interface Wire {
  bind(statement: { readonly statement: string; readonly values: readonly unknown[] }): void;
  execute(): void;
  sync(): void;
}

interface Asked {
  readonly prepared: Prepared;
  readonly values: readonly unknown[];
  readonly rows: object[];
  readonly resolve: (result: PreparedResult) => void;
  readonly reject: (error: Error) => void;
}

export interface PreparedResult {
  readonly command: string;
  readonly rowCount: number;
  readonly rows: object[];
}

/**
 * Prepared statements that are sent together: what their rows look like is known and not asked for again, and the server
 * answers once, when all have run, instead of after each. (Sent one by one by `pg`, a statement of forty columns is
 * described to the client each time, which costs it more than to read the row.)
 *
 * They stand in a transaction. When one fails, those behind it are not run.
 */
export class Packet extends pg.Query {
  readonly #asked: Asked[] = [];
  #next = 0;

  /** @param answered is called when the server has answered all of them. */
  constructor(private readonly answered: () => void) {
    super({ text: '' });
  }

  /** @param values as the driver sends them. */
  ask(prepared: Prepared, values: readonly unknown[]): Promise<PreparedResult> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ prepared, values, rows: [], resolve, reject });
    });
  }

  override submit = (connection: unknown): void => {
    const wire = connection as Wire;
    for (const { prepared, values } of this.#asked) {
      wire.bind({ statement: prepared.name, values });
      wire.execute();
    }
    wire.sync();
  };

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const asked = this.#asked[this.#next];
    if (!asked) return;
    try {
      const row: Record<string, unknown> = {};
      for (const [index, { name, read }] of asked.prepared.columns.entries()) {
        const text = fields[index] ?? null;
        row[name] = text === null ? null : read(text);
      }
      asked.rows.push(row);
    } catch (error) {
      // Thrown here it would end the process: whoever reads the socket has nobody to tell.
      asked.reject(error as Error);
    }
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const asked = this.#asked[this.#next];
    this.#next += 1;
    const words = text.split(' ');
    asked?.resolve({ command: words[0] ?? '', rowCount: Number(words.at(-1)) || 0, rows: asked.rows });
  }

  /** Of one of them, or of the connection. */
  handleError(error: Error): void {
    const [failed, ...behind] = this.#asked.slice(this.#next);
    this.#next = this.#asked.length;
    failed?.reject(error);
    for (const { reject } of behind) reject(new Error('Not run: a statement before it failed.', { cause: error }));
  }

  /** All have been answered one by one. */
  handleReadyForQuery(): void {
    this.answered();
  }
}
