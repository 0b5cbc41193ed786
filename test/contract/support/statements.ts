import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * Stands between a gateway and PostgreSQL, passes everything on as it is, and writes down which statements were
 * run: what the server was really asked, whoever asked it.
 */
export class StatementRecorder {
  readonly statements: string[] = [];
  /** The same, as they were sent: together up to where the server is to answer. */
  readonly packets: string[][] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((client) => this.#pass(client));

  private constructor(
    private readonly database: URL,
    private readonly isDeaf: boolean,
  ) {}

  /**
   * @param isDeaf lets no notification through: its gateway hears of nothing by a wake-up.
   * @returns beside itself the URL by which the gateway gets to the database through it.
   */
  static async start(databaseUrl: string, isDeaf = false): Promise<{ recorder: StatementRecorder; url: string }> {
    const database = new URL(databaseUrl);
    const recorder = new StatementRecorder(database, isDeaf);
    recorder.#server.listen(0, '127.0.0.1');
    await once(recorder.#server, 'listening');
    const url = new URL(database);
    url.port = String((recorder.#server.address() as AddressInfo).port);
    return { recorder, url: url.href };
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(client: Socket): void {
    const server = connect(Number(this.database.port), this.database.hostname);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          this.#sockets.delete(socket);
          client.destroy();
          server.destroy();
        });
    }
    let packet: string[] = [];
    const reader = new FrontendReader(
      (statement) => {
        this.statements.push(statement);
        packet.push(statement);
      },
      () => {
        this.packets.push(packet);
        packet = [];
      },
    );
    client.on('data', (bytes) => {
      reader.read(bytes);
      server.write(bytes);
    });
    const backend = new BackendReader((message) => client.write(message));
    server.on('data', (bytes) => (this.isDeaf ? backend.read(bytes) : client.write(bytes)));
  }
}

/** Reads the client's side of one connection (PostgreSQL's protocol 3, "Message Formats"). */
class FrontendReader {
  #rest = Buffer.alloc(0);
  #hasStarted = false;
  readonly #prepared = new Map<string, string>();

  constructor(
    private readonly record: (statement: string) => void,
    private readonly sync: () => void,
  ) {}

  read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    // The first message has no type.
    for (let typed = this.#hasStarted ? 1 : 0; this.#rest.length >= typed + 4; typed = 1) {
      const length = typed + this.#rest.readInt32BE(typed);
      if (this.#rest.length < length) return;
      if (this.#hasStarted)
        this.#message(String.fromCharCode(this.#rest[0] ?? 0), this.#rest.subarray(typed + 4, length));
      this.#hasStarted = true;
      this.#rest = this.#rest.subarray(length);
    }
  }

  #message(type: string, body: Buffer): void {
    const [first = '', second = ''] = body.toString('utf8').split('\0', 2);
    if (type === 'Q') this.record(first);
    // Parse names a statement; Bind runs the one of that name.
    if (type === 'P') this.#prepared.set(first, second);
    if (type === 'S') this.sync();
    if (type === 'B') this.record(this.#prepared.get(second) ?? `an unknown statement "${second}"`);
  }
}

/** Passes on what the server says, but for its notifications. */
class BackendReader {
  #rest = Buffer.alloc(0);

  constructor(private readonly pass: (message: Buffer) => void) {}

  read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    while (this.#rest.length >= 5) {
      const length = 1 + this.#rest.readInt32BE(1);
      if (this.#rest.length < length) return;
      if (this.#rest[0] !== NOTIFICATION) this.pass(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
    }
  }
}

/** The type of a NotificationResponse. */
const NOTIFICATION = 'A'.charCodeAt(0);
