export { exampleId } from './example-rows.js';
export { homeId, loadExampleWorld, organisationId, providerId } from './example-world.js';
