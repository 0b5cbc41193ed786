import type { SeenVisit, VisitedHome } from './home-visits.ts';

/** Of a home, in PostGraphile's words. */
export const VISITS_OF_HOME = `visits(first: 3, orderBy: [VISITED_ON_DESC, PRIMARY_KEY_DESC]) {
  nodes { rowId visitedOn reason mode unannounced outcome owner { name } }
}`;

export interface HomeWithVisits {
  readonly rowId: string;
  readonly visits: {
    readonly nodes: readonly (Omit<SeenVisit, 'id' | 'borough'> & {
      readonly rowId: string;
      readonly owner: SeenVisit['borough'];
    })[];
  };
}

export const visitedHomeOf = ({ rowId, visits }: HomeWithVisits): VisitedHome => ({
  id: rowId,
  visits: { nodes: visits.nodes.map(({ rowId: id, owner, ...visit }) => ({ id, ...visit, borough: owner })) },
});
