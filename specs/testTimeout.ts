import { jest } from '@jest/globals';
import { realLimit } from './pace';

// A pod takes as long as it takes: the limit only ends a spec that hangs.
jest.setTimeout(realLimit(180_000));
