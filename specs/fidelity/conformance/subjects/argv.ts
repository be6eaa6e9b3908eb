import { argvOf, type ContainerCommand, type ImageCommand } from '../../containerArgv';
import { type Subject, wordsOf } from './words';

export const argv: Readonly<Record<string, Subject>> = {
  'container.argv': async (given) => {
    const { image, container } = wordsOf('given', given, ['image', 'container']);
    return {
      argv: argvOf(
        wordsOf('image', image, ['entrypoint', 'cmd']) as ImageCommand,
        wordsOf('container', container, ['command', 'args']) as ContainerCommand,
      ),
    };
  },
};
