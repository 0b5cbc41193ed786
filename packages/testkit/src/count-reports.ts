import { accessFeature } from '@accord/access';
import { scheduleFeature } from '@accord/monitoring';
import { createOrm } from '@accord/persistence';
import { turnReportClock } from '@accord/reporting';

/**
 * Counts for the reports as a worker does. In a world that is copied it is done once, for all copies: a worker that
 * starts on one finds that the day is counted, and writes nothing in the middle of a test.
 * @param url of the worker's login.
 */
export async function countReports(url: string): Promise<void> {
  const orm = await createOrm({ url, entities: [...accessFeature.entities, ...scheduleFeature.entities], pool: 1 });
  try {
    await turnReportClock(orm, new Date());
  } finally {
    await orm.close();
  }
}
