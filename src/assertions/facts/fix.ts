import type { RestartCause } from '../../timeline/history/restarts';
import type { SignalTrouble } from '../../timeline/history/signalTrouble';
import type { Plain } from './plain';

/** Change that makes an assertion pass. */
export type Fix =
  | Plain<'lowerRequests' | 'freeDisk' | 'runAsUser'>
  | { readonly kind: 'nameImage'; readonly container: string }
  | { readonly kind: 'giveConfig'; readonly object: 'ConfigMap' | 'Secret' }
  | { readonly kind: 'giveCommand'; readonly container: string }
  /** Exit with 0 after the signal, or assert the exit code that it has. */
  | {
      readonly kind: 'exitWithZero';
      readonly container: string;
      readonly signal: string | undefined;
      readonly exitCode: number;
    }
  | { readonly kind: 'signal'; readonly trouble: SignalTrouble }
  /** Wait for the service, instead of a restart. */
  | {
      readonly kind: 'outlastOutage';
      readonly container: string;
      readonly service: string;
      readonly because: RestartCause;
    };
