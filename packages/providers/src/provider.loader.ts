import { execute } from '@accord/persistence';
import { byId, type Operation } from '@accord/access';
import DataLoader from 'dataloader';
import { AccreditationStanding, Home, Provider } from './provider.entity.js';
import { ProviderListService } from './provider-list.service.js';
import { Inspection, Registration } from './registration.entity.js';

/** Of one registration; there is about one a year. */
export const MOST_INSPECTIONS = 20;

/** What belongs to providers and homes, for all of one operation at once. */
export class ProviderLoader {
  readonly provider = this.#load((ids) =>
    this.op.em.find(Provider, { id: { $in: ids } }).then((rows) => byId(ids, rows)),
  );

  readonly home = this.#load((ids) => this.op.em.find(Home, { id: { $in: ids } }).then((rows) => byId(ids, rows)));

  readonly openFlagCount = this.#load((ids) => this.op.get(ProviderListService).openFlagCounts(ids));

  readonly standing = this.#load(async (ids) => {
    const rows = await this.op.em.find(AccreditationStanding, { providerId: { $in: ids } });
    return ids.map((id) => rows.find((row) => row.providerId === id) ?? null);
  });

  readonly registrationsOfProvider = this.#load(async (ids) => {
    const rows = await this.op.em.find(
      Registration,
      { providerId: { $in: ids }, homeId: null },
      { orderBy: { reference: 'asc' } },
    );
    return ids.map((id) => rows.filter((row) => row.providerId === id));
  });

  readonly registrationsOfHome = this.#load(async (ids) => {
    const rows = await this.op.em.find(Registration, { homeId: { $in: ids } }, { orderBy: { reference: 'asc' } });
    return ids.map((id) => rows.filter((row) => row.homeId === id));
  });

  /** The last of each registration, newest first. */
  readonly inspectionsOfRegistration = this.#load(async (ids) => {
    const latest = await execute<{ id: string }>(
      this.op.em,
      `select i.id from unnest(?::uuid[]) asked(id) cross join lateral (
         select id from inspection where registration_id = asked.id
         order by inspected_on desc, event_number desc limit ${MOST_INSPECTIONS}
       ) i`,
      [`{${ids.join(',')}}`],
    );
    const rows = await this.op.em.find(
      Inspection,
      { id: { $in: latest.map((row) => row.id) } },
      { orderBy: { inspectedOn: 'desc', eventNumber: 'desc' } },
    );
    return ids.map((id) => rows.filter((row) => row.registrationId === id));
  });

  readonly latestInspection = this.#load(async (ids) => {
    const latest = await execute<{ id: string }>(
      this.op.em,
      'select distinct on (home_id) id from inspection where home_id = any(?::uuid[]) order by home_id, inspected_on desc, event_number desc',
      [`{${ids.join(',')}}`],
    );
    const rows = await this.op.em.find(Inspection, { id: { $in: latest.map((row) => row.id) } });
    return ids.map((id) => rows.find((row) => row.homeId === id) ?? null);
  });

  constructor(private readonly op: Operation) {}

  #load<T>(batch: (ids: string[]) => Promise<T[]>): DataLoader<string, T> {
    return new DataLoader((ids) => batch([...ids]));
  }
}
