import { expect } from '@jest/globals';
import { accessFeature, type ClockTurn } from '@accord/access';
import { scheduleFeature } from '@accord/monitoring';
import { createOrm } from '@accord/persistence';
import { createTestDatabase, EXAMPLE_WORLD, type TestDatabase } from '@accord/testkit';
import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';

/** The example world with two workers on it that do nothing but turn clocks: no gateway, no queue, nothing gets in between. */
export class ClockRoom {
  private constructor(
    private readonly database: TestDatabase,
    private readonly workers: readonly MikroORM[],
    private readonly superuser: pg.Client,
  ) {}

  static async open(): Promise<ClockRoom> {
    const database = await createTestDatabase(EXAMPLE_WORLD);
    const entities = [...accessFeature.entities, ...scheduleFeature.entities];
    const worker = () => createOrm({ url: database.urls.worker, entities, pool: 2 });
    const superuser = new pg.Client({ connectionString: database.urls.superuser });
    await superuser.connect();
    return new ClockRoom(database, [await worker(), await worker()], superuser);
  }

  async close(): Promise<void> {
    for (const worker of this.workers) await worker.close();
    await this.superuser.end();
    await this.database.drop();
  }

  async rows<T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.superuser.query<T>(text, [...values])).rows;
  }

  /** Both turn a clock at once, and neither meets a fault. @returns how much they told of together. */
  async turn(clock: (orm: MikroORM, now: Date) => Promise<ClockTurn>, now: Date): Promise<number> {
    const turns = await Promise.all(this.workers.map((worker) => clock(worker, now)));
    expect(turns.flatMap(({ faults }) => faults)).toEqual([]);
    return turns.reduce((sum, { told }) => sum + told, 0);
  }
}
