import { Authenticator, type Runtime } from '@accord/access';
import { removeEvidenceBytes, type EvidenceStore } from '@accord/due-diligence';
import { createLogger, Round, Seal, type Config, type Logger } from '@accord/kernel';
import { AlertHub } from '@accord/notifications';
import { assertBoundByPolicies, createOrm, openEventBus } from '@accord/persistence';
import { ConnectionRegistry } from './connection-registry.js';
import { evidenceStore } from './evidence.js';
import { ALONG_HOMES, ENTITIES, MERGE_PARTS } from './features.js';
import { ErrorDesk } from './failure.js';
import { createHttp, requestCounter } from './http.js';
import { limitRules } from './limit.js';
import { Metrics } from './metrics.js';
import { createSchema } from './schema.js';
import { serveSse } from './sse.js';
import type { StreamHost } from './stream.js';
import { serveWebSocket } from './websocket.js';

/** How long a gateway that is closing waits for the answers under way. */
const LAST_ANSWERS_MS = 2000;
/** How often bytes of evidence are removed whose rows were deleted, or never kept. */
const REMOVAL_MS = 3_600_000;

type RuntimeConfig = Pick<Config, 'DATABASE_URL' | 'DATABASE_POOL' | 'REDIS_URL' | 'ACCORD_SECRET'>;

export interface RunningGateway {
  readonly url: string;
  /** Lets what is under way finish, closes the streams and then everything else. */
  close(): Promise<void>;
}

/**
 * What a gateway has once: connections, wake-ups, seals, the store of files. The alerts are not yet followed.
 * @param evidence none where no file is kept.
 */
export async function openRuntime(
  config: RuntimeConfig,
  logger: Logger,
  evidence: EvidenceStore | null = null,
): Promise<Runtime> {
  const orm = await createOrm({ url: config.DATABASE_URL, entities: ENTITIES, pool: config.DATABASE_POOL });
  const bus = await openEventBus(config.DATABASE_URL, config.REDIS_URL, logger);
  const cursors = new Seal(config.ACCORD_SECRET, 'cursor');
  const copies = new Seal(config.ACCORD_SECRET, 'relied copy');
  const downloads = new Seal(config.ACCORD_SECRET, 'evidence');
  const alerts = new AlertHub(orm, logger);
  const fromFeatures = { mergeParts: MERGE_PARTS, alongHomes: ALONG_HOMES };
  return { orm, bus, cursors, copies, downloads, evidence, logger, alerts, ...fromFeatures };
}

/** Starts a gateway. @throws Error when the schema has a field without a rule, or the database role is not bound by policies. */
export async function startGateway(config: Config): Promise<RunningGateway> {
  const schema = createSchema();
  await assertBoundByPolicies(config.DATABASE_URL);
  const logger = createLogger('gateway', config.LOG_LEVEL);
  const runtime = await openRuntime(config, logger, evidenceStore(config));
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
  const { evidence } = runtime;
  const removal = evidence
    ? new Round('removal of evidence', REMOVAL_MS, logger, () => removeEvidenceBytes(orm, evidence))
    : undefined;
  removal?.start();
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
      await Promise.all([alerts.stop(), connections.stop(), removal?.stop()]);
      await bus.close();
      await orm.close();
    },
  };
}
