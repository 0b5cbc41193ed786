import { forbidden, pause, reasonOf, unauthenticated, type Logger, type Seal } from '@accord/kernel';
import {
  tenantFork,
  TenantTransaction,
  wakeOthers,
  type EventBus,
  type TenantScope,
  type TransactionMode,
  type WakeUp,
} from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Caller, Credential } from './caller.js';
import { openAs } from './directory.js';
import type { MergePart } from './merge-part.js';
import { placing, wakeAfterPlacing } from './sequencer.js';

/** What a gateway process has once, and every operation uses. */
export interface Runtime {
  readonly orm: MikroORM;
  readonly bus: EventBus;
  readonly cursors: Seal;
  readonly logger: Logger;
  /** What the features have to say to a merge of providers. */
  readonly mergeParts: readonly MergePart[];
}

/** How long an answer takes is told in steps of this, where it could tell of what was passed over. */
const STEP_MS = 5;

/**
 * One GraphQL operation (or one event of a subscription): who asks, and the one tenant-bound transaction in
 * which everything of it happens. It is the resolvers' context.
 *
 * Loaders and services belong to the operation too, so nothing read for one caller is ever shown to another.
 * (Its members are `private` and not `#private`: Apollo hands a shallow copy of the context to the operation,
 * and a copy has no #private members.)
 */
export class Operation {
  private transaction: Promise<TenantTransaction | undefined> | undefined;
  private open: TenantTransaction | undefined;
  /** Of an operation that resolves one event: in whose name it reads, and with what, once it does. */
  private eventScope: TenantScope | undefined;
  private eventEm: EntityManager | undefined;
  private rights: Promise<Caller> | undefined;
  private readonly services = new Map<ServiceClass<unknown>, unknown>();
  private readonly wakeUps = new Set<WakeUp>();
  private readonly began = performance.now();
  private isInSteps = false;
  private ahead: (() => void) | undefined;
  private readonly records: ((em: EntityManager) => Promise<void>)[] = [];

  private mode: TransactionMode;

  constructor(
    readonly runtime: Runtime,
    readonly credential: Credential | undefined,
    mode: TransactionMode,
    readonly requestId: string,
  ) {
    this.mode = mode;
  }

  /** Makes it an operation that writes; called before its transaction is opened. */
  willWrite(): void {
    this.mode = 'write';
  }

  /**
   * Has what the operation will want asked for in the packet in which the caller's rights are; before `caller()`. It is
   * read in the credential's name, behind the row policies of its tenant, and nothing is resolved unless the rights hold.
   */
  askAhead(ask: () => void): void {
    this.ahead = ask;
  }

  /**
   * The context in which one event is resolved for one subscriber, whose rights have just been read. What the
   * subscriber selects beyond the event itself is read in short transactions of its own, none held open.
   */
  static forEvent(runtime: Runtime, credential: Credential, caller: Caller, requestId: string): Operation {
    const op = new Operation(runtime, credential, 'read', requestId);
    op.rights = Promise.resolve(caller);
    op.eventScope = { tenantId: caller.tenantId, callerId: caller.id };
    return op;
  }

  /**
   * Who asks, with the rights that hold in this transaction.
   * @throws AccordError `UNAUTHENTICATED` for nobody, and for somebody whose right has ended.
   */
  caller(): Promise<Caller> {
    this.rights ??= this.begin();
    return this.rights;
  }

  /** The entity manager of the open transaction. Every guarded field has asked for `caller()` first, which opens it. */
  get em(): EntityManager {
    // Most events are shown as they are: what is read beyond them is read with an entity manager of its own.
    if (this.eventScope) this.eventEm ??= tenantFork(this.runtime.orm, this.eventScope);
    const em = this.open?.em ?? this.eventEm;
    if (!em) throw new Error('No transaction is open: ask for caller() first.');
    return em;
  }

  /** The operation's own instance of a service. */
  get<T>(service: ServiceClass<T>): T {
    const known = this.services.get(service);
    if (known !== undefined) return known as T;
    const made = new service(this);
    this.services.set(service, made);
    return made;
  }

