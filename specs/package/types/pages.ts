import { writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { helm, kustomize, type LivePod, runPod } from 'jest-kubelet';
import { GenericContainer, Wait } from 'testcontainers';
import 'jest-kubelet/jest-globals';

// Code from pages in docs. The compiler checks it, and it never runs.

export async function sources(): Promise<void> {
  await runPod('k8s/deployment.yaml'); // a file
  await runPod('k8s'); // a folder: its .yaml, .yml and .json files, by name
  await runPod(['k8s/web.yaml', 'k8s/service.yaml']); // several
  await runPod(helm('./chart', { values: 'ci.yaml', set: { 'image.tag': 'dev' }, release: 'shop' }));
  await runPod(kustomize('overlays/ci'));
}

export async function configuration(): Promise<void> {
  await runPod('k8s/web.yaml', {
    configMaps: { settings: { mode: 'fast' } },
    secrets: { database: { password: 'x' } },
  });
}

export async function images(): Promise<void> {
  await runPod('k8s/web.yaml', { images: { web: 'web:dev' } }); // by the container's name
  await runPod('k8s/web.yaml', { images: { 'shop/web:1.4': 'web:dev' } }); // by the image the manifest names
  await runPod('k8s/web.yaml', { images: { web: { build: '.' } } }); // built first, from ./Dockerfile
}

export async function faults(pod: LivePod): Promise<void> {
  const web = pod.container('web');
  await web.exec(['rm', '/tmp/healthy']); // resolves to exit code and output
  await web.kill('SIGTERM'); // signals its main process, default: SIGKILL
  await web.freeze(); // … and web.thaw()
  await web.limit({ cpu: '100m', memory: '64Mi' });
  await pod.disconnect(); // … and pod.reconnect()
  await pod.service('postgres').freeze(); // … thaw(), disconnect(), reconnect()
}

export async function services(): Promise<void> {
  const postgres = await new GenericContainer('postgres:17').withExposedPorts(5432).start(); // testcontainers
  const cache = await runPod('k8s/redis.yaml');

  await runPod('k8s/shop.yaml', {
    services: { postgres, 'redis.cache.svc.cluster.local': cache, api: 'localhost:8080' },
  });
}

export function manifests(): void {
  expect('k8s/web.yaml').toBeValidManifest();
  expect('k8s/web.yaml').toHaveNoFindings({ except: ['http-hook-status-ignored'] });
}

export async function realTime(): Promise<void> {
  await runPod('k8s/web.yaml', { skipBackOff: false });
}

export async function snapshot(pod: LivePod): Promise<void> {
  expect(pod.timeline).toMatchSnapshot();
}

export function asPage(pod: LivePod): void {
  writeFileSync('pod.html', pod.timeline.toHTML());
}

export async function byHand(): Promise<void> {
  const container = await new GenericContainer('checkout:dev')
    .withExposedPorts(8080)
    .withWaitStrategy(Wait.forHttp('/healthz', 8080))
    .start();

  const answer = await fetch(`http://${container.getHost()}:${container.getMappedPort(8080)}/carts`);
  expect(answer.status).toBe(200);
  await container.stop();
}
