export { startIdentityProvider, type IdentityProvider } from './identity/identity-provider.js';
export { requestToken } from './identity/request-token.js';
export { findPersona, PERSONAS, TENANT_CODE, type Persona } from './personas.js';
export { loadRegulatorSample } from './regulator-file.js';
export { REPOSITORY } from './repository.js';
export { describeChecks, verify as verifyLog } from './verify-log.js';
export * from './world/index.js';
