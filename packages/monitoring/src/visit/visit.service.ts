import {
  AlertKind,
  once,
  plainText,
  SharingLevel,
  SharingService,
  type AudienceChange,
  type Operation,
  type Shared,
} from '@accord/access';
import { badInput, conflict, forbidden, isId, notFound } from '@accord/kernel';
import { execute, recordEvent } from '@accord/persistence';
import { expectVersion, ProviderService } from '@accord/providers';
import { FormLoader } from '../form/form.loader.js';
import { FRAMEWORK } from '../form/shipped-forms.js';
import { FormKind } from '../form/vocabulary.js';
import { refusePersonalData } from './personal-data.js';
import { checkedSharing, LONGEST_REASON, pastDay, reasonInWords } from './text.js';
import { readVisits } from './visit.disclosure.js';
import { VisitRecord } from './visit.entity.js';
import type { ChangeVisitSharingInput, ShareVisitInput, StartVisitInput, WithdrawVisitInput } from './visit.inputs.js';
import type { Visit } from './visit.type.js';
import { VisitorService } from './visitor.service.js';
import { VisitingFunction, VisitState } from './vocabulary.js';

/** Why a visit goes to the boroughs concerned when nobody says otherwise (rules 1). */
const BY_DEFAULT = 'Default: boroughs that place there, host it or checked it need to know.';

/** Writes visits down and sees them through: a draft, shared, shared otherwise, withdrawn. */
export class VisitService {
  constructor(private readonly op: Operation) {}

  async start(input: StartVisitInput): Promise<Visit> {
    const id = await once(this.op, 'startVisit', input, async (visitId) => {
      const { tenantId, id: callerId } = await this.op.caller();
      const { provider, home } = await this.op.get(ProviderService).subject(input.providerId, input.homeId);
      const { madeAs, mode, reason, unannounced } = input;
      await this.op.em.insert(VisitRecord, {
        id: visitId,
        ownerId: tenantId,
        providerId: provider.id,
        homeId: home?.id ?? null,
        ...(await this.#forms(input.templateId)),
        visitedOn: pastDay('input.visitedOn', input.visitedOn),
        reason,
        reasonOther: reasonInWords(reason, input.reasonOther),
        mode,
        unannounced,
        madeAs: madeAs ?? VisitingFunction.COMMISSIONING,
        providerRepresentatives: [],
        outcome: null,
        state: VisitState.DRAFT,
        version: 1,
        anonymous: false,
        withdrawalReason: null,
      });
      await this.op.get(VisitorService).setVisitors(visitId, 'input.visitorIds', input.visitorIds ?? [callerId]);
    });
    return this.seen(id);
  }

  /** Finishes a draft and shares it. Everybody else who may see it is told. */
  async share(input: ShareVisitInput): Promise<Visit> {
    await once(this.op, 'shareVisit', input, async () => {
      const visit = await this.#locked(input.visitId, input.expectedVersion);
      if (visit.state !== VisitState.DRAFT) throw conflict('This visit is no draft any more.');
      if (visit.outcome === null) throw badInput('input.visitId', 'Save the outcome of the visit before you share it.');
      await refusePersonalData(this.op, visit);
      const sharing = checkedSharing(input.sharing ?? { level: SharingLevel.BOROUGHS_CONCERNED, reason: BY_DEFAULT });
      const shared = sharedOf(visit);
      await this.op.get(SharingService).share(shared, sharing);
      visit.state = VisitState.SHARED;
      await this.#keepSharing(visit);
      if (sharing.level !== SharingLevel.OWN_BOROUGH) await this.tell(AlertKind.VISIT_SHARED, visit);
    });
    return this.seen(input.visitId);
  }

  /** Changes how far a visit goes. Who gains sight is told of it as new; who loses it, by ids alone. */
  async changeSharing(input: ChangeVisitSharingInput): Promise<Visit> {
    await once(this.op, 'changeVisitSharing', input, async () => {
      const visit = await this.#locked(input.visitId, input.expectedVersion);
      if (visit.state !== VisitState.SHARED)
        throw conflict(
          visit.state === VisitState.DRAFT ? 'This visit is not shared yet.' : 'This visit was withdrawn.',
        );
      const change = await this.op.get(SharingService).change(sharedOf(visit), checkedSharing(input.sharing));
      await this.#keepSharing(visit);
      await this.#tellChange(change, visit);
    });
    return this.seen(input.visitId);
  }

  /** Takes a visit back, with a reason. Those who knew of it know that, and nothing else of it any more. */
  async withdraw(input: WithdrawVisitInput): Promise<Visit> {
    await once(this.op, 'withdrawVisit', input, async () => {
      const reason = plainText('input.reason', input.reason, LONGEST_REASON);
      const visit = await this.#locked(input.visitId, input.expectedVersion);
      if (visit.state !== VisitState.SHARED)
        throw conflict(
          visit.state === VisitState.DRAFT ? 'A draft is nobody else’s.' : 'This visit was withdrawn already.',
        );
      visit.state = VisitState.WITHDRAWN;
      visit.withdrawalReason = reason;
      visit.version += 1;
      await this.op.em.flush();
      const now = new Date();
      const { lost } = await this.op.get(SharingService).end(visit.id, now);
      await this.tell(AlertKind.VISIT_WITHDRAWN, visit);
      if (lost.length > 0) await this.tell(AlertKind.ACCESS_ENDED, visit, lost);
    });
    return this.seen(input.visitId);
  }

  /** The visit as the caller may see it. @throws `NOT_FOUND`. */
  async seen(id: string): Promise<Visit> {
    const [visit] = isId(id) ? await readVisits(this.op, [id]) : [];
    if (!visit) throw notFound('visit');
    return visit;
  }

  /** The own borough's visit, its row locked. @throws `NOT_FOUND`, `FORBIDDEN`. */
  async own(id: string): Promise<VisitRecord> {
    const { isOwn } = await this.seen(id);
    if (!isOwn) throw forbidden('Only the borough that made a visit writes it, shares it and follows it up.');
    await execute(this.op.em, 'select id from visit where id = ? for update', [id]);
    return this.op.em.findOneOrFail(VisitRecord, id, { refresh: true });
  }

  /** The same with its provider locked: for whatever is told of, in the order in which it happens. */
  async ownLocked(id: string): Promise<VisitRecord> {
    await this.op.get(ProviderService).lockedWith(() => this.seen(id));
    return this.own(id);
  }

  /** Tells the audience of a visit, or those who are named, of it; its provider is locked. */
  async tell(kind: AlertKind, visit: VisitRecord, recipients?: readonly string[]): Promise<void> {
    const { id: sharingId, ownerId, providerId, homeId } = visit;
    await recordEvent(
      this.op.em,
      { kind, ownerId, providerId, homeId, sharingId, sharingKind: 'VISIT', ...(recipients && { recipients }) },
      new Date(),
    );
    this.op.wake('outbox');
  }

  async #tellChange({ gained, lost }: AudienceChange, visit: VisitRecord): Promise<void> {
    if (lost.length > 0) await this.tell(AlertKind.ACCESS_ENDED, visit, lost);
    if (gained.length > 0) await this.tell(AlertKind.VISIT_SHARED, visit, gained);
  }

