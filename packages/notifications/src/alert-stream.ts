import { mayHear, staleCursor, type Caller, type Credential, type Operation, type Runtime } from '@accord/access';
import { AccordError, fingerprint, unauthenticated } from '@accord/kernel';
import type { Listener } from './alert-view.js';
import { disclosedTime, matches, narrowsByConcern, type SeenEvent } from './alert.js';
import type { Alert, AlertFilter } from './alert.type.js';

/** What is waiting for a client that reads slowly; beyond it the stream ends, and the client comes back with its cursor. */
const MOST_WAITING = 1000;

/** One event of a stream: what is resolved, and the rights under which. */
export interface StreamedAlert {
  readonly alert: Alert;
  readonly caller: Caller;
}

interface Waiting {
  readonly event: SeenEvent;
  readonly caller: Caller;
}

/**
 * A caller's stream of alerts: what came after its cursor, then what comes, without gap or repeat. It holds
 * no transaction while it waits. An iterator and not a generator: a client that goes away while nothing
 * happens must be let go at once, and a generator would wait for the next event first.
 */
export class AlertStream implements AsyncIterableIterator<StreamedAlert> {
  readonly #waiting: Waiting[] = [];
  /** What had happened when it began: up to here it reads for itself, beyond it is given. */
  readonly #tail: bigint;
  readonly #live: bigint;
  readonly #remove: () => void;
  readonly #context: string;
  #position: bigint;
  #missed: Waiting[] = [];
  #ended: AccordError | undefined;
  #closed = false;
  #wake: () => void = () => undefined;

  private constructor(
    private readonly runtime: Runtime,
    private readonly who: Listener,
    private readonly filter: AlertFilter,
    start: bigint | undefined,
  ) {
    this.#context = contextOf(who.credential, filter);
    const { tail, remove } = runtime.alerts.add({
      ...who,
      deliver: (event, caller) => {
        // Subscribed while it was being given out: the replay has it. Or seen already, on a gateway that was ahead.
        if (BigInt(event.position) <= this.#live) return;
        if (this.#waiting.push({ event, caller }) > MOST_WAITING) this.#end(tooSlow());
        this.#wake();
      },
      end: () => this.#end(unauthenticated()),
    });
    this.#tail = tail;
    this.#remove = remove;
    this.#position = start ?? tail;
    this.#live = this.#position > tail ? this.#position : tail;
  }

  /**
   * @param after a cursor of this stream, to go on from.
   * @throws AccordError `BAD_USER_INPUT` for a cursor of another tenant or filter, of no stream at all, or from so
   * long ago that what followed it is no longer kept.
   */
  static async open(op: Operation, filter: AlertFilter, after: string | null | undefined): Promise<AlertStream> {
    const { runtime, credential } = op;
    const caller = await op.caller();
    if (!credential) throw unauthenticated();
    const who = { credential, caller, narrowsByConcern: narrowsByConcern(filter) };
    if (after === null || after === undefined) return new AlertStream(runtime, who, filter, undefined);
    const position = runtime.cursors.open(after, contextOf(credential, filter));
    if (typeof position !== 'string' || !/^\d+$/.test(position)) throw staleCursor();
    const start = BigInt(position);
    if (!(await runtime.alerts.reaches(start))) throw staleCursor();
    return new AlertStream(runtime, who, filter, start);
  }

  async next(): Promise<IteratorResult<StreamedAlert, undefined>> {
    while (!this.#closed) {
      if (this.#ended) {
        this.#close();
        throw this.#ended;
      }
      const next = this.#missed.shift() ?? (this.#position < this.#tail ? undefined : this.#waiting.shift());
      if (next === undefined) await (this.#position < this.#tail ? this.#replay() : this.#sleep());
      else if (mayHear(next.caller.roles, next.event.kind) && matches(next.event, this.filter))
        return { done: false, value: this.#show(next) };
    }
    return { done: true, value: undefined };
  }

  return(): Promise<IteratorResult<StreamedAlert, undefined>> {
    this.#close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #replay(): Promise<void> {
    const { events, caller, last } = await this.runtime.alerts.replay(this.who, this.#position, this.#tail);
    if (!caller) return this.#end(unauthenticated());
    this.#missed = events.map((event) => ({ event, caller }));
    this.#position = last;
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #show({ event, caller }: Waiting): StreamedAlert {
    const who = `${this.#context} ${[...caller.roles].join()}`;
    const shown = shownTo.get(event) ?? {
      alerts: new Map<string, StreamedAlert>(),
      cursors: new Map<string, string>(),
    };
    shownTo.set(event, shown);
    const known = shown.alerts.get(who);
    if (known) return known;
    const { id, kind, provider, home, flag, hold, intelligence, visit, dueDiligence, agreementId, referenceRequestId } =
      event;
    const cursor = shown.cursors.get(this.#context) ?? this.runtime.cursors.close(event.position, this.#context);
    shown.cursors.set(this.#context, cursor);
    const occurredAt = disclosedTime(event);
    const streamed = {
      caller,
      alert: {
        id,
        cursor,
        occurredAt,
        kind,
        provider,
        home,
        flag,
        hold,
        intelligence,
        visit,
        dueDiligence,
        agreementId,
        referenceRequestId,
      },
    };
    shown.alerts.set(who, streamed);
    return streamed;
  }

  #end(reason: AccordError): void {
    this.#ended ??= reason;
    this.#wake();
  }

  #close(): void {
    this.#closed = true;
    this.#remove();
    this.#wake();
  }
}

/**
 * One event as one tenant sees it, under one filter and with one set of roles, is the same on every stream: it is
 * made once, and so can be resolved once. Its cursor is the same whatever the roles. (An event is read anew for each
 * tenant, so this never crosses one.)
 */
const shownTo = new WeakMap<SeenEvent, { alerts: Map<string, StreamedAlert>; cursors: Map<string, string> }>();

const contextOf = ({ tenantId }: Credential, filter: AlertFilter): string =>
  `${tenantId} alerts ${fingerprint(filter)}`;

const tooSlow = (): AccordError =>
  new AccordError('RATE_LIMITED', 'This stream is read too slowly. Subscribe again with the cursor of the last alert.');
