import { inWords } from '@accord/kernel';
import { countsAsRegistered, PlacementType, RegistrationStatus, type Registration } from '@accord/providers';
import type { Facts } from '../facts.js';
import type { Finding, Ground } from '../ground.js';
import { AgeBand, PlacementGroundCode } from '../vocabulary.js';

/** Supported accommodation (SI 2023/416): for 16 and 17 only where the provider is registered, never under 16. */
const SUPPORTED: ReadonlySet<PlacementType> = new Set([
  PlacementType.SUPPORTED_SELF_CONTAINED,
  PlacementType.SUPPORTED_SHARED_RING_FENCED,
  PlacementType.SUPPORTED_SHARED_OPEN,
  PlacementType.SUPPORTED_PRIVATE_RESIDENCE,
]);

/** For adults: unregulated as far as children go (KEN l.20-90). */
const ADULT: ReadonlySet<PlacementType> = new Set([
  PlacementType.STAYING_PUT,
  PlacementType.CARE_LEAVER_18_PLUS,
  PlacementType.SUPPORTED_LIVING,
  PlacementType.SHARED_LIVES,
]);

/** Registered as an agency, where it is registered at all. */
const AGENCY: ReadonlySet<PlacementType> = new Set([PlacementType.FOSTERING_IFA]);

/** The borough's own service, whose registration is not the home's. */
const OWN_SERVICE: ReadonlySet<PlacementType> = new Set([PlacementType.FOSTERING_IN_HOUSE]);

const SOURCE = 'The register of providers and the regulator';
const AGES: Record<AgeBand, readonly [number, number]> = {
  [AgeBand.UNDER_16]: [0, 15],
  [AgeBand.AGED_16_17]: [16, 17],
  [AgeBand.AGED_18_PLUS]: [18, 25],
};

/** Who may lawfully be placed as what (rules 19; COL 4.3, 4.12; BRE 6.2; KEN l.49-50). */
export const suitability: Ground = (facts) => {
  const { asked, home } = facts;
  const offered = home.placementTypes;
  const isOffered = asked.placementType === null || offered.length === 0 || offered.includes(asked.placementType);
  // A type that the home does not offer takes away nothing of what holds of what it is.
  const types = [
    ...new Set([
      ...(asked.placementType === null ? [] : [asked.placementType]),
      ...(isOffered && asked.placementType !== null ? [] : offered),
    ]),
  ];
  const findings = types.flatMap((type) => lawOf(facts, type));
  if (types.length === 0) findings.push(...lawOf(facts, null));
  if (!isOffered)
    findings.push({
      code: PlacementGroundCode.TYPE_NOT_OFFERED,
      blocks: false,
      message: `The register does not have ${inWords(asked.placementType ?? '')} among what this home offers: make sure what it is.`,
      source: SOURCE,
      asOf: null,
    });
  findings.push(...ageRange(facts));
  // The same of several types is said once.
  return [...new Map(findings.map((finding) => [finding.code, finding])).values()];
};

/** @param type null where neither the question nor the register says; a child may be there only if it is registered. */
function lawOf(facts: Facts, type: PlacementType | null): Finding[] {
  const { ageBand } = facts.asked;
  if (ageBand === AgeBand.AGED_18_PLUS) return [];
  const absolute = { blocks: true, isAbsolute: true, source: SOURCE, asOf: null };
  if (type !== null && ADULT.has(type))
    return [
      {
        ...absolute,
        code: PlacementGroundCode.UNDER_18_IN_ADULT_PROVISION,
        message: `Nobody under 18 is placed as ${inWords(type ?? '')}: it is not regulated for children.`,
      },
    ];
  if (ageBand === AgeBand.UNDER_16 && type !== null && SUPPORTED.has(type))
    return [
      {
        ...absolute,
        code: PlacementGroundCode.UNDER_16_IN_SUPPORTED_ACCOMMODATION,
        message: `Nobody under 16 is placed in supported accommodation (${inWords(type ?? '')}).`,
      },
    ];
  if (type !== null && OWN_SERVICE.has(type)) return [];
  const bearing = facts.registrations.filter((registration) => bearsOn(registration, type));
  if (bearing.some(({ status }) => countsAsRegistered(status))) return [];
  const pending = bearing.find(({ status }) => status === RegistrationStatus.APPLICATION_PENDING);
  const last = pending ?? bearing[0];
  const how =
    last === undefined
      ? 'no registration is known'
      : pending
        ? 'an application is not yet approved, and counts as no registration'
        : `its registration ${last.reference} is ${inWords(last.status ?? '')}`;
  return [
    {
      ...absolute,
      code: PlacementGroundCode.NOT_REGISTERED,
      message: `Under 18 only where the provider is registered for it${type === null ? '' : ` (${inWords(type ?? '')})`}: ${how}.`,
      asOf: last?.statusAsAt ?? null,
    },
  ];
}

/** Whether a registration is one under which a child may live there as that. */
function bearsOn({ homeId, category }: Registration, type: PlacementType | null): boolean {
  if (type === null) return true;
  if (SUPPORTED.has(type)) return category === null || /supported/i.test(category);
  if (AGENCY.has(type)) return category === null || /foster/i.test(category);
  // A children's home is registered itself, whoever runs it.
  return homeId !== null && (category === null || !/supported|foster/i.test(category));
}

function ageRange({ asked, home }: Facts): Finding[] {
  const [youngest, oldest] = AGES[asked.ageBand];
  const isOutside = (home.ageFrom !== null && oldest < home.ageFrom) || (home.ageTo !== null && youngest > home.ageTo);
  if (!isOutside) return [];
  const range = `${home.ageFrom ?? '…'} to ${home.ageTo ?? '…'}`;
  const message = `The home takes ages ${range}, as the register has it.`;
  return [{ code: PlacementGroundCode.OUTSIDE_AGE_RANGE, blocks: false, message, source: SOURCE, asOf: null }];
}