  /** Keeps with the visit what its sharing says of its borough's name. */
  async #keepSharing(visit: VisitRecord): Promise<void> {
    const [row] = await execute<{ anonymous: boolean }>(this.op.em, 'select anonymous from sharing where id = ?', [
      visit.id,
    ]);
    visit.anonymous = row?.anonymous === true;
    visit.version += 1;
    await this.op.em.flush();
  }

  async #locked(id: string, expectedVersion: number): Promise<VisitRecord> {
    const visit = await this.ownLocked(id);
    expectVersion(visit.version, expectedVersion);
    return visit;
  }

  /** The version of the form that was asked for, and the framework of today. */
  async #forms(templateId: string): Promise<{ templateId: string; frameworkId: string }> {
    const loader = this.op.get(FormLoader);
    const form = isId(templateId) ? await loader.template.load(templateId) : null;
    if (form?.kind !== FormKind.VISIT && form?.kind !== FormKind.FRAMEWORK)
      throw badInput('input.templateId', 'This is no form for a visit; see formTemplates.');
    if ((await loader.newestOf(form.code))?.id !== form.id)
      throw badInput('input.templateId', 'There is a newer version of this form; see formTemplates.');
    const framework = await loader.newestOf(FRAMEWORK);
    if (!framework) throw conflict('There is no framework to assess a visit by.');
    return { templateId: form.id, frameworkId: framework.id };
  }
}

const sharedOf = ({ id, providerId, homeId }: VisitRecord): Shared => ({
  id,
  kind: 'VISIT',
  providerId,
  homeId,
  existenceKnown: false,
  severity: null,
});
