import { hooksOf } from '../../manifest/facts/parts';
import { rule } from '../rule';

/** Source: lifecycle/handlers.go: an HTTP hook succeeds if any response arrives. */
export const httpHookStatusIgnored = rule('http-hook-status-ignored', ({ pod: { spec } }) =>
  hooksOf(spec).flatMap(({ field, path, value }) => {
    if (!value.httpGet) return [];
    return [
      {
        path: path.child('httpGet'),
        severity: 'info',
        why: `the kubelet ignores the status: ${field} succeeds even if ${JSON.stringify(value.httpGet.path)} returns 404 or 500`,
        fix: 'use an exec hook that fails if the request fails, for example `curl --fail`, or test that the request arrives',
      },
    ];
  }),
);
