/** The place in a record from which on things count: an index into its events. */
export type Since = number;

export const START: Since = 0;
