import { DirectoryService, ExportFile, ExportFormat, Organisation, type Operation } from '@accord/access';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ReportFileService } from './report-file.service.js';
import { ReportService } from './report.service.js';
import { BoroughReport, Report } from './report.type.js';
import { ReportKind } from './vocabulary.js';

const MONTH = 'Of which month, YYYY-MM; of the latest that is published unless given. The running one has own numbers.';

@Resolver(() => Report)
export class ReportResolver {
  @Query(() => Report, {
    nullable: true,
    description: 'Numbers of the own organisation and of the region; null before anything was counted.',
  })
  async report(
    @Ctx() op: Operation,
    @Arg('kind', () => ReportKind, { description: 'What is counted.' }) kind: ReportKind,
    @Arg('month', () => String, { nullable: true, description: MONTH }) month: string | null,
  ): Promise<Report | null> {
    const [report] = await op.get(ReportService).read([kind], month ?? null);
    return report ?? null;
  }

  @Query(() => ExportFile, {
    nullable: true,
    description:
      'The same as a file, a row for each number with its source and its day. What is kept back is [c] in CSV.',
  })
  reportFile(
    @Ctx() op: Operation,
    @Arg('kinds', () => [ReportKind], { nullable: true, description: 'Of which; of all unless given.' })
    kinds: ReportKind[] | null,
    @Arg('month', () => String, { nullable: true, description: MONTH }) month: string | null,
    @Arg('format', () => ExportFormat, { description: 'How it is written.' }) format: ExportFormat,
  ): Promise<ExportFile> {
    return op.get(ReportFileService).file(kinds ?? null, month ?? null, format);
  }

  @FieldResolver(() => [BoroughReport], {
    description: 'By borough, by name: of months that are over, and not of what is public in the register.',
  })
  async boroughs(@Ctx() op: Operation, @Root() { parts }: Report): Promise<BoroughReport[]> {
    const { organisation } = op.get(DirectoryService);
    const named = await Promise.all(
      parts.map(async ({ boroughId, rows }) => ({ borough: await organisation.load(boroughId), rows })),
    );
    return named.filter((part): part is BoroughReport => part.borough instanceof Organisation);
  }
}
