export { exampleId, homeId, loadExampleWorld, organisationId, providerId } from './example-world.js';
