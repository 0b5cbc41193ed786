import { Operation, type Runtime } from '@accord/access';
import {
  BucketStore,
  FileOpening,
  FolderStore,
  type FileCabinet,
  type FileKind,
  type FileStore,
  type HandedOut,
} from '@accord/files';
import { unauthenticated, type Config } from '@accord/kernel';
import type { FastifyInstance } from 'fastify';

/** Where files are kept, and how many, as the configuration says. */
export const fileRoom = (config: Config): Omit<FileCabinet, 'tickets'> => ({
  store: fileStore(config),
  mostMegabytes: config.FILE_QUOTA_MB,
});

/** Null where the configuration names no place. */
function fileStore(config: Config): FileStore | null {
  const { EVIDENCE_FOLDER: folder, EVIDENCE_S3_ENDPOINT: endpoint } = config;
  if (endpoint === undefined) return folder === undefined ? null : new FolderStore(folder);
  return new BucketStore({
    endpoint,
    bucket: config.EVIDENCE_S3_BUCKET,
    region: config.EVIDENCE_S3_REGION,
    accessKeyId: config.EVIDENCE_S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: config.EVIDENCE_S3_SECRET_ACCESS_KEY ?? '',
  });
}

/** The bytes of files that a caller has opened: to that caller alone, once, under the rights of the moment. */
export function serveFiles(app: FastifyInstance, runtime: Runtime, kinds: readonly FileKind[]): void {
  app.get<{ Params: { ticket: string } }>(
    '/file/:ticket',
    // A look at the headers would use the ticket up.
    { exposeHeadRoute: false },
    async ({ params, credential, id }, reply) => {
      if (!credential) throw unauthenticated();
      const op = new Operation(runtime, credential, 'write', id);
      const file = await redeemed(op, kinds, params.ticket);
      const content = await op.get(FileOpening).content(file);
      return reply
        .type(file.mediaType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encoded(file.fileName)}`)
        .send(content);
    },
  );
}

/** That the ticket is used is kept before the first byte leaves, and nothing is held while they do. */
async function redeemed(op: Operation, kinds: readonly FileKind[], ticket: string): Promise<HandedOut> {
  try {
    const file = await op.get(FileOpening).redeem(kinds, ticket);
    await op.commit();
    return file;
  } catch (error) {
    await op.rollback();
    throw error;
  }
}

/** As RFC 8187 wants a name in a header: these are no letters of it, though `encodeURIComponent` leaves them. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
