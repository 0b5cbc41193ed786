import { badInput } from '@accord/kernel';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { connectionOf, PageArgs, type Connection } from './connection.js';
import { exportFile, ExportFile, ExportFormat } from './export-file.js';
import type { Operation } from './operation.js';
import { ReadLogService } from './read-log.service.js';
import { LoggedRead, ReadLogFilter } from './read-log.type.js';

export const loggedReads = connectionOf(LoggedRead, 'LoggedRead');

/** So much fits into an answer; a longer period is asked for in parts. */
const MOST_EXPORTED = 10_000;

const COLUMNS = [
  'readAt',
  'itemId',
  'itemVersion',
  'kind',
  'purpose',
  'note',
  'reader',
  'readerId',
  'organisation',
  'seal',
];

@Resolver(() => LoggedRead)
export class ReadLogResolver {
  @Query(() => loggedReads.Connection, {
    description: 'Who of another organisation read what is the own one’s, the latest first.',
  })
  readLog(
    @Ctx() op: Operation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ReadLogFilter, { nullable: true, description: 'Which.' }) filter: ReadLogFilter | null,
  ): Promise<Connection<LoggedRead>> {
    return op.get(ReadLogService).list(page, filter ?? {});
  }

  @Query(() => ExportFile, {
    description: `The same to hand out: for one item, person or period. At most ${MOST_EXPORTED} entries at a time.`,
  })
  async readLogExport(
    @Ctx() op: Operation,
    @Arg('filter', () => ReadLogFilter, { description: 'Which.' }) filter: ReadLogFilter,
    @Arg('format', () => ExportFormat, { description: 'How it is written.' }) format: ExportFormat,
  ): Promise<ExportFile> {
    const reads = await op.get(ReadLogService).all(filter, MOST_EXPORTED + 1);
    if (reads.length > MOST_EXPORTED) {
      throw badInput('filter', `This is more than ${MOST_EXPORTED} entries: ask for a shorter period.`);
    }
    const rows = reads.map(({ readAt, reader, id: _id, ...read }) => ({
      ...read,
      readAt: readAt.toISOString(),
      reader: reader.displayName,
      readerId: reader.id,
      organisation: reader.tenant?.name ?? null,
    }));
    return exportFile('read-log', format, COLUMNS, rows);
  }
}
