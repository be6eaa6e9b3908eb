/** Limits on what a manifest may cost this machine. docs/manifests.md lists them, and a spec compares the two. */

/** Bytes of one file, or of the standard input. */
export const FILE_BYTES_MAX = 67_108_864;
export const FILE_TOO_LARGE = 'more than 64 MB, which is no manifest';
