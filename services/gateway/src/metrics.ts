import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What a gateway counts. No label names a tenant, a person or a provider. */
export class Metrics {
  readonly registry = new Registry();

  readonly #operations = new Histogram({
    name: 'accord_operation_seconds',
    help: 'GraphQL operations over HTTP, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });

  readonly #streams = new Gauge({
    name: 'accord_open_streams',
    help: 'Open subscriptions',
    labelNames: ['transport'],
    registers: [this.registry],
  });

  readonly #alerts = new Counter({
    name: 'accord_alerts_sent_total',
    help: 'Alerts given to subscribers',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  operation(kind: string, code: unknown, milliseconds: number): void {
    this.#operations.observe({ kind, outcome: typeof code === 'string' ? code : 'OK' }, milliseconds / 1000);
  }

  /** @returns says that it is closed; calling it again changes nothing. */
  streamOpened(transport: string): () => void {
    this.#streams.inc({ transport });
    let isOpen = true;
    return () => {
      if (isOpen) this.#streams.dec({ transport });
      isOpen = false;
    };
  }

  alert(): void {
    this.#alerts.inc();
  }
}
