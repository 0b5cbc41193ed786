import { accessFeature } from '@accord/access';
import { scheduleFeature } from '@accord/monitoring';
import { createOrm, withClient } from '@accord/persistence';
import { turnReportClock } from '@accord/reporting';
import type { TestDatabaseUrls } from './cluster.js';

/**
 * Counts for the reports as a worker does. In a world that is copied it is done once, for all copies: a worker that
 * starts on one finds that the day is counted, and writes nothing in the middle of a test.
 */
export async function countReports({ worker: url }: Pick<TestDatabaseUrls, 'worker'>): Promise<void> {
  const orm = await createOrm({ url, entities: [...accessFeature.entities, ...scheduleFeature.entities], pool: 1 });
  try {
    await turnReportClock(orm, new Date());
  } finally {
    await orm.close();
  }
}

/** The same as if nothing had been counted yet: last month's figures are published, those of the running one are own. */
export async function countReportsAnew(urls: TestDatabaseUrls): Promise<void> {
  await withClient(urls.superuser, (client) =>
    client.query(
      'delete from report_share; delete from report_region; delete from report_borough; delete from report_month',
    ),
  );
  await countReports(urls);
}
