import { organisationId } from './example-rows.js';
import { AGREED_CODES, BOROUGH_CODES, type BenchGroup, type BenchPrincipal } from './bench-world-boroughs.js';
import type { Random } from './bench-world-random.js';
import type { BenchHome, BenchRegister } from './bench-world-register.js';
import type { Rows } from './bench-world-rows.js';
import type { BenchUses } from './bench-world-uses.js';

const FLAGS = 3_000;
const KINDS = [
  'REGULATOR_JUDGEMENT',
  'SAFEGUARDING_CONCERN',
  'COMPLIANCE_LAPSED',
  'LEADERSHIP_GAP',
  'PREMISES_UNSAFE',
  'CLOSURE_RISK',
];
const LEVELS = { OWN_BOROUGH: 20, NAMED: 20, BOROUGHS_CONCERNED: 40, ALLIANCE: 20 };
/** Whoever is outside the agreement cannot name anybody. */
const LEVELS_OUTSIDE = { OWN_BOROUGH: 40, BOROUGHS_CONCERNED: 60 };
const SEVERITIES = { LOW: 30, MEDIUM: 40, HIGH: 22, CRITICAL: 8 };
/** As many boroughs that could be the author as it takes for one to stay anonymous. */
const FEWEST_POSSIBLE_AUTHORS = 5;

interface BenchFlag {
  readonly id: string;
  readonly owner: string;
  readonly home: BenchHome;
  readonly ofProvider: boolean;
  readonly level: string;
  readonly severity: string;
  readonly possibleAuthors: number;
  readonly raisedAt: string;
  readonly ending: { readonly at: string; readonly outcome: string } | null;
}

/**
 * Flags of every level, open and ended. Their events are not in the outbox: all of this lies before the
 * benchmark begins, and whoever was to be told has been.
 */
export function benchFlags(
  random: Random,
  { homes }: BenchRegister,
  { concerned }: BenchUses,
  groups: readonly BenchGroup[],
  principals: readonly BenchPrincipal[],
): Rows {
  // Concerns gather where many boroughs place.
  const likely = homes.toSorted(
    (one, other) => (concerned.get(other.id)?.length ?? 0) - (concerned.get(one.id)?.length ?? 0),
  );
  const flags = Array.from({ length: FLAGS }, () => {
    const home = random.pickSkewed(likely);
    return flagOn(random, home, concerned.get(home.id) ?? []);
  });
  return {
    sharing: flags.map((flag) => sharingRow(random, flag)),
    sharing_named: flags.filter(({ level }) => level === 'NAMED').flatMap((flag) => namedRows(random, flag, groups)),
    flag: flags.map(({ id, severity, raisedAt, ending }, index) => ({
      id,
      kind: random.pick(KINDS),
      severity,
      summary: `Flag ${index + 1} of the benchmark: what happened, in a sentence or two, for all who may know.`,
      outcome: ending?.outcome ?? null,
      outcome_reason: ending === null ? null : 'The matter is settled.',
      version: ending === null ? 1 : 2,
      raised_at: raisedAt,
    })),
    flag_detail: flags
      .filter(() => random.chance(0.5))
      .map(({ id }) => ({ flag_id: id, detail: 'What happened, in full; it stays in the own organisation.' })),
    flag_acknowledgement: acknowledgementRows(random, flags, principals),
  };
}

function flagOn(random: Random, home: BenchHome, concerned: readonly string[]): BenchFlag {
  const owner = random.chance(0.12) ? 'ALLIANCE' : random.pick(concerned.length > 0 ? concerned : BOROUGH_CODES);
  const raisedAt = random.moment('2025-11-01', '2026-10-31');
  const isEnded = random.chance(0.4);
  return {
    id: random.id(),
    owner,
    home,
    ofProvider: random.chance(0.25),
    level: random.weighted<string>(AGREED_CODES.includes(owner) ? LEVELS : LEVELS_OUTSIDE),
    severity: random.weighted(SEVERITIES),
    possibleAuthors: concerned.length,
    raisedAt,
    ending: isEnded
      ? { at: random.moment(raisedAt, '2026-11-15'), outcome: random.weighted({ RESOLVED: 85, WITHDRAWN: 15 }) }
      : null,
  };
}

function sharingRow(random: Random, flag: BenchFlag) {
  const mayHide = flag.level !== 'OWN_BOROUGH' && flag.possibleAuthors >= FEWEST_POSSIBLE_AUTHORS;
  return {
    id: flag.id,
    kind: 'FLAG',
    owner_id: organisationId(flag.owner),
    provider_id: flag.home.provider.id,
    home_id: flag.ofProvider ? null : flag.home.id,
    level: flag.level,
    anonymous: mayHide && random.chance(0.1),
    existence_known: true,
    severity: flag.severity,
    ended_at: flag.ending?.at ?? null,
    reason: 'Part of the bench world',
  };
}

/** One to three organisations by name, or a group. */
function namedRows(random: Random, { id, owner }: BenchFlag, groups: readonly BenchGroup[]) {
  const row = (organisation: string | null, group: string | null) => ({
    id: random.id(),
    sharing_id: id,
    owner_id: organisationId(owner),
    organisation_id: organisation,
    group_id: group,
  });
  const open = groups.filter(({ keeper, members }) => keeper === owner || members.includes(owner));
  if (open.length > 0 && random.chance(0.3)) return [row(null, random.pick(open).id)];
  const others = AGREED_CODES.filter((code) => code !== owner);
  return random.some(others, random.whole(1, 3)).map((code) => row(organisationId(code), null));
}

/** Of what goes to the whole alliance, some boroughs have taken note. */
function acknowledgementRows(random: Random, flags: readonly BenchFlag[], principals: readonly BenchPrincipal[]) {
  const officers = principals.filter(({ tenant, kind }) => kind === 'PERSON' && AGREED_CODES.includes(tenant));
  const toAll = flags.filter(({ level, ending }) => level === 'ALLIANCE' && ending === null);
  return toAll.flatMap(({ id, raisedAt }) =>
    random.some(officers, random.whole(0, 4)).map((officer) => ({
      flag_id: id,
      organisation_id: organisationId(officer.tenant),
      principal_id: officer.id,
      acknowledged_by: officer.displayName,
      acknowledged_at: random.moment(raisedAt, '2026-11-15'),
    })),
  );
}
