import { randomUUID } from 'node:crypto';
import { Operation, type Runtime } from '@accord/access';
import { AccreditationService, DecisionService, HearingService } from '@accord/accreditation';
import { FEATURES, MERGE_PARTS } from '@accord/gateway';
import { exampleId, organisationId } from '@accord/infra';
import { createLogger, Seal } from '@accord/kernel';
import { AlertHub } from '@accord/notifications';
import { createOrm, openEventBus } from '@accord/persistence';
import type { TestDatabase } from '@accord/testkit';

export interface Desk {
  readonly accreditation: AccreditationService;
  readonly decisions: DecisionService;
  readonly hearing: HearingService;
}

/** A gateway's inside without its HTTP, so that an act can be done at any moment one likes. */
export class StaffRoom {
  /** The moment of the next act. */
  now = new Date();

  private constructor(private readonly runtime: Runtime) {}

  static async open({ urls }: TestDatabase): Promise<StaffRoom> {
    const logger = createLogger('test', 'silent');
    const orm = await createOrm({
      url: urls.gateway,
      entities: FEATURES.flatMap((feature) => feature.entities),
      pool: 4,
    });
    const bus = await openEventBus(urls.gateway, undefined, logger);
    const cursors = new Seal('a secret of tests, long enough to be one', 'cursor');
    const copies = new Seal('a secret of tests, long enough to be one', 'relied copy');
    const alerts = new AlertHub(orm, logger);
    return new StaffRoom({ orm, bus, cursors, copies, logger, alerts, mergeParts: MERGE_PARTS });
  }

  /** One mutation by a persona of the alliance, with the rights of its directory, at the room's moment. */
  async as<T>(persona: string, act: (desk: Desk) => Promise<T>): Promise<T> {
    const credential = {
      tenantId: organisationId('ALLIANCE'),
      principalId: exampleId('principal', persona),
      roles: null,
      expiresAt: new Date('2100-01-01'),
      keyId: null,
    };
    const op = new Operation(this.runtime, credential, 'write', randomUUID());
    const clock = () => this.now;
    try {
      await op.caller();
      const result = await act({
        accreditation: new AccreditationService(op, clock),
        decisions: new DecisionService(op, clock),
        hearing: new HearingService(op, clock),
      });
      await op.commit();
      return result;
    } catch (error) {
      await op.rollback();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.runtime.bus.close();
    await this.runtime.orm.close();
  }
}
