import { findAlliance } from '@accord/access';
import { Round, type Config, type Logger } from '@accord/kernel';
import { execute, TenantTransaction, wakeOthers, type EventBus } from '@accord/persistence';
import { runImport } from '@accord/regulator';
import type { MikroORM } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { JobQueue } from './queue.js';

/** Wake-ups are hints: without one, what was committed is found after this long. */
const POLL_MS = 1000;

/** What a job of the import queue carries. */
const importJob = z.strictObject({ importId: z.uuid() });

/**
 * Takes files of the regulator's that wait in `regulator_import` to the queue, one at a time, again and again until
 * each has come in: a worker that dies with one in hand leaves it to the next, which goes on from its checkpoint.
 */
export class ImportQueue {
  readonly #looking: Round;
  #allianceId: string | undefined;

  private constructor(
    private readonly orm: MikroORM,
    private readonly queue: JobQueue<z.infer<typeof importJob>>,
    private readonly handOverAgainMs: number,
    logger: Logger,
  ) {
    this.#looking = new Round('imports', POLL_MS, logger, () => this.#handOver());
  }

  static async open(config: Config, logger: Logger, orm: MikroORM, bus: EventBus): Promise<ImportQueue> {
    const wake = () => wakeOthers(bus, 'outbox', logger);
    const queue = await JobQueue.open(
      config,
      logger,
      { name: 'imports', data: importJob, concurrency: 1 },
      async ({ importId }) => {
        const allianceId = await findAlliance(orm);
        if (allianceId === undefined) return;
        const hadLease = await runImport(orm, allianceId, importId, { onProgress: wake });
        if (hadLease) logger.info({ importId }, 'import handled');
      },
    );
    const imports = new ImportQueue(orm, queue, config.HAND_OVER_AGAIN_MS, logger);
    await bus.subscribe('imports', () => imports.#looking.call());
    imports.#looking.start();
    return imports;
  }

  async close(): Promise<void> {
    await this.#looking.stop();
    await this.queue.close();
  }

  /** The oldest that nobody has finished: marked first, as the relay marks events, and then queued. */
  async #handOver(): Promise<boolean> {
    this.#allianceId ??= await findAlliance(this.orm);
    if (this.#allianceId === undefined) return false;
    const [waiting] = await TenantTransaction.run(
      this.orm,
      { tenantId: this.#allianceId, callerId: null },
      'write',
      (em) =>
        execute<{ id: string }>(
          em,
          `with due as (
             select id from regulator_import where state in ('QUEUED', 'RUNNING')
               and (handed_over_at is null or handed_over_at < now() - ? * interval '1 millisecond')
             order by requested_at limit 1 for update skip locked
           )
           update regulator_import i set handed_over_at = now() from due where i.id = due.id returning i.id`,
          [this.handOverAgainMs],
        ),
    );
    if (waiting) await this.queue.add([{ id: waiting.id, data: { importId: waiting.id } }], String(Date.now()));
    // One at a time: the next when it is called again.
    return false;
  }
}
