import { FileScan } from '@accord/access';
import { AccordError, reasonOf, type Config, type Logger } from '@accord/kernel';

/** Looks through a file before anything is done with it. @returns undefined for one that is not clean. */
export type FileScanner = (content: Buffer) => Promise<FileScan | undefined>;

/**
 * The scanner that the configuration names: it takes the bytes by POST and answers `{"clean": true}` or `{"clean": false}`.
 * Where none is named, files say so.
 * @throws AccordError when it gives no verdict, or none in time: what could not be looked through is not taken.
 */
export function fileScanner(
  { FILE_SCAN_URL, FILE_SCAN_MS }: Pick<Config, 'FILE_SCAN_URL' | 'FILE_SCAN_MS'>,
  logger: Logger,
): FileScanner {
  if (FILE_SCAN_URL === undefined) return () => Promise.resolve(FileScan.NOT_SCANNED);
  return async (content) => {
    try {
      return (await isClean(FILE_SCAN_URL, content, FILE_SCAN_MS)) ? FileScan.CLEAN : undefined;
    } catch (error) {
      logger.error({ reason: reasonOf(error) }, 'the scanner of files gave no verdict');
      throw new AccordError(
        'INTERNAL_SERVER_ERROR',
        'The file could not be looked through for malware, so it was not kept. Send it again in a few minutes.',
      );
    }
  };
}

async function isClean(address: string, content: Buffer, patienceMs: number): Promise<boolean> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(content),
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  const verdict: unknown = response.ok ? await response.json() : undefined;
  const clean = typeof verdict === 'object' && verdict !== null && 'clean' in verdict ? verdict.clean : undefined;
  if (typeof clean !== 'boolean') throw new Error(`It answered ${response.status} without one.`);
  return clean;
}
