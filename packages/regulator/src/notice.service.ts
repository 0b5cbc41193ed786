import { badInput, londonDate, notFound } from '@accord/kernel';
import { once, type Operation } from '@accord/access';
import { flagFacts } from '@accord/flags';
import { ProviderService, RegistrationService } from '@accord/providers';
import DataLoader from 'dataloader';
import type { RecordRegulatorNoticeInput } from './inputs.js';
import { RegulatorNotice } from './notice.entity.js';
import { isNews, noticeTrigger, statusAfter } from './trigger.js';

/** Notifications of the regulator's that come by letter and mail, before any file has them. */
export class NoticeService {
  readonly ofRegistration = new DataLoader<string, RegulatorNotice[]>(async (ids) => {
    const rows = await this.op.em.find(
      RegulatorNotice,
      { registrationId: { $in: [...ids] } },
      { orderBy: { notifiedOn: 'desc', id: 'asc' } },
    );
    return ids.map((id) => rows.filter((row) => row.registrationId === id));
  });

  constructor(private readonly op: Operation) {}

  /**
   * Enters a notification: the registration stands as it says from the day on which it holds, and the boroughs
   * concerned get a flag at once, unless it is older than what is news.
   */
  async record(input: RecordRegulatorNoticeInput): Promise<RegulatorNotice> {
    const id = await once(this.op, 'recordRegulatorNotice', input, async (noticeId) => {
      const { tenantId } = await this.op.caller();
      const now = new Date();
      const today = londonDate(now);
      if (input.notifiedOn > today)
        throw badInput('input.notifiedOn', `A notification cannot be of ${input.notifiedOn}, which is to come.`);
      const takesEffectOn = input.takesEffectOn ?? input.notifiedOn;
      const known = await this.op.get(RegistrationService).registration(input.registrationId);
      await this.op.get(ProviderService).locked(known.providerId);
      const registration = await this.op.em.refresh(known);
      if (!registration) throw notFound('registration');
      const { providerId, homeId, reference } = registration;
      await this.op.em.insert(RegulatorNotice, {
        id: noticeId,
        registrationId: registration.id,
        providerId,
        homeId,
        kind: input.kind,
        notifiedOn: input.notifiedOn,
        takesEffectOn,
        recordedAt: now,
      });
      const status = statusAfter(input.kind);
      const isNewest = registration.statusAsAt === null || registration.statusAsAt <= takesEffectOn;
      if (status !== null && takesEffectOn <= today && isNewest) {
        registration.status = status;
        registration.statusAsAt = takesEffectOn;
        await this.op.em.flush();
      }
      if (!isNews(input.notifiedOn, today)) return;
      await flagFacts(this.op.em, tenantId, [noticeTrigger(registration, input.kind, reference, takesEffectOn)], now);
      this.op.wake('outbox');
    });
    const notice = await this.op.em.findOne(RegulatorNotice, id);
    if (!notice) throw notFound('notification');
    return notice;
  }
}
