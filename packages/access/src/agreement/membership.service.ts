import { conflict, londonDate } from '@accord/kernel';
import { execute } from '@accord/persistence';
import { once } from '../idempotency.js';
import type { Operation } from '../operation.js';
import { tellingOfSight } from '../sight.js';
import type { AcceptSharingAgreementInput, LeaveSharingAgreementInput } from './agreement.inputs.js';
import { AgreementLoader } from './agreement.loader.js';
import { endParts, followingVersions, lockAgreement } from './agreement.parts.js';
import type { AgreementView } from './agreement.type.js';
import { dayFromToday, later, requiredText } from './text.js';
import { SharingAgreementState } from './vocabulary.js';

interface Invitation {
  readonly id: string;
  readonly member_from: string;
  readonly member_until: string | null;
}

/** What an organisation does about its own part in an agreement. */
export class MembershipService {
  constructor(private readonly op: Operation) {}

  /** Accepts the version that was read. From its day on, and never for days before today, the organisation is a member. */
  async accept(input: AcceptSharingAgreementInput): Promise<AgreementView> {
    await once(this.op, 'acceptSharingAgreement', input, async () => {
      const { tenantId, displayName } = await this.op.caller();
      const agreement = await lockAgreement(this.op, input.agreementId);
      if (agreement.state === SharingAgreementState.OVER) throw conflict('This version is over: read the latest one.');
      const invitation = await this.#invitation(agreement.id, tenantId);
      const today = londonDate(new Date());
      const from = later(today, invitation.member_from);
      if (invitation.member_until !== null && invitation.member_until <= from)
        throw conflict(
          'The days for which your organisation was invited are over: ask the alliance to invite it anew.',
        );
      await this.#checkDay(agreement.id, tenantId, from);
      await tellingOfSight(this.op, from > today ? [] : [tenantId], () =>
        execute(
          this.op.em,
          `insert into agreement_member (agreement_id, organisation_id, member_from, member_until, invitation_id, accepted_at, accepted_by)
           values (?, ?, ?::date, ?::date, ?, now(), ?)`,
          [agreement.id, tenantId, from, invitation.member_until, invitation.id, displayName],
        ),
      );
    });
    return this.op.get(AgreementLoader).agreement(input.agreementId);
  }

  /** Leaves a version and those after it that were accepted; at once where no later day is given. */
  async leave(input: LeaveSharingAgreementInput): Promise<AgreementView> {
    await once(this.op, 'leaveSharingAgreement', input, async () => {
      const { tenantId } = await this.op.caller();
      const agreement = await lockAgreement(this.op, input.agreementId);
      const until = dayFromToday('input.until', input.until);
      const reason = requiredText('input.reason', input.reason);
      const versions = await followingVersions(this.op.em, agreement.id);
      const ended = await endParts(this.op, versions, tenantId, until, reason);
      if (ended === 0)
        throw conflict('Your organisation is no member of this agreement, or leaves it before that day.');
    });
    return this.op.get(AgreementLoader).agreement(input.agreementId);
  }

  async #invitation(agreementId: string, tenantId: string): Promise<Invitation> {
    const [invitation] = await execute<Invitation>(
      this.op.em,
      `select i.id, i.member_from::text, i.member_until::text from agreement_invitation i
       where i.agreement_id = ? and i.organisation_id = ? and i.withdrawn_at is null
         and not exists (select from agreement_member m where m.invitation_id = i.id)
       order by i.invited_at desc limit 1`,
      [agreementId, tenantId],
    );
    if (!invitation)
      throw conflict('There is no invitation to accept: your organisation has accepted already, or was not asked.');
    return invitation;
  }

  /** One membership begins on one day: who left today begins again tomorrow. */
  async #checkDay(agreementId: string, tenantId: string, from: string): Promise<void> {
    const rows = await execute<object>(
      this.op.em,
      'select agreement_id from agreement_member where agreement_id = ? and organisation_id = ? and member_from = ?::date',
      [agreementId, tenantId, from],
    );
    if (rows.length > 0)
      throw conflict(`Your organisation's part that began on ${from} has ended: accept on the day after it.`);
  }
}
