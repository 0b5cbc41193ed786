import { Paging, type Connection, type Operation, type PageArgs } from '@accord/access';
import { badInput, londonDate } from '@accord/kernel';
import { array, execute, lockName, readPlain } from '@accord/persistence';
import { expectVersion, inPieces, type Refusal } from '@accord/providers';
import DataLoader from 'dataloader';
import { monthAfter, monthOf, readMonth, returnsOf, writeMonth, type Month } from '../month.js';
import { PlacementReturn, PlacementReturnLine } from './placement-return.entity.js';
import type { GivePlacementReturnInput, ImportPlacementReturnInput } from './placement-return.inputs.js';
import { readReturnFile } from './return-file.js';
import { faultsOf, type ReturnLine } from './return-line.js';

/** Nobody counts what is older; a year that is a wrong digit's is found. */
const OLDEST_MONTHS = 24;

/** A borough's monthly returns of its placement searches: whole months, in numbers. */
export class PlacementReturnService {
  readonly lines = new DataLoader<Month, PlacementReturnLine[]>(async (months) => {
    const rows = await readPlain(
      this.op.em,
      PlacementReturnLine,
      'where e.month = any(?::date[]) order by e.placement_type',
      [array(months)],
    );
    return months.map((month) => rows.filter((row) => row.month === month));
  });

  /** The day on which figures were published that have the returns of a month in them. */
  readonly publishedOn = new DataLoader<Month, string | null>(async (months) => {
    const rows = await execute<{ month: Month; as_at: string }>(
      this.op.em,
      'select month::text as month, as_at::text as as_at from report_month where is_final',
    );
    return months.map((of) => rows.find(({ month }) => returnsOf(month) === of)?.as_at ?? null);
  });

  constructor(private readonly op: Operation) {}

  /** @throws `BAD_USER_INPUT` with the place of what cannot be right, `CONFLICT` where another version is there. */
  async give(input: GivePlacementReturnInput): Promise<PlacementReturn> {
    const month = toReturn(input.month);
    const [fault] = faultsOf(input.lines);
    if (fault) throw badInput(`input.lines.${fault.at}.${fault.field}`, `This ${fault.reason}`);
    return this.#replace(month, input.lines, input.expectedVersion ?? 0);
  }

  /** The same as a file. @returns what is wrong with which row; then nothing of the file is kept. */
  async import(
    input: ImportPlacementReturnInput,
  ): Promise<{ placementReturn: PlacementReturn | null; refusals: readonly Refusal[] }> {
    const month = toReturn(input.month);
    const { lines, refusals } = await readReturnFile(inPieces(input.file.content));
    if (refusals.length > 0) return { placementReturn: null, refusals };
    return { placementReturn: await this.#replace(month, lines, input.expectedVersion ?? 0), refusals };
  }

  one(month: string): Promise<PlacementReturn | null> {
    return this.op.em.findOne(PlacementReturn, { month: readMonth('month', month) });
  }

  /** Newest month first. */
  async list({ first, after }: PageArgs): Promise<Connection<PlacementReturn>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'placement returns', null);
    const size = paging.size(first);
    const [month] = paging.after(after) ?? [];
    const rows = await this.op.em.find(PlacementReturn, month === undefined ? {} : { month: { $lt: String(month) } }, {
      orderBy: { month: 'desc' },
      limit: size + 1,
    });
    return paging.page(
      rows,
      size,
      (row) => [row.month],
      (row) => row,
    );
  }

  async #replace(month: Month, lines: readonly ReturnLine[], expectedVersion: number): Promise<PlacementReturn> {
    const { em } = this.op;
    const { tenantId: boroughId, displayName } = await this.op.caller();
    await lockName(em, `placement returns of ${boroughId}`);
    const known = await em.findOne(PlacementReturn, { boroughId, month });
    expectVersion(known?.version ?? 0, expectedVersion);
    const given =
      known ?? em.create(PlacementReturn, { boroughId, month, version: 0, givenBy: '', givenAt: new Date() });
    Object.assign(given, { version: given.version + 1, givenBy: displayName, givenAt: new Date() });
    await em.persist(given).flush();
    await execute(em, 'delete from placement_return_line where borough_id = ? and month = ?::date', [boroughId, month]);
    await execute(
      em,
      `insert into placement_return_line (borough_id, month, placement_type, sought, matched, weekly_spend)
       select ?::uuid, ?::date, placement_type, sought, matched, weekly_spend
       from jsonb_to_recordset(?::jsonb) as r(placement_type text, sought int, matched int, weekly_spend int)`,
      [boroughId, month, JSON.stringify(lines.map(toRow))],
    );
    this.lines.clear(month);
    return given;
  }
}

const toRow = ({ placementType, sought, matched, weeklySpend }: ReturnLine) => ({
  placement_type: placementType,
  sought,
  matched,
  weekly_spend: weeklySpend,
});

/** @throws `BAD_USER_INPUT` for a month that is not over, or long over. */
function toReturn(text: string): Month {
  const month = readMonth('input.month', text);
  const running = monthOf(londonDate(new Date()));
  if (month >= running)
    throw badInput('input.month', `${text} is not over: give its return from ${monthAfter(month, 1)} on.`);
  const oldest = monthAfter(running, -OLDEST_MONTHS);
  if (month < oldest) throw badInput('input.month', `Nobody counts what is from before ${writeMonth(oldest)}.`);
  return month;
}
