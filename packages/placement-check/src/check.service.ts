import type { Operation } from '@accord/access';
import { fingerprint } from '@accord/kernel';
import { readFacts, type Asked, type Facts } from './facts.js';
import type { Finding } from './ground.js';
import { GROUNDS } from './grounds/index.js';
import { PlacementCheck, PlacementGround, type PlacementCheckInput } from './check.type.js';
import { SeenKind } from './vocabulary.js';

/** Something that a check rested on: enough to know later whether it has changed since, and no word of it. */
export interface Seen {
  readonly kind: SeenKind;
  readonly id: string;
  /** Null of what has no versions. */
  readonly version: number | null;
  /** SHA-256 of it as it was seen, hexadecimal. */
  readonly hash: string;
}

/** A check, with what it rests on. */
export interface Checked {
  readonly facts: Facts;
  readonly findings: readonly Finding[];
}

/** Answers what is known for and against a placement. */
export class PlacementCheckService {
  constructor(private readonly op: Operation) {}

  async check(input: PlacementCheckInput): Promise<PlacementCheck> {
    return toCheck(await this.look(askedOf(input)));
  }

  async look(asked: Asked): Promise<Checked> {
    const facts = await readFacts(this.op, asked);
    return { facts, findings: GROUNDS.flatMap((ground) => ground(facts)) };
  }
}

export const askedOf = ({ homeId, ageBand, placementType, emergency }: PlacementCheckInput): Asked => ({
  homeId,
  ageBand,
  placementType: placementType ?? null,
  isEmergency: emergency ?? false,
});

export function toCheck({ facts, findings }: Checked): PlacementCheck {
  const { asked, today, accreditation, registrations, answers, references, flags, holds } = facts;
  const blocks = findings.filter((finding) => finding.blocks).map(toGround);
  return Object.assign(new PlacementCheck(), {
    homeId: facts.home.id,
    ageBand: asked.ageBand,
    placementType: asked.placementType,
    emergency: asked.isEmergency,
    checkedOn: today,
    noKnownBlocks: blocks.length === 0,
    blocks,
    warnings: findings.filter((finding) => !finding.blocks).map(toGround),
    accreditation,
    registrations: [...registrations],
    answers: [...answers],
    references,
    flags: [...flags],
    holds: [...holds],
  } satisfies PlacementCheck);
}

const toGround = ({ code, message, source, asOf, isAbsolute = false }: Finding): PlacementGround =>
  Object.assign(new PlacementGround(), { code, message, source, asOf, isAbsolute } satisfies PlacementGround);

/** What a check has seen, one after the other. */
export function seenBy({ facts }: Checked): Seen[] {
  const seen = (kind: SeenKind, id: string, version: number | null, thing: unknown): Seen => ({
    kind,
    id,
    version,
    hash: fingerprint(thing),
  });
  const { accreditation, registrations, inspection, flags, holds, answers, references, visits, intelligence } = facts;
  return [
    ...(accreditation ? [seen(SeenKind.ACCREDITATION, accreditation.providerId, null, accreditation)] : []),
    ...registrations.map((row) => seen(SeenKind.REGISTRATION, row.id, null, row)),
    ...(inspection ? [seen(SeenKind.INSPECTION, inspection.id, null, inspection)] : []),
    ...flags.map((flag) => seen(SeenKind.FLAG, flag.id, flag.version, flag)),
    ...holds.map((hold) => seen(SeenKind.HOLD, hold.id, hold.version, hold)),
    ...answers.flatMap(({ answerId, value, state, assurance, answeredOn, validUntil }) =>
      answerId === null
        ? []
        : [seen(SeenKind.ANSWER, answerId, null, { value, state, assurance, answeredOn, validUntil })],
    ),
    ...references.received.map((reference) => seen(SeenKind.REFERENCE, reference.id, reference.version, reference)),
    ...(visits.latest ? [seen(SeenKind.VISIT, visits.latest.id, visits.latest.version, visits.latest)] : []),
    ...intelligence.items.map((item) => seen(SeenKind.INTELLIGENCE, item.id, item.version, item)),
  ];
}
