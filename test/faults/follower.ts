import { expect } from '@jest/globals';
import { pause } from '@accord/kernel';
import { until, type TestClient, type TestStream } from '@accord/testkit';
import type { RaisedFlag } from './flags.js';
import { PATIENCE_MS } from './told.js';

const ALERTS = `subscription Follow($after: String) {
  providerAlerts(after: $after) { id cursor kind flag { id } }
}`;

interface Followed {
  readonly providerAlerts: {
    readonly id: string;
    readonly cursor: string;
    readonly kind: string;
    readonly flag: { readonly id: string } | null;
  };
}

const RECONNECT_MS = 20;

/** By WebSocket, or by Server-Sent Events. */
type Transport = 'subscribe' | 'stream';

/** A dashboard: subscribed, and when the connection is lost subscribed again with the cursor of the last alert. */
export class Follower {
  readonly #streams: TestStream<Followed>[] = [];
  #following: Promise<void> | undefined;
  #closed = false;

  private constructor(
    /** A client of a gateway that runs now. */
    private readonly client: () => TestClient,
    private readonly transport: Transport,
    readonly tenant: string,
  ) {}

  /**
   * Subscribes, so that the next alert is seen. Whoever comes back needs a cursor: call `begin` when there is
   * something to be seen.
   */
  static async open(tenant: string, transport: Transport, client: () => TestClient): Promise<Follower> {
    const follower = new Follower(client, transport, tenant);
    // The head of this answer says that the subscription is in force; a WebSocket would not say.
    const first = follower.#connect('stream');
    await until(() => first.status === 200, PATIENCE_MS);
    return follower;
  }

  /** Waits for the first alert, and follows what comes after it by the transport chosen. */
  async begin(): Promise<void> {
    const [first] = this.#streams;
    await first?.has(1, PATIENCE_MS);
    first?.close();
    this.#following = this.#follow();
  }

  get connections(): number {
    return this.#streams.length - 1;
  }

  /** Waits until the last of the flags has come, and expects to have seen exactly those that concern the tenant, in this order. */
  async expectToHaveSeen(placed: readonly RaisedFlag[]): Promise<void> {
    const expected = placed.filter(({ place }) => place.tenants.includes(this.tenant)).map(({ id }) => id);
    const last = expected.at(-1);
    const known = new Set(expected);
    await until(() => this.#alerts.some(({ flag }) => flag?.id === last), PATIENCE_MS);
    // What the clock tells of, beside them, is about no flag.
    expect(this.#alerts.flatMap(({ flag }) => (flag && known.has(flag.id) ? flag.id : []))).toEqual(expected);
    expect(new Set(this.#alerts.map(({ id }) => id)).size).toBe(this.#alerts.length);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#following;
  }

  get #alerts(): Followed['providerAlerts'][] {
    return this.#streams.flatMap(({ events }) => events.flatMap(({ data }) => (data ? [data.providerAlerts] : [])));
  }

  async #follow(): Promise<void> {
    while (!this.#closed) {
      const stream = this.#connect(this.transport);
      while (stream.ended === undefined && !this.#closed) await pause(RECONNECT_MS);
    }
    this.#streams.at(-1)?.close();
  }

  #connect(transport: Transport): TestStream<Followed> {
    const stream = this.client()[transport]<Followed>(ALERTS, { after: this.#alerts.at(-1)?.cursor ?? null });
    this.#streams.push(stream);
    return stream;
  }
}
