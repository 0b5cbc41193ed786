import { Authenticator, sequence, type Runtime } from '@accord/access';
import { removeFileBytes, type FileCabinet } from '@accord/files';
import { createLogger, Round, Seal, type Config, type Logger } from '@accord/kernel';
import { AlertHub } from '@accord/notifications';
import { assertBoundByPolicies, createOrm, openEventBus } from '@accord/persistence';
import { ConnectionRegistry } from './connection-registry.js';
import { ALONG_HOMES, ENTITIES, MERGE_PARTS } from './features.js';
import { ErrorDesk } from './failure.js';
import { fileRoom } from './file.js';
import { createHttp, requestCounter } from './http.js';
import { limitRules } from './limit.js';
import { Metrics } from './metrics.js';
import { createSchema } from './schema.js';
import { serveSse } from './sse.js';
import type { StreamHost } from './stream.js';
import { serveWebSocket } from './websocket.js';

/** How long a gateway that is closing waits for the answers under way. */
const LAST_ANSWERS_MS = 2000;
/** How often bytes of files are removed whose rows were deleted, or never kept. */
const REMOVAL_MS = 3_600_000;
/** What two commits at the same moment left without a place waits no longer for it, whether or not a worker runs. */
const PLACES_MS = 1000;

type RuntimeConfig = Pick<Config, 'DATABASE_URL' | 'DATABASE_POOL' | 'REDIS_URL' | 'ACCORD_SECRET'>;

export interface RunningGateway {
  readonly url: string;
  /** Lets what is under way finish, closes the streams and then everything else. */
  close(): Promise<void>;
}

/**
 * What a gateway has once: connections, wake-ups, seals, the store of files. The alerts are not yet followed.
 * @param room for files; none where no file is kept.
 */
export async function openRuntime(
  config: RuntimeConfig,
  logger: Logger,
  room: Omit<FileCabinet, 'tickets'> = { store: null, mostMegabytes: 0 },
): Promise<Runtime> {
  const orm = await createOrm({ url: config.DATABASE_URL, entities: ENTITIES, pool: config.DATABASE_POOL });
  const bus = await openEventBus(config.DATABASE_URL, config.REDIS_URL, logger);
  const cursors = new Seal(config.ACCORD_SECRET, 'cursor');
  const copies = new Seal(config.ACCORD_SECRET, 'relied copy');
  const files = { ...room, tickets: new Seal(config.ACCORD_SECRET, 'file') };
  const alerts = new AlertHub(orm, logger);
  const fromFeatures = { mergeParts: MERGE_PARTS, alongHomes: ALONG_HOMES };
  return { orm, bus, cursors, copies, files, logger, alerts, ...fromFeatures };
}

/** Starts a gateway. @throws Error when the schema has a field without a rule, or the database role is not bound by policies. */
export async function startGateway(config: Config): Promise<RunningGateway> {
  const schema = createSchema();
  await assertBoundByPolicies(config.DATABASE_URL);
  const logger = createLogger('gateway', config.LOG_LEVEL);
  const runtime = await openRuntime(config, logger, fileRoom(config));
  const { orm, bus, alerts } = runtime;
  const rules = limitRules(config.NODE_ENV !== 'production');
  const errors = new ErrorDesk(logger, config.NODE_ENV === 'production');
  const host: StreamHost = { schema, rules, runtime, errors, metrics: new Metrics() };
  const authenticator = new Authenticator(orm, config);
  const connections = new ConnectionRegistry(orm, logger);
  const app = await createHttp(config, host, authenticator, () => orm.isConnected());
  const closeStreams = serveSse(app, host, connections);
  const closeWebSockets = serveWebSocket(app.server, host, authenticator, connections, requestCounter(app));
  await alerts.start(bus);
  await connections.start(bus);
  const { store } = runtime.files;
  const removal = store
    ? new Round('removal of files', REMOVAL_MS, logger, () => removeFileBytes(orm, store))
    : undefined;
  removal?.start();
  const places = new Round('places', PLACES_MS, logger, () => sequence(orm, bus, logger, false));
  places.start();
  const url = await app.listen({ host: config.HOST, port: config.PORT });
  logger.info({ url }, 'gateway listens');
  return {
    url,
    close: async () => {
      // The server has closed when its last connection has: answers come to their end by themselves, streams do not.
      const closed = app.close();
      closeStreams();
      // Nor does a connection on which nothing was ever asked, such as a browser opens in advance, nor a client that stalls.
      const patience = setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS_MS);
      await Promise.all([closed, closeWebSockets()]);
      clearTimeout(patience);
      await Promise.all([alerts.stop(), connections.stop(), removal?.stop(), places.stop()]);
      await bus.close();
      await orm.close();
    },
  };
}
