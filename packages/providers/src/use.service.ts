import { badInput, newId } from '@accord/kernel';
import { once, Organisation, OrganisationKind, type Operation } from '@accord/access';
import { array, execute, plain, readPlain } from '@accord/persistence';
import DataLoader from 'dataloader';
import type { RecordArrangementInput, RecordPlacementNumberInput } from './provider.inputs.js';
import { ProviderService } from './provider.service.js';
import { CommissioningArrangement, DeclaredUse, type ProviderUse } from './use.entity.js';

/** Rounded to five; whoever is declared at all has somebody there, so never to none. */
export const roundedToFive = (number: number): number => Math.max(5, Math.round(number / 5) * 5);

/** Which borough uses which provider: the own one in full, others as they declared it (rules 10 and 11). */
export class UseService {
  readonly arrangements = new DataLoader<string, CommissioningArrangement[]>(async (ids) => {
    const rows = await readPlain(
      this.op.em,
      CommissioningArrangement,
      'where e.provider_id = any(?::uuid[]) order by e.starts_on desc',
      [array(ids)],
    );
    return ids.map((id) => rows.filter((row) => row.providerId === id));
  });

  readonly usedBy = new DataLoader<string, ProviderUse[]>((ids) => this.#usedBy(ids));

  constructor(private readonly op: Operation) {}

  async recordArrangement(input: RecordArrangementInput): Promise<string> {
    const boroughId = await this.#borough();
    const startsOn = input.startsOn;
    const endsOn = input.endsOn ?? null;
    if (endsOn !== null && endsOn < startsOn) throw badInput('input.endsOn', 'It cannot end before it starts.');
    const { provider } = await this.op.get(ProviderService).subject(input.providerId, null);
    await once(this.op, 'recordArrangement', input, async (id) => {
      const arrangement = this.op.em.create(CommissioningArrangement, {
        id,
        boroughId,
        providerId: provider.id,
        route: input.route,
        startsOn,
        endsOn,
      });
      await this.op.em.persist(arrangement).flush();
    });
    return provider.id;
  }

  /** Records how many young people the caller's borough has there; 0 ends its use. */
  async recordPlacementNumber(input: RecordPlacementNumberInput): Promise<string> {
    const boroughId = await this.#borough();
    const { provider, home } = await this.op.get(ProviderService).subject(input.providerId, input.homeId);
    if (input.youngPeople < 0) throw badInput('input.youngPeople', 'Cannot be below zero.');
    await execute(
      this.op.em,
      `insert into placement_number (id, borough_id, provider_id, home_id, young_people, as_at) values (?, ?, ?, ?, ?, ?)
       on conflict (borough_id, provider_id, home_id) do update set young_people = excluded.young_people, as_at = excluded.as_at`,
      [newId(), boroughId, provider.id, home?.id ?? null, input.youngPeople, input.asAt],
    );
    if (await this.#hasDeclared(boroughId, provider.id)) await this.#declare(boroughId, provider.id);
    return provider.id;
  }

  /** Tells the alliance that the caller's borough uses a provider, or no longer does so. */
  async declareUse(providerId: string, declared: boolean): Promise<string> {
    const boroughId = await this.#borough();
    const { provider } = await this.op.get(ProviderService).subject(providerId, null);
    if (declared) await this.#declare(boroughId, provider.id);
    else await this.op.em.nativeDelete(DeclaredUse, { boroughId, providerId: provider.id });
    return provider.id;
  }

  async #declare(boroughId: string, providerId: string): Promise<void> {
    const [row] = await execute<{ n: number }>(
      this.op.em,
      'select coalesce(sum(young_people), 0)::int as n from placement_number where borough_id = ? and provider_id = ?',
      [boroughId, providerId],
    );
    const youngPeople = row?.n ?? 0;
    if (youngPeople === 0) {
      await this.op.em.nativeDelete(DeclaredUse, { boroughId, providerId });
      return;
    }
    await execute(
      this.op.em,
      `insert into declared_use (borough_id, provider_id, young_people_rounded) values (?, ?, ?)
       on conflict (borough_id, provider_id) do update set young_people_rounded = excluded.young_people_rounded`,
      [boroughId, providerId, roundedToFive(youngPeople)],
    );
  }

  async #hasDeclared(boroughId: string, providerId: string): Promise<boolean> {
    return (await this.op.em.count(DeclaredUse, { boroughId, providerId })) > 0;
  }

  async #usedBy(ids: readonly string[]): Promise<ProviderUse[][]> {
    const { tenantId } = await this.op.caller();
    // The caller's own numbers, exact; what others declared, rounded. Row policies keep the rest away.
    const rows = await execute<{ provider_id: string; young_people: number; borough: object }>(
      this.op.em,
      `select u.provider_id, u.young_people, to_jsonb(o) as borough from (
         select provider_id, borough_id, sum(young_people)::int as young_people from placement_number
         where provider_id = any(?::uuid[]) and places_there group by 1, 2
         union all
         select provider_id, borough_id, young_people_rounded from declared_use
         where provider_id = any(?::uuid[]) and borough_id <> ?
       ) u join organisation o on o.id = u.borough_id`,
      [array(ids), array(ids), tenantId],
    );
    const uses = rows.map((row) => ({
      providerId: row.provider_id,
      borough: plain(this.op.em, Organisation, row.borough),
      youngPeople: row.young_people,
    }));
    return ids.map((id) =>
      uses.filter((use) => use.providerId === id).toSorted((a, b) => (a.borough.name < b.borough.name ? -1 : 1)),
    );
  }

  async #borough(): Promise<string> {
    const { tenantId, tenantKind } = await this.op.caller();
    if (tenantKind !== OrganisationKind.BOROUGH)
      throw badInput('input', 'Placements are a borough’s: the alliance places nobody.');
    return tenantId;
  }
}
