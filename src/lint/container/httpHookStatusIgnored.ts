import { hooksOf } from '../../manifest/facts/parts';
import { rule } from '../rule';

/** Source: lifecycle/handlers.go: of the response of an HTTP hook only its arrival counts. */
export const httpHookStatusIgnored = rule('http-hook-status-ignored', ({ pod: { spec } }) =>
  hooksOf(spec).flatMap(({ field, path, value }) => {
    if (!value.httpGet) return [];
    return [
      {
        path: path.child('httpGet'),
        severity: 'info',
        why: `nobody looks at the status: ${JSON.stringify(value.httpGet.path)} may answer 404 or 500 and ${field} counts as done`,
        right:
          'an exec hook that fails when the request does, such as `curl --fail`, or a test that sees the request arrive',
      },
    ];
  }),
);
