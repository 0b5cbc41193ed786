import { FlushMode } from '@mikro-orm/core';
import { badInput, conflict, isId, londonDate, notFound } from '@accord/kernel';
import { once, Organisation, required, type Operation } from '@accord/access';
import { execute, lockName, lockProvider } from '@accord/persistence';
import { findProviders } from './merge/survivor.js';
import { companyNumber, postcode } from './identifier.js';
import { optional } from './optional.js';
import { Home, Provider } from './provider.entity.js';
import type {
  AddHomeInput,
  AddProviderInput,
  ChangeHomeInput,
  ChangeProviderInput,
  HomeFacts,
  ProviderFacts,
  RecordRegistrationInput,
  RegistrationInput,
} from './provider.inputs.js';
import type { Registration } from './registration.entity.js';
import { RegistrationService } from './registration.service.js';

/** What something is about: a provider, or one of its homes. */
export interface Subject {
  readonly provider: Provider;
  readonly home: Home | null;
}

/** Keeps the register of providers and homes. */
export class ProviderService {
  constructor(private readonly op: Operation) {}

  /** The provider of an id, or of one that it had before it was merged. @throws `NOT_FOUND` for an id that is none, too. */
  async provider(id: string): Promise<Provider> {
    const provider = (await findProviders(this.op.em, [id])).get(id);
    if (!provider) throw notFound('provider');
    return provider;
  }

  /**
   * The same, locked until the transaction ends and as it is under the lock: whoever writes something about a
   * provider writes it about the one that is there then. @throws `NOT_FOUND`.
   */
  async locked(id: string): Promise<Provider> {
    let provider = await this.provider(id);
    for (;;) {
      await lockProvider(this.op.em, provider.id);
      const now = await this.provider(provider.id);
      if (now.id === provider.id) return this.op.em.refresh(now).then((fresh) => fresh ?? now);
      provider = now;
    }
  }

  /** Something with the provider locked that it is about then: that may have been merged, or be one of two again. */
  async lockedWith<T extends { readonly providerId: string }>(read: () => Promise<T>): Promise<T> {
    let seen = await read();
    for (;;) {
      await this.locked(seen.providerId);
      const now = await read();
      if (now.providerId === seen.providerId) return now;
      seen = now;
    }
  }

  async home(id: string): Promise<Home> {
    const home = isId(id) ? await this.op.em.findOne(Home, id) : null;
    if (!home) throw notFound('home');
    return home;
  }

  /** The provider, locked, and the home where one is given, which must be the provider's. @throws `NOT_FOUND`, `BAD_USER_INPUT`. */
  async subject(providerId: string, homeId: string | null | undefined): Promise<Subject> {
    return this.#withHome(await this.locked(providerId), homeId);
  }

  /** The same for whoever only asks: nothing is locked. */
  async askedAbout(providerId: string, homeId: string | null | undefined): Promise<Subject> {
    return this.#withHome(await this.provider(providerId), homeId);
  }

