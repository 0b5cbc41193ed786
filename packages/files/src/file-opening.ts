import { createHash } from 'node:crypto';
import {
  callerMay,
  once,
  optionalText,
  ReadKind,
  ReadLogService,
  refusal,
  type Action,
  type Operation,
  type ReadPurpose,
} from '@accord/access';
import { AccordError, badInput, newId, notFound } from '@accord/kernel';
import { Field, ObjectType } from 'type-graphql';
import { storeOf } from './cabinet.js';

/** For how long an opened file may be fetched. */
const DOWNLOAD_MINUTES = 5;
const LONGEST_NOTE = 500;

/** A file as it is handed out. */
export interface HandedOut {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** A kind of file that a feature hands out: to whom, and how one of them is found again. */
export interface FileKind {
  readonly name: string;
  readonly action: Action;
  /** The file as the caller may see it now. @throws AccordError `NOT_FOUND`. */
  seen(op: Operation, id: string): Promise<HandedOut>;
}

/** A file that somebody is about to read: whose it is, and about which provider. */
interface ToRead {
  readonly id: string;
  readonly ownerId: string;
  readonly providerId: string;
}

/** What a caller says of why they read a file. */
interface Reason {
  readonly purpose?: ReadPurpose | null;
  readonly note?: string | null;
}

/** What fetches a file, and until when. */
export interface Fetching {
  readonly url: string;
  readonly expiresAt: Date;
}

/** The same as it is answered; each kind of file adds which. */
@ObjectType({ simpleResolvers: true })
export abstract class OpenedFile implements Fetching {
  @Field(() => String, {
    description:
      'Where its bytes are fetched (GET, of this gateway) with the caller’s own bearer token or key: once, and by nobody else.',
  })
  url!: string;

  @Field(() => Date, { description: 'Until when.' })
  expiresAt!: Date;
}

/** The kind and id of a file, until when it may be fetched, and the ticket's own key. */
type Ticket = readonly [kind: string, fileId: string, until: number, key: string];

/** Hands files out: each opening is logged with its purpose, and fetches the file once. */
export class FileOpening {
  constructor(private readonly op: Operation) {}

  /**
   * Logs that the caller, who may, reads a file of another organisation, and gives what fetches it: for minutes, once the
   * log is kept.
   */
  async open(kind: FileKind, { id, ownerId, providerId }: ToRead, reason: Reason): Promise<Fetching> {
    const { tenantId } = await this.op.caller();
    const note = optionalText('input.note', reason.note, LONGEST_NOTE);
    if (ownerId !== tenantId) {
      const { purpose } = reason;
      if (!purpose) throw badInput('input.purpose', 'This is another organisation’s: say what you read it for.');
      await this.op.get(ReadLogService).log({ id, ownerId, version: 1, providerId }, ReadKind.FILE, purpose, note);
    }
    const expiresAt = new Date(Date.now() + DOWNLOAD_MINUTES * 60_000);
    const ticket: Ticket = [kind.name, id, expiresAt.getTime(), newId()];
    return { url: `/file/${this.op.runtime.files.tickets.close(ticket, await this.#whose())}`, expiresAt };
  }

  /**
   * The file behind what `open` gave, to the very person or machine, under the rights that hold now. It is fetched once:
   * whoever wants it again opens it again, and that is logged too.
   * @throws AccordError `NOT_FOUND` for what does not hold or was used, and for a file that is hidden by now.
   */
  async redeem(kinds: readonly FileKind[], shown: string): Promise<HandedOut> {
    const caller = await this.op.caller();
    const ticket = this.op.runtime.files.tickets.open(shown, await this.#whose()) as Ticket | undefined;
    const kind = kinds.find(({ name }) => name === ticket?.[0]);
    if (!ticket || !kind) throw notFound('file');
    const [, fileId, until, idempotencyKey] = ticket;
    if (until < Date.now()) throw notFound('file');
    if (!callerMay(caller, kind.action)) throw refusal(kind.action);
    let isFirst = false;
    await once(this.op, 'fetchFile', { idempotencyKey }, () => {
      isFirst = true;
      return Promise.resolve();
    });
    if (!isFirst) throw notFound('file');
    return kind.seen(this.op, fileId);
  }

  /** The bytes of a file, as they were when it was kept. @throws AccordError where the store has others, or none. */
  async content({ id, hash }: HandedOut): Promise<Buffer> {
    const content = await storeOf(this.op.runtime).get(id);
    if (content && createHash('sha256').update(content).digest('hex') === hash) return content;
    throw new AccordError(
      'INTERNAL_SERVER_ERROR',
      'The file in the store is not the one that was kept: tell whoever runs Accord.',
    );
  }

  /** What a ticket is bound to. */
  async #whose(): Promise<string> {
    const { tenantId, id } = await this.op.caller();
    return `${tenantId} ${id}`;
  }
}
