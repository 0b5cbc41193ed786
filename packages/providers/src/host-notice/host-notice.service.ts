import { badInput, conflict, isId, londonDate, notFound } from '@accord/kernel';
import { DirectoryService, OrganisationKind, type Operation } from '@accord/access';
import { execute } from '@accord/persistence';
import { UseService } from '../use.service.js';
import { HostNotice, type HostNoticeState } from './host-notice.entity.js';
import type { RecordHostNoticeInput } from './host-notice.resolver.js';

interface StateRow {
  readonly borough_id: string;
  readonly host_id: string;
  readonly up_to_date_as_at: string | null;
  readonly is_behind: boolean | null;
}

/** Notices to host boroughs: up to date, as of a day. */
export class HostNoticeService {
  constructor(private readonly op: Operation) {}

  /** @throws `CONFLICT` where a later day is recorded. */
  async record({ hostBoroughId, upToDateAsAt }: RecordHostNoticeInput): Promise<HostNoticeState> {
    const boroughId = await this.op.get(UseService).borough();
    const host = isId(hostBoroughId) ? await this.op.get(DirectoryService).organisation.load(hostBoroughId) : null;
    if (!host || host.kind !== OrganisationKind.BOROUGH) throw notFound('borough');
    if (host.id === boroughId)
      throw badInput('input.hostBoroughId', 'This is the own borough, to which it owes no notice.');
    if (upToDateAsAt > londonDate(new Date())) throw badInput('input.upToDateAsAt', `${upToDateAsAt} is to come.`);
    const written = await execute<object>(
      this.op.em,
      `insert into host_notice (borough_id, host_id, up_to_date_as_at) values (?, ?, ?)
       on conflict (borough_id, host_id) do update set up_to_date_as_at = excluded.up_to_date_as_at
         where host_notice.up_to_date_as_at <= excluded.up_to_date_as_at returning host_id`,
      [boroughId, host.id, upToDateAsAt],
    );
    if (written.length === 0) {
      const known = await this.op.em.findOneOrFail(HostNotice, { boroughId, hostId: host.id });
      throw conflict(`They are recorded as up to date as of ${known.upToDateAsAt}, which is later.`, {
        path: 'input.upToDateAsAt',
      });
    }
    const recorded = (await this.states()).find(
      (state) => state.placingBorough.id === boroughId && state.hostBorough.id === host.id,
    );
    if (!recorded) throw notFound('notice');
    return recorded;
  }

  /** What the own borough said of its notices, where it has not, and what others said of those to it. */
  async states(): Promise<HostNoticeState[]> {
    const { tenantId } = await this.op.caller();
    // Numbers are the caller's own by policy, so another's use decides nothing here.
    const rows = await execute<StateRow>(
      this.op.em,
      `with hosts as (
         select h.host_borough_id as host_id, max(n.used_since) as begun from placement_number n
         join home h on h.id = n.home_id
         where n.borough_id = ? and n.places_there and h.host_borough_id is not null and h.host_borough_id <> ? group by 1
       )
       select ?::uuid as borough_id, coalesce(s.host_id, u.host_id) as host_id,
         s.up_to_date_as_at::text as up_to_date_as_at,
         coalesce(u.begun > s.up_to_date_as_at, s.host_id is null) as is_behind
       from (select host_id, up_to_date_as_at from host_notice where borough_id = ?) s
       full join hosts u on u.host_id = s.host_id
       union all
       select borough_id, host_id, up_to_date_as_at::text, null from host_notice where host_id = ?`,
      [tenantId, tenantId, tenantId, tenantId, tenantId],
    );
    const { organisation: organisations } = this.op.get(DirectoryService);
    const states = await Promise.all(
      rows.map(async (row) => {
        const [placingBorough, hostBorough] = await Promise.all([
          organisations.load(row.borough_id),
          organisations.load(row.host_id),
        ]);
        if (!placingBorough || !hostBorough) return [];
        return [{ placingBorough, hostBorough, upToDateAsAt: row.up_to_date_as_at, isBehind: row.is_behind }];
      }),
    );
    const key = ({ hostBorough, placingBorough }: HostNoticeState) => `${hostBorough.name} ${placingBorough.name}`;
    return states.flat().toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  }
}
