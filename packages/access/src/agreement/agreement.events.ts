import { recordEvent } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AlertKind } from '../alert-kind.js';

/** Tells organisations of an agreement, in the alliance's name; who of them hears of it is for the kind. */
export async function tellOfAgreement(
  em: EntityManager,
  kind: AlertKind,
  allianceId: string,
  agreementId: string,
  recipients: readonly string[],
  at: Date,
): Promise<void> {
  if (recipients.length === 0) return;
  const about = { providerId: null, homeId: null, sharingId: null, agreementId };
  await recordEvent(em, { kind, ownerId: allianceId, ...about, recipients }, at);
}
