import { randomUUID } from 'node:crypto';
import { Operation, type Runtime } from '@accord/access';
import { AccreditationService, DecisionService, HearingService } from '@accord/accreditation';
import { openRuntime } from '@accord/gateway';
import { exampleId, organisationId } from '@accord/infra';
import { createLogger } from '@accord/kernel';
import type { TestDatabase } from '@accord/testkit';

const SECRET = 'a secret of tests, long enough to be one';

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
    const config = { DATABASE_URL: urls.gateway, DATABASE_POOL: 4, ACCORD_SECRET: SECRET };
    return new StaffRoom(await openRuntime(config, createLogger('test', 'silent')));
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
