import { badInput, conflict, isId, londonDate, newId, notFound } from '@accord/kernel';
import type { Operation } from '@accord/access';
import { lockName } from '@accord/persistence';
import { registrationReference } from './identifier.js';
import { optional } from './optional.js';
import type { RegistrationInput } from './provider.inputs.js';
import { Registration } from './registration.entity.js';
import { RegistrationStatus } from './vocabulary.js';

/** What the regulator tells every authority of: it comes in as a notice, which tells the boroughs concerned. */
const TOLD_BY_NOTICE: ReadonlySet<RegistrationStatus> = new Set([
  RegistrationStatus.SUSPENDED,
  RegistrationStatus.CANCELLED,
]);

/** Keeps the registrations of providers and homes. */
export class RegistrationService {
  constructor(private readonly op: Operation) {}

  /** @throws `NOT_FOUND` for an id that is none, too. */
  async registration(id: string): Promise<Registration> {
    const registration = isId(id) ? await this.op.em.findOne(Registration, id) : null;
    if (!registration) throw notFound('registration');
    return registration;
  }

  /** Adds a registration; of one that the same provider or home has already, says where it stands now. */
  async record(providerId: string, homeId: string | null, input: RegistrationInput, asAt: string): Promise<void> {
    if (asAt > londonDate(new Date())) throw badInput('input.asAt', `${asAt} is to come: say where it stands by now.`);
    const known = await this.find(input);
    if (!known) return this.add(providerId, homeId, input, asAt);
    if (known.providerId !== providerId || known.homeId !== homeId) throw takenAlready(known);
    if (known.status !== input.status && TOLD_BY_NOTICE.has(input.status)) {
      throw badInput(
        'input.registration.status',
        'The boroughs concerned are to be told of a suspension or cancellation: record it with recordRegulatorNotice.',
      );
    }
    if (known.statusAsAt !== null && known.statusAsAt > asAt) {
      throw conflict(`Its status is known as of ${known.statusAsAt}, which is later.`, { path: 'input.asAt' });
    }
    known.status = input.status;
    known.statusAsAt = asAt;
    known.category = optional(input.category) ?? known.category;
    known.registeredOn = optional(input.registeredOn) ?? known.registeredOn;
    await this.op.em.flush();
  }

  /** @throws `BAD_USER_INPUT`; `CONFLICT` with the id of who has it, for one that is known. */
  async add(providerId: string, homeId: string | null, input: RegistrationInput, asAt: string): Promise<void> {
    const reference = referenceOf(input);
    await lockName(this.op.em, `registration ${input.regulator} ${reference}`);
    const same = await this.find(input);
    if (same) throw takenAlready(same);
    this.op.em.persist(
      this.op.em.create(Registration, {
        id: newId(),
        providerId,
        homeId,
        regulator: input.regulator,
        reference,
        category: optional(input.category),
        status: input.status,
        registeredOn: optional(input.registeredOn),
        statusAsAt: asAt,
      }),
    );
    await this.op.em.flush();
  }

  /** @throws `BAD_USER_INPUT` for a number that cannot be one. */
  find(input: RegistrationInput): Promise<Registration | null> {
    return this.op.em.findOne(Registration, { regulator: input.regulator, reference: referenceOf(input) });
  }
}

const referenceOf = ({ regulator, reference }: RegistrationInput): string =>
  registrationReference('input.registration.reference', regulator, reference);

const takenAlready = ({ homeId, providerId }: Registration) =>
  conflict('Another provider or home has this registration already.', {
    path: 'input.registration.reference',
    matchId: homeId ?? providerId,
  });
