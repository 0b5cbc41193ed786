import { createLogger, newId } from '@accord/kernel';
import { openEventBus, type EventBus } from '@accord/persistence';
import { until, type TestStream } from '@accord/testkit';
import type { Scene } from './scene.js';
import { everyField } from './selection.js';
import { JUNIPERWOOD, TENANT, TENANTS, type TenantName } from './world.js';

export interface SeenAlert {
  readonly id: string;
  readonly kind: string;
  readonly occurredAt: string | null;
  readonly flag: Record<string, unknown> | null;
  readonly hold: Record<string, unknown> | null;
  readonly [field: string]: unknown;
}

const IDS = { provider: 'id', home: 'id' };
const ALERT = everyField('Alert', { ...IDS, flag: everyField('Flag', IDS), hold: everyField('Hold', IDS) });
const ALERTS = `subscription($filter: AlertFilter) { providerAlerts(filter: $filter) { ${ALERT} } }`;

/** Over WebSocket all tenants listen, over SSE one of each standing. */
const ON_SSE: readonly TenantName[] = ['brent', 'barnet', 'havering', 'alliance', 'ealing', 'camden'];

export type Transport = 'WebSocket' | 'SSE';

interface Ear {
  readonly tenant: TenantName;
  readonly transport: Transport;
  readonly stream: TestStream<{ providerAlerts: SeenAlert }>;
  taken: number;
}

/** Open streams of every tenant over both transports, and what came on each of them. */
export class Listening {
  private constructor(
    private readonly scene: Scene,
    private readonly bus: EventBus,
    private readonly ears: readonly Ear[],
  ) {}

  /** Who listens, in the words in which `take` names the streams. */
  get streams(): readonly { tenant: TenantName; name: string }[] {
    return this.ears.map(({ tenant, transport }) => ({ tenant, name: `${tenant} ${transport}` }));
  }

  static async start(scene: Scene, filter: Record<string, unknown> | null = null): Promise<Listening> {
    const { database, config } = scene.accord;
    const bus = await openEventBus(database.urls.gateway, config.REDIS_URL, createLogger('isolation', 'silent'));
    const ears: Ear[] = [];
    for (const tenant of TENANTS) {
      const client = await scene.member(tenant);
      ears.push({ tenant, transport: 'WebSocket', stream: client.subscribe(ALERTS, { filter }), taken: 0 });
      if (ON_SSE.includes(tenant))
        ears.push({ tenant, transport: 'SSE', stream: client.stream(ALERTS, { filter }), taken: 0 });
    }
    const listening = new Listening(scene, bus, ears);
    await listening.#allOpen();
    return listening;
  }

  async stop(): Promise<void> {
    for (const { stream } of this.ears) stream.close();
    await this.bus.close();
  }

  /**
   * What came on every stream since it was last asked for. An event for all members is sent after it: where that one
   * has come, nothing before it is still under way.
   */
  async take(): Promise<Readonly<Record<string, SeenAlert[]>>> {
    const mark = await this.#mark();
    const taken: [string, SeenAlert[]][] = [];
    for (const ear of this.ears) {
      const { tenant, transport, stream } = ear;
      await until(
        () => stream.events.some((event) => event.data?.providerAlerts.id === mark) || stream.ended !== undefined,
      );
      const events = stream.events.slice(ear.taken).filter((event) => event.data?.providerAlerts.kind !== MARK);
      ear.taken = stream.events.length;
      taken.push([`${tenant} ${transport}`, events.map((event) => alertOf(tenant, event))]);
    }
    return Object.fromEntries(taken);
  }

  /** Streams say nothing when they are open: they are when the marks of one round have come on all of them. */
  async #allOpen(): Promise<void> {
    await until(async () => {
      await this.#mark();
      return this.ears.every(({ stream }) => stream.events.length > 0);
    }, 15_000);
    await this.take();
  }

  /** An event about a provider that is for every member. @returns its id. */
  async #mark(): Promise<string> {
    const id = newId();
    await this.scene.insert('outbox_event', {
      id,
      kind: MARK,
      owner_id: TENANT.alliance,
      provider_id: JUNIPERWOOD,
      occurred_at: new Date(),
    });
    await this.bus.publish('outbox');
    await this.scene.settled();
    return id;
  }
}

/** Of these suites, only marks are of this kind. */
const MARK = 'ACCREDITATION_CHANGED';

function alertOf(
  tenant: TenantName,
  event: { data?: { providerAlerts: SeenAlert } | null; errors?: unknown },
): SeenAlert {
  if (!event.data || event.errors) throw new Error(`${tenant} was sent errors: ${JSON.stringify(event.errors)}`);
  return event.data.providerAlerts;
}
