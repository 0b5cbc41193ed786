import { createKey } from '@accord/access';
import { createLogger, newId } from '@accord/kernel';
import { createOrm, execute, inTransaction, openEventBus, type EventBus } from '@accord/persistence';
import { TestAccord, until, type TestClient, type TestStream, type World } from '@accord/testkit';
import type { MikroORM } from '@mikro-orm/postgresql';
import { openStreams } from '../../contract/support/wait.js';
import { eventsOf } from './alert-model.js';
import type { ModelWorld } from './audience-model.js';
import { monitoringLoads } from './load-monitoring.js';
import { loadWorlds, rowsOf, type RowOf } from './load-world.js';
import { monitoredPlainly } from './monitoring-world.js';

/** What a tenant of a world was told. */
export interface Heard {
  readonly webSocket: string[];
  readonly sse: string[];
  readonly inbox: string[];
}

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly occurredAt: string | null;
  readonly provider: { readonly id: string };
  readonly home: { readonly id: string } | null;
  readonly flag: {
    readonly id: string;
    readonly summary: string | null;
    readonly raisedBy: { id: string } | null;
  } | null;
  readonly hold: {
    readonly id: string;
    readonly reason: string | null;
    readonly borough: { id: string } | null;
  } | null;
  readonly intelligence: { readonly id: string; readonly tlp: string | null } | null;
  readonly visit: { readonly id: string; readonly outcome: string | null } | null;
}

const TOLD = `id kind occurredAt provider { id } home { id } flag { id summary raisedBy { id } } hold { id reason borough { id } }
  intelligence { id tlp } visit { id outcome }`;
const ALERTS = `subscription { providerAlerts { ${TOLD} } }`;
const INBOX = `{ notifications(first: 100) { nodes { ${TOLD} } } }`;

/** An alert that ends what a round has to say: no sharing is of this kind. */
const MARK = 'ACCREDITATION_CHANGED';
const NOTHING: World = { key: 'nothing', load: () => Promise.resolve() };
/** Longer than any suite: what the clock tells is another suite's. */
const NEVER_MS = String(86_400_000);
const PATIENCE_MS = 60_000;

interface Ear {
  readonly client: TestClient;
  readonly streams: readonly TestStream<{ providerAlerts: Told }>[];
}

/** One Accord, in which many worlds stand beside one another and somebody of every organisation listens. */
export class Wire {
  #worlds = 0;

  private constructor(
    private readonly accord: TestAccord,
    private readonly loader: MikroORM,
    private readonly bus: EventBus,
  ) {}

  static async open(): Promise<Wire> {
    const accord = await TestAccord.start({ CLOCK_EVERY_MS: NEVER_MS }, NOTHING);
    const { database, config } = accord;
    const loader = await createOrm({ url: database.urls.superuser, entities: [], pool: 1 });
    const bus = await openEventBus(database.urls.gateway, config.REDIS_URL, createLogger('isolation', 'silent'));
    return new Wire(accord, loader, bus);
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.loader.close();
    await this.accord.stop();
  }

  /** Has everything told in some new worlds at once. @returns what each of their tenants heard, by world and tenant. */
  async tell(worlds: readonly ModelWorld[]): Promise<Heard[][]> {
    const rows = worlds.map(() => rowsOf(`wire ${(this.#worlds += 1)} `));
    const ears = await this.#listen(worlds, rows);
    try {
      const mark = await this.#tell(worlds, rows);
      const isOver = ({ ended, events }: Ear['streams'][number]): boolean =>
        ended !== undefined || events.some(({ data }) => data?.providerAlerts.id === mark);
      await until(() => ears.flat().every(({ streams }) => streams.every(isOver)), PATIENCE_MS);
      return await Promise.all(
        worlds.map((world, number) => {
          const write = writerOf(world, rows[number] ?? rowsOf(''));
          return Promise.all((ears[number] ?? []).map((ear) => heardBy(ear, write)));
        }),
      );
    } finally {
      for (const { streams } of ears.flat()) for (const stream of streams) stream.close();
      await this.#opened(0);
    }
  }