  /**
   * Runs one root field of a mutation behind a savepoint: refused, it leaves nothing, and its siblings stand.
   * Loaders start afresh after it, for what it changed.
   */
  async rootField<T>(resolve: () => Promise<T>): Promise<T> {
    await this.caller();
    if (!this.open) throw unauthenticated();
    this.services.clear();
    try {
      return await this.open.savepoint(resolve);
    } finally {
      this.services.clear();
      this.open.em.clear();
    }
  }

  /**
   * Has something written before the answer leaves, also by an operation that only reads: what it read of others.
   * When it cannot be written there is no answer.
   * @throws AccordError `FORBIDDEN` at an event of a stream, whose answer may go to several people at once.
   */
  beforeAnswer(record: (em: EntityManager) => Promise<void>): void {
    if (this.eventScope) throw forbidden('Who reads this is recorded, so it is read by a query and not on a stream.');
    this.records.push(record);
  }

  /**
   * Has the answer leave at a whole step of time: whoever looks along what they may not see takes the longer the more
   * of it there is, and a hidden item took a fortieth of a millisecond.
   */
  answerInSteps(): void {
    this.isInSteps = true;
  }

  /** When the answer may leave; to be awaited after the operation has ended, so that nothing is held meanwhile. */
  async mayLeave(): Promise<void> {
    if (!this.isInSteps) return;
    const left = () => STEP_MS - ((performance.now() - this.began) % STEP_MS);
    const until = performance.now() + left();
    while (performance.now() < until) await pause(until - performance.now());
  }

  /** Asks for a wake-up with the commit, or at once after it. `outbox` also has events get their places in it. */
  wake(wakeUp: WakeUp): void {
    this.wakeUps.add(wakeUp);
  }

  /** Ends the operation: what was written is kept. Must be awaited before the response leaves. */
  async commit(): Promise<void> {
    const transaction = await this.ending();
    if (!transaction) return;
    const { bus, logger } = this.runtime;
    const tells = this.wakeUps.delete('outbox');
    const wakeUps = [...this.wakeUps];
    if (this.mode === 'write') {
      try {
        for (const record of this.records) await record(transaction.em);
      } catch (error) {
        // Nobody else can any more: the operation has let it go.
        await transaction.rollback();
        throw error;
      }
      const wake = wakeUps.flatMap((wakeUp) => bus.atCommit(wakeUp) ?? []);
      const answers = await transaction.commit([...(tells ? placing(bus) : []), ...wake]);
      if (tells) wakeAfterPlacing(bus, logger, answers);
    }
    // A query wrote nothing: its end is on its way to the database before its response leaves, and not waited for.
    else
      transaction.rollback().catch((error: unknown) => logger.warn({ reason: reasonOf(error) }, 'a query ended badly'));
    if (this.mode === 'read' && this.records.length > 0) await this.record();
    for (const wakeUp of wakeUps) if (!bus.atCommit(wakeUp)) wakeOthers(bus, wakeUp, logger);
  }

  /** Ends the operation: what was written is gone. */
  async rollback(): Promise<void> {
    await (await this.ending())?.rollback();
  }

  private async begin(): Promise<Caller> {
    if (!this.credential) throw unauthenticated();
    const opening = openAs(this.runtime.orm, this.credential, this.mode, (transaction) => {
      if (!this.ahead) return;
      this.open = transaction;
      this.ahead();
    });
    this.transaction = opening.then(
      ({ transaction }) => transaction,
      () => undefined,
    );
    try {
      const { transaction, caller } = await opening;
      this.open = transaction;
      return caller;
    } catch (error) {
      this.open = undefined;
      throw error;
    }
  }

  private async record(): Promise<void> {
    const { tenantId, id } = await this.caller();
    await TenantTransaction.run(this.runtime.orm, { tenantId, callerId: id }, 'write', async (em) => {
      for (const record of this.records) await record(em);
    });
  }

  private async ending(): Promise<TenantTransaction | undefined> {
    const transaction = await this.transaction;
    this.transaction = undefined;
    this.open = undefined;
    return transaction;
  }
}

/** A class of one operation's service or loaders. */
export type ServiceClass<T> = new (op: Operation) => T;
