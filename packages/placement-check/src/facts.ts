import { DirectoryService, type Operation } from '@accord/access';
import { DueDiligenceLoader, type DueDiligenceItem } from '@accord/due-diligence';
import { holdsOnHome, readFlags, type Flag, type Hold } from '@accord/flags';
import { intelligenceOnHome, type IntelligenceOnHome } from '@accord/intelligence';
import { badInput, londonDate } from '@accord/kernel';
import { visitsOnHome, type VisitsOnHome } from '@accord/monitoring';
import {
  ProviderLoader,
  ProviderService,
  type AccreditationStanding,
  type Home,
  type Inspection,
  type PlacementType,
  type Provider,
  type Registration,
} from '@accord/providers';
import { ReferenceService, type References } from '@accord/references';
import type { AgeBand } from './vocabulary.js';

/** What is asked: may somebody of this age be placed at this home, and as what. */
export interface Asked {
  readonly homeId: string;
  readonly ageBand: AgeBand;
  /** Null: as anything that the home offers. */
  readonly placementType: PlacementType | null;
  readonly isEmergency: boolean;
}

/** All that a check rests on, as the caller's tenant may see it: read through the ordinary services, under its policies. */
export interface Facts {
  readonly asked: Asked;
  /** Whose check it is. */
  readonly tenantId: string;
  /** YYYY-MM-DD in London. */
  readonly today: string;
  readonly home: Home;
  readonly provider: Provider;
  readonly accreditation: AccreditationStanding | null;
  /** Of the home, and of the provider where it is registered as a whole. */
  readonly registrations: readonly Registration[];
  readonly inspection: Inspection | null;
  /** Open ones, also those of which only the existence is known. */
  readonly flags: readonly Flag[];
  /** Not lifted, also those of which only the existence is known. */
  readonly holds: readonly Hold[];
  /** Of the alliance's mandatory questions, each with the answer that counts for the borough. */
  readonly answers: readonly DueDiligenceItem[];
  readonly references: References;
  readonly visits: VisitsOnHome;
  readonly intelligence: IntelligenceOnHome;
  /** The name of an organisation of which something was seen, if it is named. */
  readonly nameOf: (organisationId: string | null) => string | null;
}

/** @throws `NOT_FOUND` for a home that is none. */
export async function readFacts(op: Operation, asked: Asked): Promise<Facts> {
  const { tenantId } = await op.caller();
  const home = await op.get(ProviderService).home(asked.homeId);
  const loader = op.get(ProviderLoader);
  const provider = await loader.provider.load(home.providerId);
  if (!provider) throw badInput('input.homeId', 'This home has no provider in the register.');
  const about = [provider.id, home.id] as const;
  const today = londonDate(new Date());
  const [accreditation, ofHome, ofProvider, inspection, flags, holds, answers, references, visits, intelligence] =
    await Promise.all([
      loader.standing.load(provider.id),
      loader.registrationsOfHome.load(home.id),
      loader.registrationsOfProvider.load(provider.id),
      loader.latestInspection.load(home.id),
      readFlags(
        op,
        `where is_open and provider_id = ? and (home_id is null or home_id = ?)
       order by coalesce(raised_on, '') desc, id`,
        about,
      ),
      holdsOnHome(op, ...about),
      op.get(DueDiligenceLoader).mandatory.load({ homeId: home.id, placementType: asked.placementType }),
      op.get(ReferenceService).standing(...about),
      visitsOnHome(op, home.id, today),
      intelligenceOnHome(op.em, ...about),
    ]);
  const owners = [
    ...flags.map(({ ownerId }) => ownerId),
    ...holds.map(({ ownerId }) => ownerId),
    visits.latest?.ownerId ?? null,
  ];
  const ids = [...new Set(owners.filter((id) => id !== null))];
  const organisations = await op.get(DirectoryService).organisation.loadMany(ids);
  const names = new Map(
    organisations.flatMap((found, index) =>
      found === null || found instanceof Error ? [] : [[ids[index], found.name] as const],
    ),
  );
  return {
    asked,
    tenantId,
    today,
    home,
    provider,
    accreditation,
    registrations: [...ofHome, ...ofProvider],
    inspection,
    flags,
    holds,
    answers,
    references,
    visits,
    intelligence,
    nameOf: (id) => (id === null ? null : (names.get(id) ?? null)),
  };
}
