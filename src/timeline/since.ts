/** Place in a record at which counting starts: an index into its events. */
export type Since = number;

export const START: Since = 0;
