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
 * hears that its statement is done: so nothing can come in between, and no rest goes unseen.
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
const READY = 'Z';
const ROW = 'D';
/** A wake-up can come at any time, in the middle of our question too. */
const NOTIFICATION = 'A';
/** Of `READY`: no transaction is open. */
const IDLE = 'I';

/** One connection of PostgreSQL's protocol, version 3: what the server says is read message by message. */
class WatchedConnection {
  #bytes: Buffer = Buffer.alloc(0);
  /** Set while the server answers our question: its answer is ours, and this message comes after it. */
  #held: Buffer | undefined;
  #row: string[] = [];

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly rested: (rest: Rest) => void,
  ) {
    client.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes) => this.#read(bytes));
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

  #read(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    while (this.#bytes.length >= HEADER_BYTES) {
      const length = 1 + this.#bytes.readUInt32BE(1);
      if (this.#bytes.length < length) return;
      this.#message(this.#bytes.subarray(0, length));
      this.#bytes = this.#bytes.subarray(length);
    }
  }

  #message(message: Buffer): void {
    const type = String.fromCharCode(message[0] ?? 0);
    if (this.#held === undefined) {
      const isAtRest = type === READY && String.fromCharCode(message[HEADER_BYTES] ?? 0) === IDLE;
      if (!isAtRest) return void this.client.write(message);
      this.#held = Buffer.from(message);
      this.server.write(simpleQuery(ASK));
      return;
    }
    if (type === ROW) this.#row = columnsOf(message);
    if (type === NOTIFICATION) this.client.write(message);
    if (type !== READY) return;
    const [tenant = 'no answer', caller = 'no answer', role = 'no answer'] = this.#row;
    this.rested({ tenant, caller, role });
    this.#row = [];
    this.client.write(this.#held);
    this.#held = undefined;
  }
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
