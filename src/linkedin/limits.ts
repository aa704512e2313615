/**
 * What an archive may hold. The largest exports seen have some forty files and a few hundred MiB of messages; whatever is
 * far beyond that was made to fill a disk.
 */
export const LIMITS = {
  entries: 5_000,
  /** Bytes of one file, unpacked. */
  fileBytes: 1024 ** 3,
  /** Bytes of all files that are unpacked. */
  allBytes: 2 * 1024 ** 3,
  /** Unpacked against packed, of files that are worth asking. */
  ratio: 200,
  ratioFrom: 16 * 1024 ** 2,
} as const;
