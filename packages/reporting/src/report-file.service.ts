import {
  callerMay,
  DirectoryService,
  exportFile,
  ExportFormat,
  type ExportFile,
  type ExportRow,
  type Operation,
} from '@accord/access';
import { REPORT_KINDS } from './definition.js';
import { TOTAL } from './publication.js';
import { ReportService } from './report.service.js';
import { ReportRow, type Report, type ReportFigure } from './report.type.js';
import type { ReportKind } from './vocabulary.js';

const COLUMNS = ['report', 'month', 'asAt', 'of', 'category', 'label', 'number', 'counts', 'source'];

/** How a spreadsheet says that a number is kept back: the shorthand of the Government Statistical Service. */
const KEPT_BACK = '[c]';
const TOTAL_LABEL = 'Total';

/** Reports as a file: what the caller sees of them, a row for each number, each with its source and its day. */
export class ReportFileService {
  constructor(private readonly op: Operation) {}

  async file(kinds: readonly ReportKind[] | null, month: string | null, format: ExportFormat): Promise<ExportFile> {
    const asked = kinds === null ? REPORT_KINDS : [...new Set(kinds)];
    const reports = await this.op.get(ReportService).read(asked, month);
    const rows = await Promise.all(reports.map((report) => this.#rows(report, format)));
    return exportFile(`reports-${reports[0]?.month ?? 'none'}`, format, COLUMNS, rows.flat());
  }

  async #rows(report: Report, format: ExportFormat): Promise<ExportRow[]> {
    const caller = await this.op.caller();
    const directory = this.op.get(DirectoryService);
    const name = async (id: string): Promise<string | null> => (await directory.organisation.load(id))?.name ?? null;
    const { kind, month, asAt, counts, source, rows, total, parts } = report;
    const row = (of: string | null, category: string, label: string, number: ExportRow[string]): ExportRow => ({
      report: kind,
      month,
      asAt,
      of,
      category,
      label,
      number,
      counts,
      source,
    });
    const shown = ({ number }: ReportFigure) => number ?? (format === ExportFormat.CSV ? KEPT_BACK : null);
    const labels = new Map(rows.map(({ category, label }) => [category, label]));
    const all = [...rows, Object.assign(new ReportRow(), total, { category: TOTAL, label: TOTAL_LABEL })];
    const own = await name(caller.tenantId);
    const boroughs = await Promise.all(
      (callerMay(caller, 'report:compare') ? parts : []).map(async ({ boroughId, rows: figures }) => {
        const borough = await name(boroughId);
        return figures.map(({ category, figure }) =>
          row(borough, category, labels.get(category) ?? category, shown(figure)),
        );
      }),
    );
    return [
      ...all.map(({ category, label, own: number }) => row(own, category, label, number)),
      ...all.flatMap(({ category, label, region }) =>
        region === null ? [] : [row('Region', category, label, shown(region))],
      ),
      ...boroughs.flat(),
    ];
  }
}
