import { badInput, conflict, isId, londonDate, newId } from '@accord/kernel';
import { array, execute } from '@accord/persistence';
import { AgreementInvitation, SharingAgreement } from '../agreement.entity.js';
import { AlertKind } from '../alert-kind.js';
import { once } from '../idempotency.js';
import type { Operation } from '../operation.js';
import { Organisation } from '../organisation.entity.js';
import { tellingOfSight } from '../sight.js';
import { tellOfAgreement } from './agreement.events.js';
import type {
  AgreementInvitationInput,
  AgreementTermsInput,
  AmendSharingAgreementInput,
  DraftSharingAgreementInput,
  EndSharingAgreementInput,
  InviteToSharingAgreementInput,
  RemoveFromSharingAgreementInput,
  ReviewSharingAgreementInput,
} from './agreement.inputs.js';
import { AgreementLoader } from './agreement.loader.js';
import { endParts, followingVersions, lockAgreement } from './agreement.parts.js';
import type { AgreementView } from './agreement.type.js';
import { dayFromToday, later, requiredText } from './text.js';
import { AgreementPart, LawfulBasis, SharingAgreementState } from './vocabulary.js';

/** What the alliance does about agreements. Nobody is a member by it: that is for each organisation (`MembershipService`). */
export class AgreementService {
  constructor(private readonly op: Operation) {}

  async draft(input: DraftSharingAgreementInput): Promise<AgreementView> {
    const id = await once(this.op, 'draftSharingAgreement', input, async (agreementId) => {
      const terms = checkedTerms(input.terms, dayFromToday('input.terms.inForceFrom', input.terms.inForceFrom));
      const name = requiredText('input.name', input.name);
      await this.op.em.insert(SharingAgreement, {
        id: agreementId,
        name,
        version: 1,
        replacesId: null,
        endedBecause: null,
        ...terms,
      });
      await this.#invite(agreementId, terms.inForceFrom, input.members);
    });
    return this.op.get(AgreementLoader).agreement(id);
  }

  /**
   * Other terms are a later version. The one before stays in force until this one's day, then this one counts for
   * those who have accepted it; whoever has not is out until they do.
   */
  async amend(input: AmendSharingAgreementInput): Promise<AgreementView> {
    const id = await once(this.op, 'amendSharingAgreement', input, async (agreementId) => {
      const earlier = await lockAgreement(this.op, input.agreementId);
      if (earlier.state === SharingAgreementState.OVER) throw conflict('This agreement is over: draft another one.');
      if ((await followingVersions(this.op.em, earlier.id)).length > 1)
        throw conflict('There is a later version of this agreement: amend that one.');
      const terms = checkedTerms(input.terms, later(earlier.inForceFrom, londonDate(new Date())));
      if (terms.inForceFrom <= londonDate(new Date()))
        throw badInput(
          'input.terms.inForceFrom',
          'Give a day that leaves its members time to accept it: tomorrow at the earliest.',
        );
      if (!isOfSubstance(earlier, terms))
        throw badInput('input.terms', 'This changes neither classes nor purpose nor basis: record a review instead.');
      const { name, version } = earlier;
      await this.op.em.insert(SharingAgreement, {
        id: agreementId,
        name,
        version: version + 1,
        replacesId: earlier.id,
        endedBecause: null,
        ...terms,
      });
      await execute(
        this.op.em,
        'update sharing_agreement set in_force_until = least(in_force_until, ?::date) where id = ?',
        [terms.inForceFrom, earlier.id],
      );
      await this.#invite(agreementId, terms.inForceFrom, await this.#partsOf(earlier));
    });
    return this.op.get(AgreementLoader).agreement(id);
  }

