import { formatList } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { means } from '../../rules/relations.ts'
import type { StoredBody } from '../../store/read-body.ts'
import type { InvitationRule } from '../../types/forums.ts'
import type { SeatRole } from '../../types.ts'
import { shortName } from '../seat-words.tsx'

const roles = {
  chair: m.governance_guest_chair,
  deputy: m.governance_guest_deputy,
  member: m.governance_role_member,
  attendant: m.governance_role_attendant,
} as const satisfies Record<SeatRole, unknown>

/** Whom a rule invites, in words: the body first, so that no name is inflected. */
export const invitesWords = (invites: readonly InvitationRule[], all: readonly StoredBody[]): string =>
  invites
    .map(({ body, roles: held }) => {
      const profile = all.find((one) => means(one.profile, body))?.profile
      const name = profile
        ? shortName(profile.slug === body ? profile.names : (profile.together?.names ?? profile.names))
        : body
      return `${name} (${formatList(held.map((role) => roles[role]()))})`
    })
    .join('; ')
