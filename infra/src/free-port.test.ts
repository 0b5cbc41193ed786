import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { anyFreePort, assertCanListen, portFrom } from './free-port.js';

let other: Server;
let taken: number;

beforeAll(async () => {
  other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  taken = (other.address() as AddressInfo).port;
});
afterAll(() => void other.close());

test('a taken port is told, with the variable that chooses another', async () => {
  await expect(assertCanListen('127.0.0.1', taken)).rejects.toThrow(
    `Port ${taken} is taken by another program. Stop that one, or choose another port: PORT=${taken + 1}`,
  );
  await expect(assertCanListen('127.0.0.1', await anyFreePort())).resolves.toBeUndefined();
});

test('an address that is not of this machine is told', async () => {
  await expect(assertCanListen('192.0.2.1', taken)).rejects.toThrow('Accord may not listen on 192.0.2.1');
});

test.each(['abc', '-1', '65536', '80.5'])('PORT=%s is not a port', (value) => {
  expect(() => portFrom('PORT', value, 4000)).toThrow(`PORT=${value} is not a port`);
});

test('an unset port is the usual one', () => {
  expect([portFrom('PORT', undefined, 4000), portFrom('PORT', '', 4000), portFrom('PORT', '0', 4000)]).toEqual([
    4000, 4000, 0,
  ]);
});