  async review(input: ReviewSharingAgreementInput): Promise<AgreementView> {
    await once(this.op, 'reviewSharingAgreement', input, async () => {
      const agreement = await lockAgreement(this.op, input.agreementId);
      if (agreement.state === SharingAgreementState.OVER) throw conflict('This agreement is over.');
      if (agreement.reviewOn !== input.expectedReviewOn)
        throw conflict(`This agreement is to be reviewed on ${agreement.reviewOn}: read it again.`);
      if (input.reviewOn <= londonDate(new Date())) throw badInput('input.reviewOn', 'Give a day to come.');
      await execute(this.op.em, 'update sharing_agreement set review_on = ?::date where id = ?', [
        input.reviewOn,
        agreement.id,
      ]);
    });
    return this.op.get(AgreementLoader).agreement(input.agreementId);
  }

  async invite(input: InviteToSharingAgreementInput): Promise<AgreementView> {
    await once(this.op, 'inviteToSharingAgreement', input, async () => {
      const agreement = await lockAgreement(this.op, input.agreementId);
      if (agreement.state === SharingAgreementState.OVER) throw conflict('This agreement is over.');
      const parts = await this.op.get(AgreementLoader).members.load(agreement.id);
      const inIt = parts.filter(({ part }) => part !== AgreementPart.LEFT).map(({ organisationId }) => organisationId);
      if (input.members.some(({ organisationId }) => inIt.includes(organisationId)))
        throw conflict('An organisation is a member or invited already: leave it out.', { path: 'input.members' });
      await this.#invite(agreement.id, agreement.inForceFrom, input.members);
    });
    return this.op.get(AgreementLoader).agreement(input.agreementId);
  }

  /** Ends an organisation's part, or its invitation; at once where no later day is given. */
  async remove(input: RemoveFromSharingAgreementInput): Promise<AgreementView> {
    await once(this.op, 'removeFromSharingAgreement', input, async () => {
      const agreement = await lockAgreement(this.op, input.agreementId);
      const until = dayFromToday('input.until', input.until);
      const reason = requiredText('input.reason', input.reason);
      const { organisationId } = input;
      const versions = await followingVersions(this.op.em, agreement.id);
      const withdrawn = isId(organisationId) ? await this.#withdraw(versions, organisationId) : 0;
      const ended = isId(organisationId) ? await endParts(this.op, versions, organisationId, until, reason) : 0;
      if (withdrawn + ended === 0)
        throw badInput('input.organisationId', 'This organisation is neither a member nor invited.');
      await this.#tell(AlertKind.SHARING_AGREEMENT_ENDED, agreement.id, [organisationId]);
    });
    return this.op.get(AgreementLoader).agreement(input.agreementId);
  }

  /** Ends a version and those that would follow it; at once where no later day is given. */
  async end(input: EndSharingAgreementInput): Promise<AgreementView> {
    await once(this.op, 'endSharingAgreement', input, async () => {
      const agreement = await lockAgreement(this.op, input.agreementId);
      const until = dayFromToday('input.until', input.until);
      const reason = requiredText('input.reason', input.reason);
      if (agreement.state === SharingAgreementState.OVER) throw conflict('This agreement is over already.');
      const versions = await followingVersions(this.op.em, agreement.id);
      const members = await execute<{ id: string }>(
        this.op.em,
        'select distinct organisation_id as id from agreement_member where agreement_id = any(?::uuid[])',
        [array(versions)],
      );
      const organisations = members.map(({ id }) => id);
      await tellingOfSight(this.op, organisations, () =>
        execute(
          this.op.em,
          `update sharing_agreement set in_force_until = greatest(in_force_from, ?::date), ended_because = ?
           where id = any(?::uuid[]) and (in_force_until is null or in_force_until > ?::date)`,
          [until, reason, array(versions), until],
        ),
      );
      await this.#tell(AlertKind.SHARING_AGREEMENT_ENDED, agreement.id, organisations);
    });
    return this.op.get(AgreementLoader).agreement(input.agreementId);
  }

