/** The working set of a container at an instant of a real clock. */
export interface MemorySample {
  readonly container: string;
  readonly atMs: number;
  readonly bytes: number;
}
