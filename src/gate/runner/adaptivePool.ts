/**
 * Runs up to `parallel` tasks at the same time. If `run` resolves to true, the machine starved the task: half as
 * many run from then, and one more after each task that was not starved.
 */
export async function runAdaptively<Task>(
  tasks: readonly Task[],
  parallel: number,
  run: (task: Task) => Promise<boolean>,
): Promise<void> {
  const waiting = [...tasks];
  const running = new Set<Promise<void>>();
  let width = parallel;
  const start = (task: Task): void => {
    const ended = run(task).then((isStarved) => {
      width = isStarved ? Math.max(1, Math.floor(Math.min(width, running.size) / 2)) : Math.min(parallel, width + 1);
      running.delete(ended);
    });
    running.add(ended);
  };
  while (waiting.length > 0 || running.size > 0) {
    for (const task of waiting.splice(0, Math.max(0, width - running.size))) start(task);
    await Promise.race(running);
  }
}
