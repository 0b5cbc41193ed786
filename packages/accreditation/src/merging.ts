import type { MergePair } from '@accord/access';
import { execute } from '@accord/persistence';
import { AccreditationStatus } from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import { readCase, WAITING } from './ledger.js';
import type { Standing } from './obstacle.js';

const { APPLIED, IN_ASSESSMENT, WITHDRAWN_BY_PROVIDER, LAPSED } = AccreditationStatus;

/** Nobody relies on these, and nobody is kept from anything by them. */
const SAYS_NOTHING: ReadonlySet<AccreditationStatus | null> = new Set([
  null,
  APPLIED,
  IN_ASSESSMENT,
  WITHDRAWN_BY_PROVIDER,
  LAPSED,
]);

/** Of a file, as far as it would be set aside. */
type Aside = Pick<Standing, 'status' | 'conditions'> & { readonly isOpen: boolean };

/**
 * What stands in the way of setting one of two files aside, in words, or null. A merge decides nothing: what a
 * provider is suspended from, held to or accredited for by four eyes does not end because its entries are two.
 */
export function obstacleToSettingAside(aside: Aside, goesOn: Pick<Standing, 'status' | 'conditions'>): string | null {
  if (aside.isOpen) {
    return 'The accreditation to be set aside has an open proposal, a decision that waits for its day or an open appeal: decide on that first.';
  }
  if (SAYS_NOTHING.has(aside.status)) return null;
  if (aside.status !== goesOn.status) {
    return `The accreditation to be set aside is ${aside.status}, the other ${goesOn.status}. A merge decides nothing: bring one of them to what holds for both by a decision first.`;
  }
  const lost = aside.conditions.filter((condition) => !goesOn.conditions.includes(condition));
  if (lost.length > 0) {
    return `A condition would be lost (${lost.join('; ')}): set it for the accreditation that goes on first.`;
  }
  return null;
}

/** What accreditation has to say to a merge. */
export async function obstaclesToMerging(
  em: EntityManager,
  { keptId, mergedId, accreditationOf }: MergePair,
): Promise<string[]> {
  if (accreditationOf === null) return [];
  const asideId = accreditationOf === keptId ? mergedId : keptId;
  const [aside, goesOn] = [await readCase(em, asideId), await readCase(em, accreditationOf)];
  const obstacle = obstacleToSettingAside({ ...aside, isOpen: await isOpen(em, asideId) }, goesOn);
  return obstacle === null ? [] : [obstacle];
}

async function isOpen(em: EntityManager, providerId: string): Promise<boolean> {
  const [row] = await execute<{ open: boolean }>(
    em,
    `select exists (
       select from accreditation_proposal p where p.provider_id = file.id and (
         not exists (select from accreditation_verdict v where v.proposal_id = p.id)
         or exists (select from accreditation_appeal a where a.proposal_id = p.id
              and not exists (select from accreditation_appeal_outcome o where o.proposal_id = p.id)))
     ) or exists (select from accreditation_decision d where d.provider_id = file.id and ${WAITING}) as open
     from (select ?::uuid as id) file`,
    [providerId],
  );
  return row?.open === true;
}
