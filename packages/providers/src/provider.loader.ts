import { execute } from '@accord/persistence';
import { byId, type Operation } from '@accord/access';
import DataLoader from 'dataloader';
import { AccreditationStanding, Home, Provider } from './provider.entity.js';
import { findProviders } from './merge/survivor.js';
import { ProviderListService } from './provider-list.service.js';
import { Inspection, Registration } from './registration.entity.js';

/** What belongs to providers and homes, for all of one operation at once. */
export class ProviderLoader {
  readonly provider: DataLoader<string, Provider | null> = this.#load(async (ids) => {
    const providers = await findProviders(this.op.em, ids);
    return ids.map((id) => providers.get(id) ?? null);
  });

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
