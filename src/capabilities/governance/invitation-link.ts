import { createHash } from 'node:crypto'

/** The token of an invitation as the database keeps it. */
export const invitationHash = (token: string): Buffer =>
  createHash('sha256').update(`governance.invitation ${token}`).digest()

/** The errand of whoever came by the link of an invitation: it opens that invitation alone. */
export const invitationPurpose = (token: string): string =>
  `governance.invitation ${invitationHash(token).toString('hex')}`
