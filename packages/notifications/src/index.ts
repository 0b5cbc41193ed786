export * from './alert-hub.js';
export * from './alert-stream.js';
export * from './alert.type.js';
export * from './notifications.feature.js';
export * from './notifier.js';
