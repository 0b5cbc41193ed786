import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a connection still holds each time that it comes to rest. */
export interface Rest {
  readonly tenant: string;
  readonly caller: string;
  readonly role: string;
}

const ASK = `select coalesce(current_setting('app.tenant', true), ''), coalesce(current_setting('app.caller', true), ''), current_user`;

/**
 * Stands between a gateway and its PostgreSQL and passes everything on. Each time that a connection comes to
 * rest outside a transaction, it asks the server on that very connection what is still set, before the gateway
 * hears that its statement is done, and before the server hears what the gateway has sent meanwhile: so nothing can
 * come in between, and no rest goes unseen.
 */
export class WatchedPostgres {
  readonly rests: Rest[] = [];
  readonly #connections = new Set<WatchedConnection>();

  private constructor(
    private readonly server: Server,
    /** The URL that leads through here. */
    readonly url: string,
  ) {}

  static async start(databaseUrl: string): Promise<WatchedPostgres> {
    const url = new URL(databaseUrl);
    const [host, port] = [url.hostname, Number(url.port)];
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    const watched = new WatchedPostgres(server, url.href);
    server.on('connection', (client) => watched.#watch(client, connect(port, host)));
    return watched;
  }

  #watch(client: Socket, server: Socket): void {
    const connection = new WatchedConnection(client, server, (rest) => this.rests.push(rest));
    this.#connections.add(connection);
    client.once('close', () => this.#connections.delete(connection));
  }

  async stop(): Promise<void> {
    for (const connection of this.#connections) connection.end();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const HEADER_BYTES = 5;
/** The server's: it waits for what comes next. */
const READY = 'Z';
/** Of `READY`: no transaction is open. */
const IDLE = 'I';
const ROW = 'D';
/** A wake-up can come at any time, in the middle of our question too. */
const NOTIFICATION = 'A';
/** The client's: a statement is prepared under a name, gets its values, and runs; what was sent is to be answered. */
const [PARSE, BIND, EXECUTE, SYNC, QUERY, TERMINATE] = ['P', 'B', 'E', 'S', 'Q', 'X'] as const;

/** What the client sent up to where the server is to answer, or up to the end of a transaction. */
interface Turn {
  readonly bytes: Buffer;
  /** Whether the client waits for the answer, or has more behind it. */
  readonly isAwaited: boolean;
}

/** One connection of PostgreSQL's protocol, version 3, message by message. The server gets one turn at a time. */
class WatchedConnection {
  readonly #said = new Messages((type, message) => this.#answer(type, message));
  readonly #asked = new Messages((type, message) => this.#ask(type, message));
  readonly #statements = new Map<string, string>();
  readonly #turns: Turn[] = [];
  #turn: Buffer[] = [];
  /** The last statement that got its values. */
  #bound = '';
  /** The turn that the server is at; the first is to let the client in. */
  #current: Turn | undefined = { bytes: Buffer.alloc(0), isAwaited: true };
  #isIn = false;
  /** Set while the server answers our question: its answer is ours, and this message comes after it. */
  #held: Buffer | undefined;
  #row: string[] = [];

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly rested: (rest: Rest) => void,
  ) {
    client.on('data', (bytes) => (this.#isIn ? this.#asked.read(bytes) : server.write(bytes)));
    server.on('data', (bytes) => this.#said.read(bytes));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      // Messages are small and each waits for its answer.
      one.setNoDelay(true);
      one.on('close', () => other.destroy());
      one.on('error', () => other.destroy());
    }
  }

  end(): void {
    this.client.destroy();
    this.server.destroy();
  }

  #ask(type: string, message: Buffer): void {
    this.#turn.push(message);
    const [first = '', second = ''] = message.toString('utf8', HEADER_BYTES).split('\0', 2);
    if (type === PARSE) this.#statements.set(first, second);
    if (type === BIND) this.#bound = this.#statements.get(second) ?? '';
    if (type === EXECUTE && this.#bound === 'rollback') this.#next(false, emptyMessage(SYNC));
    if (type === SYNC || type === QUERY || type === TERMINATE) this.#next(true);
  }

  #next(isAwaited: boolean, ...added: Buffer[]): void {
    this.#turns.push({ bytes: Buffer.concat([...this.#turn, ...added]), isAwaited });
    this.#turn = [];
    this.#pass();
  }

  #pass(): void {
    if (this.#current) return;
    this.#current = this.#turns.shift();
    if (this.#current) this.server.write(this.#current.bytes);
  }

  #answer(type: string, message: Buffer): void {
    if (this.#held === undefined) {
      if (type !== READY) return void this.client.write(message);
      if (String.fromCharCode(message[HEADER_BYTES] ?? 0) !== IDLE) return this.#done(message);
      this.#held = message;
      this.server.write(simpleQuery(ASK));
      return;
    }
    if (type === ROW) this.#row = columnsOf(message);
    if (type === NOTIFICATION) this.client.write(message);
    if (type !== READY) return;
    const [tenant = 'no answer', caller = 'no answer', role = 'no answer'] = this.#row;
    this.rested({ tenant, caller, role });
    this.#row = [];
    this.#done(this.#held);
    this.#held = undefined;
  }

  #done(ready: Buffer): void {
    this.#isIn = true;
    if (this.#current?.isAwaited) this.client.write(ready);
    this.#current = undefined;
    this.#pass();
  }
}

/** What one side says, cut into messages. */
class Messages {
  #bytes: Buffer = Buffer.alloc(0);

  constructor(private readonly hear: (type: string, message: Buffer) => void) {}

  read(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    while (this.#bytes.length >= HEADER_BYTES) {
      const length = 1 + this.#bytes.readUInt32BE(1);
      if (this.#bytes.length < length) return;
      const message = Buffer.from(this.#bytes.subarray(0, length));
      this.#bytes = this.#bytes.subarray(length);
      this.hear(String.fromCharCode(message[0] ?? 0), message);
    }
  }
}

function emptyMessage(type: string): Buffer {
  return Buffer.from([type.charCodeAt(0), 0, 0, 0, 4]);
}

function simpleQuery(sql: string): Buffer {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.alloc(HEADER_BYTES);
  head.write('Q');
  head.writeUInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

function columnsOf(row: Buffer): string[] {
  const columns: string[] = [];
  let at = HEADER_BYTES + 2;
  for (let left = row.readUInt16BE(HEADER_BYTES); left > 0; left -= 1) {
    const length = row.readInt32BE(at);
    at += 4;
    columns.push(row.toString('utf8', at, at + Math.max(length, 0)));
    at += Math.max(length, 0);
  }
  return columns;
}
