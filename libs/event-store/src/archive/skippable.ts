// Frames that zstd passes over: what a segment has that is not an entry.
// https://github.com/facebook/zstd/blob/dev/doc/zstd_compression_format.md#skippable-frames
const skippableMagic = 0x184d2a50

export function skippable(content: Buffer): Buffer {
  const start = Buffer.alloc(8)
  start.writeUInt32LE(skippableMagic, 0)
  start.writeUInt32LE(content.length, 4)
  return Buffer.concat([start, content])
}

/** The content of the frame that `bytes` begin with, as far as they reach; `undefined` when it is no such frame. */
export function skippableContent(bytes: Buffer): { size: number; content: Buffer } | undefined {
  if (bytes.length < 8 || bytes.readUInt32LE(0) !== skippableMagic) return undefined
  const size = bytes.readUInt32LE(4)
  return { size, content: bytes.subarray(8, 8 + size) }
}
