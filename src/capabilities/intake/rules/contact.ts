import type { SafeContact } from '../types.ts'

/** Which way a letter goes: by mail, by post, into somebody's hand, or it waits on the page behind the link. */
export type Way = 'mail' | 'post' | 'hand' | 'page'

/** Why no mail goes out. */
export type Held = 'read by others' | 'no address' | 'not wanted' | 'told by another'

/** INT-11: the way a letter may go without harm, and why it does not go by mail where it does not. */
export function wayOf(contact: SafeContact, address: string | undefined): { way: Way; held?: Held } {
  const wanted = contact.ways.includes('email')
  if (wanted && contact.email && !contact.emailReadByOthers) return { way: 'mail' }
  const held: Held = contact.emailReadByOthers ? 'read by others' : contact.email ? 'not wanted' : 'no address'
  if (contact.ways.includes('post') && address && !contact.postSeenByOthers) return { way: 'post', held }
  if (contact.ways.includes('in-person') || contact.ways.includes('through')) return { way: 'hand', held }
  return { way: 'page', held }
}

/**
 * INT-11: what a form offers to somebody who asks again: how contact was safe when it was told last. What was told to any office to keep others
 * from reading along holds until the person takes it back. @param told as each office keeps it, the newest first
 */
export function lastTold(told: readonly SafeContact[]): SafeContact | undefined {
  const [newest] = told
  return (
    newest && {
      ...newest,
      emailReadByOthers: told.some(({ emailReadByOthers }) => emailReadByOthers),
      postSeenByOthers: told.some(({ postSeenByOthers }) => postSeenByOthers),
      discreet: told.some(({ discreet }) => discreet),
    }
  )
}

/** Does a form say anything of how contact is safe? What it leaves open stays as it was told before. */
export const tells = ({ ways, emailReadByOthers, postSeenByOthers, discreet }: SafeContact): boolean =>
  ways.length > 0 || emailReadByOthers || postSeenByOthers || discreet

/** INT-11: may a worker call, and may they say from where? Whoever wants text messages alone is not called. */
export function callOf(contact: SafeContact): 'no call' | 'say nothing of the office' | 'as usual' {
  if (!contact.phone || !contact.ways.includes('phone')) return 'no call'
  return contact.discreet ? 'say nothing of the office' : 'as usual'
}
