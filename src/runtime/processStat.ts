/**
 * Returns the fields of a process' or thread's `/proc/…/stat` from its state on, so that field n of the manual is at n − 3.
 * The name of its program stands before them, in parentheses, and may hold spaces and parentheses itself.
 *
 * Source: proc_pid_stat(5).
 */
export function statFields(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
