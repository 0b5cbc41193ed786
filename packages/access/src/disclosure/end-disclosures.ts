import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Ends every urgent disclosure of one of the caller's own things, or one of them alone. */
export async function endDisclosures(
  em: EntityManager,
  sharingId: string,
  disclosureId: string | null = null,
): Promise<void> {
  await execute(
    em,
    `update urgent_disclosure_recipient set ended_at = now()
     where sharing_id = ? and ended_at is null and (?::uuid is null or disclosure_id = ?::uuid)`,
    [sharingId, disclosureId, disclosureId],
  );
}
