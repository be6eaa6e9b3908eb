/** Limits on what a manifest may cost this machine. docs/manifests.md lists them, and a spec compares the two. */

/** Bytes of one file, or of stdin. Even the output of a large chart is smaller. */
export const FILE_BYTES_MAX = 67_108_864;
export const FILE_TOO_LARGE = 'must be at most 64 MB';
/** Lines of one file. */
export const LINES_MAX = 1_000_000;
/** Characters of one object, the limit of etcd. */
export const OBJECT_CHARACTERS_MAX = 1_572_864;
/** Documents of one file. */
export const DOCUMENTS_MAX = 10_000;
/** YAML tokens of one file. They determine the time and memory of parsing, and this many take about a second. */
export const LEXEMES_MAX = 250_000;
/** Bytes of a variable or an argument after expansion. Source: Linux `MAX_ARG_STRLEN`, 32 pages. */
export const EXPANDED_BYTES_MAX = 131_072;
/** Bytes of all variables and arguments of a container. Source: Linux takes a quarter of a stack of 8 MiB. */
export const PROCESS_BYTES_MAX = 2_097_152;
/** Characters of a field's path in a message. */
export const FIELD_SHOWN_MAX = 200;
