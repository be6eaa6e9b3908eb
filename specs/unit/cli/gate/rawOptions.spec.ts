import { describe, expect, test } from '@jest/globals';
import { mergeOptions } from '../../../../src/cli/gate/rawOptions';

describe('overridden', () => {
  test('prefers the command line, and keeps the other options of the config', () => {
    expect(mergeOptions({ within: '5m', only: ['lint'], parallel: '2' }, { within: '9m', only: ['valid'] })).toEqual({
      within: '9m',
      only: ['valid'],
      parallel: '2',
    });
  });

  test('replaces the manifest options of the config as a whole', () => {
    const team = { helm: 'chart', values: ['v.yaml'], set: ['a=b'], image: ['web=web:1', 'db=db:1'], within: '5m' };
    expect(mergeOptions(team, { file: ['k8s/'], image: ['web=web:2'], build: ['db=db'] })).toEqual({
      file: ['k8s/'],
      image: ['web=web:2'],
      build: ['db=db'],
      within: '5m',
    });
    expect(mergeOptions({ file: ['k8s/'] }, { kustomize: 'base' })).toEqual({ kustomize: 'base' });
    expect(mergeOptions({ file: ['k8s/'] }, { helm: 'chart' })).toEqual({ helm: 'chart' });
  });

  test('keeps the chart of the config if the command line only sets values', () => {
    expect(mergeOptions({ helm: 'chart', set: ['a=1', 'b=2'] }, { set: ['b=3'] })).toEqual({
      helm: 'chart',
      set: ['a=1', 'b=3'],
    });
  });

  test('merges options with names by their names', () => {
    const team = { service: ['db=a:1', 'queue=b:2'], waive: ['lint=old', 'drains=later'] };
    expect(mergeOptions(team, { service: ['db=c:3'], waive: ['lint=new'] })).toEqual({
      service: ['queue=b:2', 'db=c:3'],
      waive: ['drains=later', 'lint=new'],
    });
    const backOff = (seconds: number) => ({ crashLoopBackOff: [`maxContainerRestartPeriod=${seconds}s`] });
    expect(mergeOptions(backOff(60), backOff(30))).toEqual(backOff(30));
  });

  test('replaces an image with a build of the same container, and a build with an image', () => {
    expect(mergeOptions({ image: ['web=web:1'] }, { build: ['web=.'] })).toEqual({ build: ['web=.'] });
    expect(mergeOptions({ build: ['web=.', 'db=db'] }, { image: ['web=web:2'] })).toEqual({
      build: ['db=db'],
      image: ['web=web:2'],
    });
  });

  test('drops the checks and formats of the config for the matrix', () => {
    const team = {
      file: ['k8s/'],
      only: ['lint'],
      skip: ['drains'],
      failOn: 'warning',
      waive: ['lint=old'],
      format: ['junit=a'],
      html: 'a.html',
    };
    expect(mergeOptions(team, { matrix: true })).toEqual({ file: ['k8s/'], matrix: true });
    expect(mergeOptions(team, { matrix: true, format: ['json'] })).toEqual({
      file: ['k8s/'],
      matrix: true,
      format: ['json'],
    });
  });
});
