import type { Contestant } from './contestant.ts';
import { momentsAlike, type Dossier, type Judgement, type Stage } from './dossier.ts';
import type { ProviderVariables } from './provider-contestants.ts';

/** The dossier in PostGraphile's words: every relation in them is one that `postgraphile.ts` tells it of. */
export const dossierFields = (moreOfHomes = ''): string => `
  rowId name tradingNames companyNumber version
  standing { status effectiveFrom reviewDue conditions }
  assessments(orderBy: SEQ_DESC) { nodes { stage outcome assessedOn } }
  decisions(first: 5, orderBy: [PROPOSED_AT_DESC, PRIMARY_KEY_DESC]) {
    nodes { rowId status reason proposedAt proposedBy verdict { outcome decidedAt decidedBy } }
  }
  homes(first: 20, orderBy: [NAME_ASC, PRIMARY_KEY_ASC]) {
    nodes {
      rowId name host { name gssCode } placementTypes
      registrations(orderBy: REFERENCE_ASC) { nodes { regulator reference status } }
      inspections(first: 1, orderBy: [INSPECTED_ON_DESC, EVENT_NUMBER_DESC]) {
        nodes { inspectedOn publishedOn kind judgements }
      }
      ${moreOfHomes}
    }
  }
  sharingsByProviderId(first: 10, condition: { kind: "FLAG" }, orderBy: [IS_OPEN_DESC, RAISED_ON_DESC, PRIMARY_KEY_DESC]) {
    nodes {
      rowId severity owner { name }
      flag { kind summary outcome raisedAt acknowledgements(condition: { isMine: true }) { nodes { organisationId } } }
    }
  }
  placementNumbers(condition: { placesThere: true }) { nodes { youngPeople borough { name } } }
  declaredUses(condition: { isMine: false }) { nodes { youngPeopleRounded borough { name } } }
`;

const QUERY = `query ProviderDossier($id: UUID!) { providerByRowId(rowId: $id) { ${dossierFields()} } }`;

interface Nodes<T> {
  readonly nodes: readonly T[];
}

interface Named {
  readonly name: string;
}

type Accreditation = NonNullable<Dossier['accreditation']>;
type Home = Dossier['homes']['nodes'][number];
type Inspection = NonNullable<Home['latestInspection']>;

export interface DossierData {
  readonly providerByRowId: {
    readonly rowId: string;
    readonly standing: Omit<Accreditation, 'stages' | 'decisions'> | null;
    readonly assessments: Nodes<Stage>;
    readonly decisions: Nodes<{
      readonly rowId: string;
      readonly status: string;
      readonly reason: string;
      readonly proposedAt: string;
      readonly proposedBy: string;
      readonly verdict: {
        readonly outcome: string;
        readonly decidedAt: string;
        readonly decidedBy: string;
      } | null;
    }>;
    readonly homes: Nodes<{
      readonly rowId: string;
      readonly name: string;
      readonly host: Home['hostBorough'];
      readonly placementTypes: readonly string[];
      readonly registrations: Nodes<Home['registrations'][number]>;
      readonly inspections: Nodes<Inspection>;
    }>;
    readonly sharingsByProviderId: Nodes<{
      readonly rowId: string;
      readonly severity: string | null;
      readonly owner: Named | null;
      readonly flag: {
        readonly kind: string;
        readonly summary: string;
        readonly outcome: string | null;
        readonly raisedAt: string;
        readonly acknowledgements: Nodes<unknown>;
      } | null;
    }>;
    readonly placementNumbers: Nodes<{ readonly youngPeople: number; readonly borough: Named }>;
    readonly declaredUses: Nodes<{ readonly youngPeopleRounded: number; readonly borough: Named }>;
  } & Pick<Dossier, 'name' | 'tradingNames' | 'companyNumber' | 'version'>;
}

type Seen = DossierData['providerByRowId'];

export const POSTGRAPHILE_DOSSIER: Contestant<ProviderVariables, Dossier> = {
  name: 'PostGraphile',
  body: (variables) => JSON.stringify({ query: QUERY, operationName: 'ProviderDossier', variables }),
  read: (text) => {
    const { data } = JSON.parse(text, momentsAlike) as { readonly data: DossierData };
    return { said: dossierOf(data), endCursor: null };
  },
};

export function dossierOf({ providerByRowId: seen }: DossierData): Dossier {
  const { rowId: id, name, tradingNames, companyNumber, version } = seen;
  return {
    id,
    name,
    tradingNames,
    companyNumber,
    version,
    accreditation: accreditationOf(seen),
    homes: { nodes: seen.homes.nodes.map(homeOf) },
    flags: { nodes: seen.sharingsByProviderId.nodes.map(flagOf) },
    usedBy: usesOf(seen),
  };
}

const STAGES = ['FIT_AND_PROPER_PERSON', 'PAPERWORK', 'PROPERTY_VISITS'];

function accreditationOf({ standing, assessments, decisions }: Seen): Accreditation | null {
  if (standing === null) return null;
  return {
    ...standing,
    // The latest of each is the first: the list is the newest first, and nobody in the bench world applied twice.
    stages: STAGES.map(
      (stage) =>
        assessments.nodes.find((one) => one.stage === stage) ?? { stage, outcome: 'NOT_STARTED', assessedOn: null },
    ),
    decisions: {
      nodes: decisions.nodes.map(({ rowId: id, status, reason, proposedAt, proposedBy, verdict }) => ({
        id,
        status,
        reason,
        proposedAt,
        state: verdict?.outcome ?? 'PROPOSED',
        proposedBy: { displayName: proposedBy },
        decidedAt: verdict?.decidedAt ?? null,
        decidedBy: verdict === null ? null : { displayName: verdict.decidedBy },
      })),
    },
  };
}

function homeOf({ rowId: id, name, host, placementTypes, ...home }: Seen['homes']['nodes'][number]): Home {
  const [inspection] = home.inspections.nodes;
  return {
    id,
    name,
    placementTypes,
    hostBorough: host,
    registrations: home.registrations.nodes,
    latestInspection: inspection
      ? {
          ...inspection,
          judgements: inspection.judgements.map(({ aspect, judgement }): Judgement => ({ aspect, judgement })),
        }
      : null,
  };
}

function flagOf({ rowId: id, severity, owner, flag }: Seen['sharingsByProviderId']['nodes'][number]) {
  const status = flag?.outcome ?? (flag?.acknowledgements.nodes.length ? 'ACKNOWLEDGED' : 'OPEN');
  return {
    id,
    severity,
    status,
    kind: flag?.kind ?? null,
    summary: flag?.summary ?? null,
    raisedAt: flag?.raisedAt ?? null,
    raisedBy: owner,
  };
}

/** The own numbers are per home, and added up by whoever asked. */
function usesOf({ placementNumbers, declaredUses }: Seen): Dossier['usedBy'] {
  const own = Map.groupBy(placementNumbers.nodes, ({ borough }) => borough.name);
  return [
    ...[...own].map(([name, homes]) => ({
      borough: { name },
      youngPeople: homes.reduce((sum, { youngPeople }) => sum + youngPeople, 0),
    })),
    ...declaredUses.nodes.map(({ borough, youngPeopleRounded }) => ({ borough, youngPeople: youngPeopleRounded })),
  ].toSorted((one, other) => (one.borough.name < other.borough.name ? -1 : 1));
}
