import { createHash } from 'node:crypto'

const leafPrefix = Buffer.of(0)
const nodePrefix = Buffer.of(1)

/** SHA-256 of some pieces, one after another. */
export function sha256(...pieces: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

/** The hash of an entry (RFC 6962, section 2.1): its prefix keeps an entry from passing as a node. */
export function leafHash(entry: Uint8Array | string): Buffer {
  return sha256(leafPrefix, entry)
}

/** The root over leaf hashes in their order (RFC 6962, section 2.1). Of none it is the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256()
  let level: readonly Uint8Array[] = leaves
  // Pairing level by level, and lifting a last one without partner, is the tree of the RFC: the left side of each split
  // holds the largest power of two that is smaller than the whole.
  while (level.length > 1) {
    const above: Uint8Array[] = []
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index], level[index + 1]]
      if (left) above.push(right ? sha256(nodePrefix, left, right) : left)
    }
    level = above
  }
  return Buffer.from(level[0] ?? sha256())
}
