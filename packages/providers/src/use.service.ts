import { badInput, conflict, londonDate, newId } from '@accord/kernel';
import { once, Organisation, OrganisationKind, type Operation } from '@accord/access';
import { array, execute, lockName, plain, readPlain } from '@accord/persistence';
import DataLoader from 'dataloader';
import { overRows } from './import/recordset.js';
import type { RecordArrangementInput, RecordPlacementNumberInput } from './provider.inputs.js';
import { ProviderService } from './provider.service.js';
import { CommissioningArrangement, DeclaredUse, PlacementNumber, type ProviderUse } from './use.entity.js';

/** How many young people somebody has somewhere. */
export interface NumberOf {
  readonly provider_id: string;
  readonly home_id: string | null;
  readonly young_people: number | null;
}

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
    const boroughId = await this.borough();
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

  /**
   * Records how many young people the caller's borough has there; 0 ends its use.
   * @throws `CONFLICT` where the number is known as of a later day.
   */
  async recordPlacementNumber(input: RecordPlacementNumberInput): Promise<string> {
    const boroughId = await this.borough();
    await this.lock(boroughId);
    const { provider, home } = await this.op.get(ProviderService).subject(input.providerId, input.homeId);
    if (input.youngPeople < 0) throw badInput('input.youngPeople', 'Cannot be below zero.');
    if (input.asAt > londonDate(new Date())) throw badInput('input.asAt', `${input.asAt} is to come.`);
    const known = await this.op.em.findOne(PlacementNumber, {
      boroughId,
      providerId: provider.id,
      homeId: home?.id ?? null,
    });
    if (known && known.asAt > input.asAt)
      throw conflict(`The number is known as of ${known.asAt}, which is later.`, { path: 'input.asAt' });
    const number = { provider_id: provider.id, home_id: home?.id ?? null, young_people: input.youngPeople };
    await this.writeNumbers(boroughId, [number], input.asAt);
    return provider.id;
  }

  /** The numbers of a borough come in one after the other: a list of homes, or one that is entered by hand. */
  lock(boroughId: string): Promise<void> {
    return lockName(this.op.em, `use of ${boroughId}`);
  }

  /**
   * Writes numbers of the caller's borough, and brings what it declared into step. What is known as of a later day
   * stays. The providers are locked.
   */
  async writeNumbers(boroughId: string, numbers: readonly NumberOf[], asAt: string): Promise<void> {
    await overRows(
      this.op.em,
      `insert into placement_number (id, borough_id, provider_id, home_id, young_people, as_at)
       select v.id, v.borough_id, v.provider_id, v.home_id, v.young_people, v.as_at
       from :rows as v(id uuid, borough_id uuid, provider_id uuid, home_id uuid, young_people int, as_at date)
       on conflict (borough_id, provider_id, home_id) do update set young_people = excluded.young_people, as_at = excluded.as_at
         where placement_number.as_at <= excluded.as_at`,
      numbers.map((number) => ({ id: newId(), borough_id: boroughId, as_at: asAt, ...number })),
    );
    const declared = await this.op.em.find(DeclaredUse, {
      boroughId,
      providerId: { $in: [...new Set(numbers.map((number) => number.provider_id))] },
    });
    if (declared.length > 0)
      await this.#declare(
        boroughId,
        declared.map(({ providerId }) => providerId),
      );
  }

  /** Tells the alliance that the caller's borough uses a provider, or no longer does so. */
  async declareUse(providerId: string, declared: boolean): Promise<string> {
    const boroughId = await this.borough();
    const { provider } = await this.op.get(ProviderService).subject(providerId, null);
    if (declared) await this.#declare(boroughId, [provider.id]);
    else await this.op.em.nativeDelete(DeclaredUse, { boroughId, providerId: provider.id });
    return provider.id;
  }

  /** Says of providers how many the borough has with each, rounded; of one where nobody is left, nothing any more. */
  async #declare(boroughId: string, providerIds: readonly string[]): Promise<void> {
    const used = await execute<{ provider_id: string; n: number }>(
      this.op.em,
      `select provider_id, sum(young_people)::int as n from placement_number
       where borough_id = ? and provider_id = any(?::uuid[]) and places_there group by 1`,
      [boroughId, array(providerIds)],
    );
    const left = providerIds.filter((id) => !used.some((row) => row.provider_id === id));
    if (left.length > 0) await this.op.em.nativeDelete(DeclaredUse, { boroughId, providerId: { $in: left } });
    await overRows(
      this.op.em,
      `insert into declared_use (borough_id, provider_id, young_people_rounded)
       select v.borough_id, v.provider_id, v.rounded from :rows as v(borough_id uuid, provider_id uuid, rounded int)
       on conflict (borough_id, provider_id) do update set young_people_rounded = excluded.young_people_rounded`,
      used.map((row) => ({ borough_id: boroughId, provider_id: row.provider_id, rounded: roundedToFive(row.n) })),
    );
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

  /** The caller's borough. @throws `BAD_USER_INPUT` for the alliance. */
  async borough(): Promise<string> {
    const { tenantId, tenantKind } = await this.op.caller();
    if (tenantKind !== OrganisationKind.BOROUGH)
      throw badInput('input', 'Placements are a borough’s: the alliance places nobody.');
    return tenantId;
  }
}
