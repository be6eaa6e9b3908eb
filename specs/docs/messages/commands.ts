import { run } from './run';
import type { Shown } from './shown';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: shop/web:1
`;
const WORKER = POD.replace('name: web', 'name: worker');

/** Errors of the command line. */
export const COMMANDS: readonly Shown[] = [
  { title: 'A file that does not exist', make: () => run(['lint', 'k8s.yaml']) },
  { title: 'A command that does not exist', make: () => run(['lnt', '-'], { input: POD }) },
  { title: 'An option that does not exist', make: () => run(['lint', '--formt', 'json', '-'], { input: POD }) },
  {
    title: 'A Kubernetes version out of range',
    make: () => run(['lint', '--kubernetes-version', '1.9', '-'], { input: POD }),
  },
  {
    title: 'YAML that cannot be read',
    make: () => run(['lint', '-'], { input: POD.replace('name: web\n', 'name: "web\n') }),
  },
  {
    title: 'A field that Kubernetes does not have',
    make: () => run(['explain', '-'], { input: `${POD}      livenesProbe:\n        exec: { command: [check] }\n` }),
  },
  {
    title: 'A manifest without a pod',
    make: () => run(['explain', '-'], { input: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n' }),
  },
  { title: 'More than one workload', make: () => run(['run', '-f', '-'], { input: `${POD}---\n${WORKER}` }) },
  { title: 'A check that does not exist', make: () => run(['gate', '-f', '-', '--only', 'ready'], { input: POD }) },
  {
    title: 'A container engine that does not answer',
    make: () => run(['gate', '-f', '-'], { input: POD, env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } }),
  },
];