  /** Loads the worlds, and opens both kinds of stream for somebody of every organisation; the suspended are not let in. */
  async #listen(worlds: readonly ModelWorld[], rows: readonly RowOf[]): Promise<Ear[][]> {
    const keys = worlds.map(({ suspended }, world) =>
      suspended.map((_, tenant) => {
        const [id, rowOf] = [newId(), rows[world] ?? rowsOf('')];
        const [tenantId, principalId] = [rowOf('organisation', tenant), rowOf('principal', tenant)];
        return { id, tenantId, principalId, ...createKey(tenantId, id) };
      }),
    );
    await inTransaction(this.loader, async (em) => {
      await loadWorlds(
        em,
        worlds.map((world, number) => ({ world: monitoredPlainly(world), rows: rows[number] ?? rowsOf('') })),
        monitoringLoads,
      );
      await execute(
        em,
        `insert into machine_key (id, tenant_id, principal_id, label, secret_hash, created_at, expires_at)
         select id, "tenantId", "principalId", 'Wire', "secretHash", now(), now() + interval '1 day'
         from jsonb_to_recordset(?::jsonb) as r(id uuid, "tenantId" uuid, "principalId" uuid, "secretHash" text)`,
        [JSON.stringify(keys.flat())],
      );
    });
    const ears = keys.map((own) =>
      own.map(({ shown }): Ear => {
        const client = this.accord.with(`Bearer ${shown}`);
        return { client, streams: [client.subscribe(ALERTS), client.stream(ALERTS)] };
      }),
    );
    const active = worlds.flatMap(({ suspended }) => suspended.filter((isSuspended) => !isSuspended)).length;
    await until(() => keptOut(worlds, ears), PATIENCE_MS);
    await this.#opened(2 * active);
    return ears;
  }

  #opened(count: number): Promise<void> {
    return until(async () => (await openStreams(this.accord.url)) === count, PATIENCE_MS);
  }

  /** Writes what there is to tell, and last an event for all who listen; resolves when the worker has seen to each. */
  async #tell(worlds: readonly ModelWorld[], rows: readonly RowOf[]): Promise<string> {
    const mark = newId();
    const events = worlds.flatMap((world, number) => {
      const rowOf = rows[number] ?? rowsOf('');
      return eventsOf(world).map((event) => ({
        id: newId(),
        kind: event.kind,
        sharing: rowOf('sharing', event.number),
        recipients: event.recipients?.map((tenant) => rowOf('organisation', tenant)) ?? null,
      }));
    });
    const everybody = worlds.flatMap(({ suspended }, number) =>
      suspended.map((_, tenant) => (rows[number] ?? rowsOf(''))('organisation', tenant)),
    );
    await inTransaction(this.loader, async (em) => {
      await execute(
        em,
        `insert into outbox_event (id, kind, owner_id, provider_id, home_id, sharing_id, sharing_kind, recipients, occurred_at)
         select r.id, r.kind, s.owner_id, s.provider_id, s.home_id, s.id, nullif(s.kind, 'FLAG'), r.recipients, now()
         from jsonb_to_recordset(?::jsonb) as r(id uuid, kind text, sharing uuid, recipients uuid[]) join sharing s on s.id = r.sharing`,
        [JSON.stringify(events)],
      );
      await execute(
        em,
        `insert into outbox_event (id, kind, owner_id, provider_id, recipients, occurred_at)
         select ?::uuid, '${MARK}', ?::uuid, ?::uuid, array(select id::uuid from jsonb_array_elements_text(?::jsonb) id), now()`,
        [mark, everybody[0], (rows[0] ?? rowsOf(''))('provider', 0), JSON.stringify(everybody)],
      );
    });
    await this.bus.publish('outbox');
    await until(async () => {
      const waiting = await inTransaction(this.loader, (em) =>
        execute(em, 'select from outbox_event where handled_at is null or handed_over_at is null limit 1'),
      );
      return waiting.length === 0;
    }, PATIENCE_MS);
    return mark;
  }
}

/** Whether all streams of those who are suspended have ended. */
const keptOut = (worlds: readonly ModelWorld[], ears: readonly (readonly Ear[])[]): boolean =>
  worlds.every(({ suspended }, world) =>
    suspended.every(
      (isSuspended, tenant) =>
        !isSuspended || ears[world]?.[tenant]?.streams.every(({ ended }) => ended !== undefined) === true,
    ),
  );

/** Writes what came in the model's numbers; what is of another world keeps its id, which no line of the model has. */
function writerOf(world: ModelWorld, rowOf: RowOf): (told: Told) => string[] {
  const numbers = (kind: string, count: number) =>
    new Map(Array.from({ length: count }, (_, number) => [rowOf(kind, number), number]));
  const [sharings, homes] = [numbers('sharing', world.sharings.length), numbers('home', world.homes.length)];
  const [providers, organisations] = [numbers('provider', 2), numbers('organisation', world.suspended.length)];
  const of = (known: ReadonlyMap<string, number>, id: string): string => String(known.get(id) ?? id);
  return ({ kind, occurredAt, provider, home, flag, hold, intelligence, visit }) => {
    if (kind === MARK) return [];
    const time = occurredAt === null ? '' : ', timed';
    const by = (owner: { id: string } | null): string => (owner ? of(organisations, owner.id) : 'nobody');
    const words = [
      ...(flag ? [`${flag.summary} by ${by(flag.raisedBy)}`] : []),
      ...(hold ? [`${hold.reason} by ${by(hold.borough)}`] : []),
      ...(intelligence ? [`${intelligence.tlp}`] : []),
      ...(visit ? [`${visit.outcome}`] : []),
    ];
    const id = (flag ?? hold ?? intelligence ?? visit)?.id;
    const about = `${of(providers, provider.id)} ${home && of(homes, home.id)}`;
    return [
      `${kind} ${id === undefined ? '?' : of(sharings, id)} at ${about}: ${words.length === 0 ? 'nothing' : words.join(' and ')}${time}`,
    ];
  };
}

async function heardBy({ client, streams }: Ear, write: (told: Told) => string[]): Promise<Heard> {
  const [webSocket = [], sse = []] = streams.map(({ events }) =>
    events.flatMap(({ data }) => (data ? write(data.providerAlerts) : [])).toSorted(),
  );
  const { data } = await client.send<{ notifications: { nodes: Told[] } }>(INBOX);
  const inbox = (data?.notifications.nodes ?? []).flatMap(write).toSorted();
  return { webSocket, sse, inbox };
}
