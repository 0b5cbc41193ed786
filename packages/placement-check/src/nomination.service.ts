import { Principal, type Operation } from '@accord/access';
import { isId, londonDate, newId, notFound } from '@accord/kernel';
import { array, execute, readPlain } from '@accord/persistence';
import { PlacementNomination } from './saved-check.type.js';

interface Row {
  principal_id: string;
  nominated_by: string;
  nominated_on: string;
}

/** Whom assistant directors of the caller's borough have nominated to override placement checks. */
export class NominationService {
  constructor(private readonly op: Operation) {}

  async list(): Promise<PlacementNomination[]> {
    await this.op.caller();
    const rows = await execute<Row>(
      this.op.em,
      `select principal_id, nominated_by, nominated_on::text as nominated_on from placement_nomination
       where ended_on is null order by nominated_on, principal_id`,
    );
    const officers = await readPlain(this.op.em, Principal, 'where e.id = any(?::uuid[])', [
      array(rows.map((row) => row.principal_id)),
    ]);
    return rows.map((row) => ({
      officer: officers.find(({ id }) => id === row.principal_id) ?? null,
      nominatedBy: row.nominated_by,
      nominatedOn: row.nominated_on,
    }));
  }

  /** Nominates somebody of the own directory, or ends that. @throws `NOT_FOUND` for whoever is not in it. */
  async nominate(principalId: string, isNominated: boolean): Promise<PlacementNomination[]> {
    const { tenantId, displayName } = await this.op.caller();
    const officer = isId(principalId) ? await this.op.em.findOne(Principal, { id: principalId }) : null;
    if (!officer) throw notFound('officer');
    const today = londonDate(new Date());
    await (isNominated
      ? execute(
          this.op.em,
          `insert into placement_nomination (id, tenant_id, principal_id, nominated_by, nominated_on) values (?, ?, ?, ?, ?::date)
           on conflict (tenant_id, principal_id) where ended_on is null do nothing`,
          [newId(), tenantId, officer.id, displayName, today],
        )
      : execute(
          this.op.em,
          'update placement_nomination set ended_on = ?::date where principal_id = ? and ended_on is null',
          [today, officer.id],
        ));
    return this.list();
  }

  async isNominated(principalId: string): Promise<boolean> {
    const rows = await execute<object>(
      this.op.em,
      'select principal_id from placement_nomination where principal_id = ? and ended_on is null',
      [principalId],
    );
    return rows.length > 0;
  }
}
