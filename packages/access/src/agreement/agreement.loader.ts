import { notFound, isId } from '@accord/kernel';
import { array, execute, TODAY } from '@accord/persistence';
import DataLoader from 'dataloader';
import type { Operation } from '../operation.js';
import { AgreementView, SharingAgreementMember } from './agreement.type.js';
import { AgreementPart, SharingAgreementState } from './vocabulary.js';

const { COMING, IN_FORCE, OVER } = SharingAgreementState;
const { INVITED, ACCEPTED, LEFT } = AgreementPart;

const VIEW = `select a.id, a.name, a.version, a.replaces_id as "replacesId", a.classes, a.purpose, a.lawful_bases as "lawfulBases",
    a.dpia_reference as "dpiaReference", a.in_force_from::text as "inForceFrom", a.in_force_until::text as "inForceUntil",
    a.ended_because as "endedBecause", a.review_on::text as "reviewOn",
    case when a.in_force_until <= greatest(${TODAY}, a.in_force_from) then '${OVER}'
      when a.in_force_from > ${TODAY} then '${COMING}' else '${IN_FORCE}' end as state
  from sharing_agreement a`;

/** Members, and those asked that have not answered. */
const PARTS = `
  select m.agreement_id, m.organisation_id as "organisationId", m.member_from::text as "memberFrom", m.member_until::text as "memberUntil",
    (m.accepted_at at time zone 'Europe/London')::date::text as "acceptedOn", m.accepted_by as "acceptedBy", m.ended_because as "endedBecause",
    case when m.member_until <= greatest(${TODAY}, m.member_from) then '${LEFT}' else '${ACCEPTED}' end as part
  from agreement_member m where m.agreement_id = any(?::uuid[])
  union all
  select i.agreement_id, i.organisation_id, i.member_from::text, i.member_until::text, null, null, null, '${INVITED}'
  from agreement_invitation i where i.agreement_id = any(?::uuid[]) and i.withdrawn_at is null
    and not exists (select from agreement_member m where m.invitation_id = i.id)
  order by 4, 2`;

/** Agreements and their members, for all of one operation at once. */
export class AgreementLoader {
  readonly members = new DataLoader<string, SharingAgreementMember[]>(async (ids) => {
    const rows = await execute<SharingAgreementMember & { agreement_id: string }>(this.op.em, PARTS, [
      array([...ids]),
      array([...ids]),
    ]);
    const byAgreement = Map.groupBy(rows, (row) => row.agreement_id);
    return ids.map((id) => (byAgreement.get(id) ?? []).map((row) => Object.assign(new SharingAgreementMember(), row)));
  });

  constructor(private readonly op: Operation) {}

  /** Versions in force and to come, and with `withOver` those that are over: by name, the latest first. */
  async list(withOver: boolean): Promise<AgreementView[]> {
    const rows = await execute<AgreementView>(this.op.em, `${VIEW} order by a.name, a.version desc, a.id`);
    return rows.filter(({ state }) => withOver || state !== OVER).map((row) => Object.assign(new AgreementView(), row));
  }

  /** @throws `NOT_FOUND`. */
  async agreement(id: string): Promise<AgreementView> {
    const [row] = isId(id) ? await execute<AgreementView>(this.op.em, `${VIEW} where a.id = ?`, [id]) : [];
    if (!row) throw notFound('sharing agreement');
    return Object.assign(new AgreementView(), row);
  }
}
