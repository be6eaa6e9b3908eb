/**
 * Returns the fields of the `/proc/…/stat` of a process or thread, starting at its state, so that field n of the manual
 * is at n − 3. The name of its program precedes them in parentheses, and may contain spaces and parentheses itself.
 *
 * Source: proc_pid_stat(5).
 */
export function statFields(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
