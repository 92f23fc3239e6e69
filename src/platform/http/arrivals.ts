/** Forms with files that are being received by this process, at one moment. */
const mostInAll = 40
/** Of one account, or of one network address where nobody has signed in: a family, an office. */
const mostOfOne = 6

/** Who sends files now. What is received lies on the disk until its command has ended: so many forms bound how much that is. */
export class Arrivals {
  readonly #now = new Map<string, number>()
  #all = 0

  /** @param who account or network address @returns what to call when it is over; undefined where there are too many already */
  enter(who: string): (() => void) | undefined {
    const own = this.#now.get(who) ?? 0
    if (this.#all >= mostInAll || own >= mostOfOne) return undefined
    this.#all++
    this.#now.set(who, own + 1)
    return () => {
      this.#all--
      const left = (this.#now.get(who) ?? 1) - 1
      if (left > 0) this.#now.set(who, left)
      else this.#now.delete(who)
    }
  }
}
