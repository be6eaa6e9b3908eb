import { expect, test } from '@jest/globals';
import { resolveContainerPort } from '../../../src/probes/port';

const ports = [
  { name: 'web', containerPort: 8080 },
  { name: '9090', containerPort: 7 },
];

test.each([
  [443, 443],
  ['web', 8080],
  ['80', 80],
  ['+80', 80],
  ['9090', 7],
])('resolves port %j to %i', (port, number) => {
  expect(resolveContainerPort(port, ports, { textPortIsName: false })).toBe(number);
});

test.each([
  ['http', 'strconv.Atoi: parsing "http": invalid syntax'],
  ['', 'strconv.Atoi: parsing "": invalid syntax'],
  ['8080/tcp', 'strconv.Atoi: parsing "8080/tcp": invalid syntax'],
  ['99999999999999999999', 'strconv.Atoi: parsing "99999999999999999999": value out of range'],
  ['-1', 'invalid port number: -1'],
  [0, 'invalid port number: 0'],
  [65536, 'invalid port number: 65536'],
])('rejects port %j with the message of the kubelet', (port, message) => {
  expect(() => resolveContainerPort(port, ports, { textPortIsName: false })).toThrow(message);
});

test.each([
  [443, 443],
  ['web', 8080],
  ['9090', 7],
])('resolves port %j to %i since 1.37', (port, number) => {
  expect(resolveContainerPort(port, ports, { textPortIsName: true })).toBe(number);
});

test.each(['http', '80', ''])('treats port %j as an unknown name since 1.37', (port) => {
  expect(() => resolveContainerPort(port, ports, { textPortIsName: true })).toThrow(`port "${port}" not found`);
});