  async #withHome(provider: Provider, homeId: string | null | undefined): Promise<Subject> {
    if (homeId === null || homeId === undefined) return { provider, home: null };
    const home = await this.home(homeId);
    if (home.providerId !== provider.id) throw badInput('input.homeId', 'This home is another provider’s.');
    return { provider, home };
  }

  async addProvider(input: AddProviderInput): Promise<Provider> {
    const id = await once(this.op, 'addProvider', input, async (newProviderId) => {
      const provider = this.op.em.create(Provider, {
        id: newProviderId,
        name: required('input.provider.name', input.provider.name ?? ''),
        tradingNames: [],
        companyNumber: null,
        postcode: null,
        ownershipGroup: null,
        directors: [],
        responsibleIndividual: null,
        noticePeriodDays: null,
        dpvLot: null,
        version: 1,
        updatedAt: new Date(),
      });
      this.#setProviderFacts(provider, input.provider);
      await this.#refuseKnownCompany(provider);
      if (input.registration) await this.#register(provider.id, null, input.registration);
      await this.op.em.persist(provider).flush();
    });
    return this.provider(id);
  }

  async changeProvider(input: ChangeProviderInput): Promise<Provider> {
    const provider = await this.locked(input.providerId);
    expectVersion(provider.version, input.expectedVersion);
    this.#setProviderFacts(provider, input.provider);
    await this.#refuseKnownCompany(provider);
    provider.version += 1;
    provider.updatedAt = new Date();
    await this.op.em.flush();
    return provider;
  }

  async addHome(input: AddHomeInput): Promise<Home> {
    const id = await once(this.op, 'addHome', input, async (newHomeId) => {
      const provider = await this.locked(input.providerId);
      const home = this.op.em.create(Home, {
        id: newHomeId,
        providerId: provider.id,
        name: required('input.home.name', input.home.name ?? ''),
        address: null,
        postcode: null,
        hostBoroughId: null,
        localAuthority: null,
        placementTypes: [],
        beds: null,
        gender: null,
        ageFrom: null,
        ageTo: null,
        supportModel: null,
        registeredManager: null,
        managerVacantSince: null,
        planning: null,
        hmoLicence: null,
        missingProtocolOn: null,
        lastIndependentReportOn: null,
        version: 1,
        updatedAt: new Date(),
      });
      await this.#setHomeFacts(home, input.home);
      if (input.registration) await this.#register(provider.id, home.id, input.registration);
      await this.op.em.persist(home).flush();
    });
    return this.home(id);
  }

  async changeHome(input: ChangeHomeInput): Promise<Home> {
    const known = await this.home(input.homeId);
    await this.locked(known.providerId);
    const home = await this.op.em.refresh(known);
    if (!home) throw notFound('home');
    expectVersion(home.version, input.expectedVersion);
    await this.#setHomeFacts(home, input.home);
    home.version += 1;
    home.updatedAt = new Date();
    await this.op.em.flush();
    return home;
  }

  async recordRegistration(input: RecordRegistrationInput): Promise<Registration> {
    const registrations = this.op.get(RegistrationService);
    await once(this.op, 'recordRegistration', input, async () => {
      const { provider, home } = await this.subject(input.providerId, input.homeId);
      const asAt = input.asAt ?? londonDate(new Date());
      await registrations.record(provider.id, home?.id ?? null, input.registration, asAt);
    });
    const registration = await registrations.find(input.registration);
    if (!registration) throw notFound('registration');
    return registration;
  }

  #setProviderFacts(provider: Provider, facts: ProviderFacts): void {
    const path = 'input.provider';
    if (facts.name !== undefined) provider.name = required(`${path}.name`, facts.name ?? '');
    if (facts.tradingNames) provider.tradingNames = texts(facts.tradingNames);
    if (facts.companyNumber !== undefined)
      provider.companyNumber = optional(facts.companyNumber, (text) => companyNumber(`${path}.companyNumber`, text));
    if (facts.postcode !== undefined)
      provider.postcode = optional(facts.postcode, (text) => postcode(`${path}.postcode`, text));
    if (facts.ownershipGroup !== undefined) provider.ownershipGroup = optional(facts.ownershipGroup);
    if (facts.directors) provider.directors = texts(facts.directors);
    if (facts.responsibleIndividual !== undefined)
      provider.responsibleIndividual = optional(facts.responsibleIndividual);
    if (facts.noticePeriodDays !== undefined)
      provider.noticePeriodDays = notNegative(`${path}.noticePeriodDays`, facts.noticePeriodDays);
    if (facts.dpvLot !== undefined) provider.dpvLot = optional(facts.dpvLot);
  }

  async #setHomeFacts(home: Home, facts: HomeFacts): Promise<void> {
    const path = 'input.home';
    if (facts.name !== undefined) home.name = required(`${path}.name`, facts.name ?? '');
    if (facts.address !== undefined) home.address = optional(facts.address);
    if (facts.postcode !== undefined)
      home.postcode = optional(facts.postcode, (text) => postcode(`${path}.postcode`, text));
    if (facts.hostBoroughGss !== undefined) await this.#setHost(home, facts.hostBoroughGss);
    if (facts.placementTypes) home.placementTypes = [...new Set(facts.placementTypes)];
    if (facts.beds !== undefined) home.beds = notNegative(`${path}.beds`, facts.beds);
    if (facts.gender !== undefined) home.gender = optional(facts.gender);
    if (facts.ageFrom !== undefined) home.ageFrom = notNegative(`${path}.ageFrom`, facts.ageFrom);
    if (facts.ageTo !== undefined) home.ageTo = notNegative(`${path}.ageTo`, facts.ageTo);
    if (home.ageFrom !== null && home.ageTo !== null && home.ageFrom > home.ageTo) {
      throw badInput(`${path}.ageTo`, 'The oldest age taken cannot be below the youngest.');
    }
    if (facts.supportModel !== undefined) home.supportModel = optional(facts.supportModel);
    if (facts.registeredManager !== undefined) home.registeredManager = optional(facts.registeredManager);
    if (facts.managerVacantSince !== undefined) home.managerVacantSince = optional(facts.managerVacantSince);
    if (facts.planning !== undefined) home.planning = optional(facts.planning);
    if (facts.hmoLicence !== undefined) home.hmoLicence = optional(facts.hmoLicence);
    if (facts.missingProtocolOn !== undefined) home.missingProtocolOn = optional(facts.missingProtocolOn);
    if (facts.lastIndependentReportOn !== undefined) {
      home.lastIndependentReportOn = optional(facts.lastIndependentReportOn);
    }
  }

  async #setHost(home: Home, gssCode: string | null): Promise<void> {
    const host = gssCode === null ? null : await this.op.em.findOne(Organisation, { gssCode });
    if (gssCode !== null && !host) {
      throw badInput(
        'input.home.hostBoroughGss',
        `"${gssCode}" is no borough of the alliance: a code looks like E09000005; see organisations.`,
      );
    }
    home.hostBoroughId = host?.id ?? null;
    home.localAuthority = host?.name ?? home.localAuthority;
  }

  #register(providerId: string, homeId: string | null, registration: RegistrationInput): Promise<void> {
    return this.op.get(RegistrationService).add(providerId, homeId, registration, londonDate(new Date()));
  }

  async #refuseKnownCompany(provider: Provider): Promise<void> {
    if (provider.companyNumber === null) return;
    await lockName(this.op.em, `company ${provider.companyNumber}`);
    // Without writing first what is about to be refused: the unique index would refuse it in its own words.
    const same = await this.op.em.findOne(
      Provider,
      { companyNumber: provider.companyNumber, id: { $ne: provider.id } },
      { flushMode: FlushMode.COMMIT },
    );
    if (same) {
      throw conflict(`${same.name} has this company number already.`, {
        path: 'input.provider.companyNumber',
        matchId: same.id,
      });
    }
    const [merged] = await execute<{ name: string; survivor_id: string }>(
      this.op.em,
      `select name, survivor_id from provider_merge where undone_at is null and company_number = ? and survivor_id <> ?`,
      [provider.companyNumber, provider.id],
    );
    if (merged) {
      throw conflict(`${merged.name} had this company number before it was merged.`, {
        path: 'input.provider.companyNumber',
        matchId: merged.survivor_id,
      });
    }
  }
}

/** @throws `CONFLICT` with the version that is there now. */
export function expectVersion(version: number, expected: number): void {
  if (version !== expected) {
    throw conflict('Somebody has changed this since you read it. Read it again, then repeat your change.', { version });
  }
}

function notNegative(path: string, value: number | null): number | null {
  if (value !== null && value < 0) throw badInput(path, 'Cannot be below zero.');
  return value;
}

const texts = (values: readonly string[]): string[] => [
  ...new Set(values.map((value) => value.trim()).filter((value) => value !== '')),
];
