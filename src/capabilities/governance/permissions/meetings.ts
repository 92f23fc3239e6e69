import { holdsRole } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'
import { keepsSecretariat } from './matters.ts'

export const mayKeepMeetings = permission<{ organisation: string }>(
  'The secretariat of a body plans its meetings, writes its agendas and minutes, and enters what was decided there',
  (actor, { organisation }) => keepsSecretariat(actor, organisation),
)

export const mayOpenMeetings = permission<unknown>('The secretariat of a body may open the desk of meetings', (actor) =>
  holdsRole(actor, 'secretariat'),
)

export const mayReadAsInvited = permission<unknown>(
  'Whoever was invited to a meeting may read all of its papers',
  (actor) => actor !== null,
)

export const mayDelegate = permission<{ organisation: string }>(
  'The secretariat of the body that decided so enters what is delegated to another body',
  (actor, { organisation }) => keepsSecretariat(actor, organisation),
)
