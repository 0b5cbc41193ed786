import { EvidenceScan } from './vocabulary.js';

/** Looks through a file before it is kept. @returns undefined for one that is not clean. */
export type EvidenceScanner = (content: Buffer) => Promise<EvidenceScan | undefined>;

const PATIENCE_MS = 60_000;

/** Where no scanner is named, files say so. */
export const notScanned: EvidenceScanner = () => Promise.resolve(EvidenceScan.NOT_SCANNED);

/**
 * A scanner behind an address, which takes the bytes by POST and answers `{"clean": true}` or `{"clean": false}`.
 * @throws Error when it answers anything else: a file that could not be looked through is not kept.
 */
export const scannerAt =
  (address: string): EvidenceScanner =>
  async (content) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(content),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const verdict: unknown = response.ok ? await response.json() : undefined;
    const clean = typeof verdict === 'object' && verdict !== null && 'clean' in verdict ? verdict.clean : undefined;
    if (typeof clean !== 'boolean') throw new Error('The scanner of evidence gave no verdict.');
    return clean ? EvidenceScan.CLEAN : undefined;
  };
