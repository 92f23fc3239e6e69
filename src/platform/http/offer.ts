import type { Region } from '../packs/regions.ts'
import type { Link } from '../ui/frame.ts'

/** A service, as far as one capability tells another what can be done about it. */
export interface OfferedService {
  id: string
  slug: string
  /** that it belongs to */
  region: Region | undefined
  /** whoever asks for it now can get an answer */
  active: boolean
}

/**
 * What a capability offers to do about a service. The page of the service shows the link first and does not know who offers it. It is the same
 * for every reader, so that the page can be kept.
 */
export interface Offer {
  link(service: OfferedService): Link | undefined
  /** one sentence under the link */
  hint(): string
}
