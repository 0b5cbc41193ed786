import { ExportFile, type Operation } from '@accord/access';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { OfflineService } from './offline.service.js';
import { ImportVisitFormInput, VisitFileFormat, VisitImportPayload } from './offline.type.js';

@Resolver()
export class OfflineResolver {
  @Query(() => ExportFile, {
    nullable: true,
    description:
      'A visit as a file, with what the caller may see of it: to be printed, or to be filled in without a connection.',
  })
  visitFile(
    @Ctx() op: Operation,
    @Arg('id', () => ID) id: string,
    @Arg('format', () => VisitFileFormat) format: VisitFileFormat,
  ): Promise<ExportFile> {
    return op.get(OfflineService).file(id, format);
  }

  @Mutation(() => VisitImportPayload, {
    description:
      'Writes a form that was filled in without a connection into its draft. What was changed by others meanwhile is shown item by item, and settled by sending it again.',
  })
  importVisitForm(
    @Ctx() op: Operation,
    @Arg('input', () => ImportVisitFormInput) input: ImportVisitFormInput,
  ): Promise<VisitImportPayload> {
    return op.get(OfflineService).import(input);
  }
}