  async #invite(agreementId: string, from: string, members: readonly AgreementInvitationInput[]): Promise<void> {
    const ids = members.map(({ organisationId }) => organisationId);
    const path = 'input.members';
    if (ids.length === 0) throw badInput(path, 'Name at least one organisation.');
    if (new Set(ids).size < ids.length) throw badInput(path, 'Name each organisation once.');
    const known = ids.every(isId) ? await this.op.em.count(Organisation, { id: { $in: ids } }) : 0;
    if (known < ids.length) throw badInput(path, 'Not every id is an organisation of the alliance; see organisations.');
    const invitedAt = new Date();
    for (const [index, member] of members.entries()) {
      const memberFrom = later(from, member.memberFrom ?? from);
      const memberUntil = member.memberUntil ?? null;
      if (memberUntil !== null && memberUntil <= memberFrom)
        throw badInput(`${path}.${index}.memberUntil`, `Give a day after ${memberFrom}, the first of its membership.`);
      const { organisationId } = member;
      const row = { id: newId(), agreementId, organisationId, memberFrom, memberUntil, invitedAt, withdrawnAt: null };
      await this.op.em.insert(AgreementInvitation, row);
    }
    await this.#tell(AlertKind.SHARING_AGREEMENT_PROPOSED, agreementId, ids);
  }

  /** Whom a later version asks: those who are members of the one before, or asked to be. */
  async #partsOf({ id }: AgreementView): Promise<AgreementInvitationInput[]> {
    const parts = await this.op.get(AgreementLoader).members.load(id);
    return parts
      .filter(({ part }) => part !== AgreementPart.LEFT)
      .map(({ organisationId, memberFrom, memberUntil }) => ({ organisationId, memberFrom, memberUntil }));
  }

  async #withdraw(versions: readonly string[], organisationId: string): Promise<number> {
    const rows = await execute<object>(
      this.op.em,
      `update agreement_invitation i set withdrawn_at = now()
       where i.agreement_id = any(?::uuid[]) and i.organisation_id = ? and i.withdrawn_at is null
         and not exists (select from agreement_member m where m.invitation_id = i.id) returning i.id`,
      [array(versions), organisationId],
    );
    return rows.length;
  }

  async #tell(kind: AlertKind, agreementId: string, recipients: readonly string[]): Promise<void> {
    const { tenantId } = await this.op.caller();
    await tellOfAgreement(this.op.em, kind, tenantId, agreementId, recipients, new Date());
    this.op.wake('outbox');
  }
}

type Terms = Required<AgreementTermsInput> & { inForceUntil: string | null };

/** @param earliest the first day on which they may be in force. */
function checkedTerms(terms: AgreementTermsInput, earliest: string): Terms {
  const { inForceFrom, reviewOn } = terms;
  const at = (field: string): string => `input.terms.${field}`;
  const [classes, lawfulBases] = [[...new Set(terms.classes)], [...new Set(terms.lawfulBases)]];
  if (classes.length === 0) throw badInput(at('classes'), 'Say what may be shared: at least one class.');
  if (!lawfulBases.includes(LawfulBasis.PUBLIC_TASK))
    throw badInput(at('lawfulBases'), 'Every agreement rests on PUBLIC_TASK; name the others beside it.');
  if (inForceFrom < earliest) throw badInput(at('inForceFrom'), `Give ${earliest} or a later day.`);
  const inForceUntil = terms.inForceUntil ?? null;
  if (inForceUntil !== null && inForceUntil <= inForceFrom)
    throw badInput(at('inForceUntil'), `Give a day after ${inForceFrom}, from which it is in force.`);
  if (reviewOn <= inForceFrom)
    throw badInput(at('reviewOn'), `Give a day after ${inForceFrom}, from which it is in force.`);
  const purpose = requiredText(at('purpose'), terms.purpose);
  const dpiaReference = requiredText(at('dpiaReference'), terms.dpiaReference);
  return { classes, lawfulBases, purpose, dpiaReference, inForceFrom, inForceUntil, reviewOn };
}

const isOfSubstance = (before: AgreementView, after: Terms): boolean =>
  before.purpose !== after.purpose ||
  !isSameSet(before.classes, after.classes) ||
  !isSameSet(before.lawfulBases, after.lawfulBases);

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value) => other.includes(value));
