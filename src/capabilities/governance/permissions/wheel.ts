import { holdsRole, holdsRoleIn } from '../../../platform/access/actor.ts'
import { permission } from '../../../platform/access/permission.ts'

export const mayKeepWheel = permission<{ organisation: string }>(
  'The secretariat that keeps a year wheel adds milestones to it and moves them',
  (actor, { organisation }) => holdsRoleIn(actor, 'secretariat', organisation),
)

export const mayOpenWheelDesk = permission<unknown>('A secretariat may open the desk of its year wheels', (actor) =>
  holdsRole(actor, 'secretariat'),
)
