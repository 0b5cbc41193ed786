import type { Operation } from '@accord/access';
import { badInput } from '@accord/kernel';
import { array, execute } from '@accord/persistence';
import { DEFINITIONS } from './definition.js';
import { readMonth, returnsOf, writeMonth, type Month } from './month.js';
import { TOTAL } from './publication.js';
import { Report, type BoroughPart, type ReportFigure, type ReportNumbers, type ReportReturns } from './report.type.js';
import type { ReportKind } from './vocabulary.js';

interface MonthRow {
  readonly month: Month;
  readonly as_at: string;
  readonly is_final: boolean;
  readonly returns: number | null;
  readonly boroughs: number | null;
}

interface FigureRow {
  readonly kind: ReportKind;
  readonly of: 'OWN' | 'REGION' | 'BOROUGH';
  readonly borough_id: string | null;
  readonly category: string;
  readonly number: number | null;
}

/** Reads what the clock counted: the caller's own, and of others what is published to them. Row policies say which. */
export class ReportService {
  constructor(private readonly op: Operation) {}

  /**
   * Reports of a month; of the latest that is published, or that is counted at all, where none is named.
   * @returns in the order of the kinds; none before the first count. @throws `BAD_USER_INPUT` for a month without figures.
   */
  async read(kinds: readonly ReportKind[], monthAsked: string | null): Promise<Report[]> {
    const month = monthAsked === null ? null : readMonth('month', monthAsked);
    const [counted] = await execute<MonthRow>(
      this.op.em,
      `select month::text as month, as_at::text as as_at, is_final, returns, boroughs from report_month
       where ?::date is null or month = ?::date order by is_final desc, month desc limit 1`,
      [month, month],
    );
    if (counted) return toReports(kinds, counted, await this.#figures(kinds, counted.month));
    if (month === null) return [];
    throw badInput('month', 'Nothing was counted in this month: ask without a month for the latest.');
  }

  #figures(kinds: readonly ReportKind[], month: Month): Promise<FigureRow[]> {
    return execute<FigureRow>(
      this.op.em,
      `with asked as (select ?::date as month, ?::text[] as kinds)
       select f.kind, 'OWN' as of, null::uuid as borough_id, f.category, f.number
       from report_share f, asked where f.month = asked.month and f.kind = any(asked.kinds)
       union all
       select f.kind, 'REGION', null, f.category, f.number
       from report_region f, asked where f.month = asked.month and f.kind = any(asked.kinds)
       union all
       (select f.kind, 'BOROUGH', f.borough_id, f.category, f.number
        from report_borough f join organisation o on o.id = f.borough_id, asked
        where f.month = asked.month and f.kind = any(asked.kinds) order by o.name, o.id)`,
      [month, array(kinds)],
    );
  }
}

function toReports(kinds: readonly ReportKind[], counted: MonthRow, figures: readonly FigureRow[]): Report[] {
  const byKind = Map.groupBy(figures, ({ kind }) => kind);
  return kinds.map((kind) => {
    const { counts, source, categories, isReturned } = DEFINITIONS[kind];
    const returns = isReturned ? returnsIn(counted) : null;
    const rows = byKind.get(kind) ?? [];
    const own = numbersOf(rows, 'OWN');
    const region = numbersOf(rows, 'REGION');
    const regionOf = (category: string): ReportFigure | null =>
      counted.is_final ? figureOf(region.get(category)) : null;
    const total: ReportNumbers = { own: sum([...own.values()]), region: regionOf(TOTAL) };
    return Object.assign(new Report(), {
      kind,
      month: writeMonth(counted.month),
      asAt: counted.as_at,
      isFinal: counted.is_final,
      counts,
      source: returns === null ? source : `${source}: ${inWords(returns)}`,
      returns,
      rows: Object.entries(categories).map(([category, label]) => ({
        category,
        label,
        own: own.get(category) ?? 0,
        region: regionOf(category),
      })),
      total,
      parts: partsOf(rows, Object.keys(categories)),
    } satisfies Report);
  });
}

function returnsIn({ month, returns: given, boroughs }: MonthRow): ReportReturns | null {
  return boroughs === null ? null : { month: writeMonth(returnsOf(month)), given, boroughs };
}

const inWords = ({ month, given, boroughs }: ReportReturns): string =>
  given === null ? `of ${month}` : `of ${month}, ${given} of ${boroughs} boroughs’`;

const numbersOf = (rows: readonly FigureRow[], asked: FigureRow['of']): Map<string, number | null> =>
  new Map(rows.filter(({ of }) => of === asked).map(({ category, number }) => [category, number]));

/** What is not there is kept back: a category that came later than the month's count. */
const figureOf = (number: number | null | undefined): ReportFigure => ({
  number: number ?? null,
  isSuppressed: typeof number !== 'number',
});

const sum = (numbers: readonly (number | null)[]): number => numbers.reduce<number>((all, one) => all + (one ?? 0), 0);

function partsOf(rows: readonly FigureRow[], categories: readonly string[]): BoroughPart[] {
  const boroughs = Map.groupBy(
    rows.filter(({ of }) => of === 'BOROUGH'),
    ({ borough_id: id }) => id ?? '',
  );
  return [...boroughs].map(([boroughId, own]) => {
    const numbers = numbersOf(own, 'BOROUGH');
    return {
      boroughId,
      rows: categories.map((category) => ({ category, figure: figureOf(numbers.get(category)) })),
    };
  });
}
