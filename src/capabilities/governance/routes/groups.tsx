import { z } from 'zod'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { approveTerms } from '../commands/forums/approve-terms.ts'
import { prolongGroup } from '../commands/forums/prolong-group.ts'
import { setUpGroup } from '../commands/forums/set-up-group.ts'
import { mayOpenForums, maySetUpGroup } from '../permissions/forums.ts'
import { groupOn } from '../rules/ad-hoc.ts'
import { groupsSetUp, restingDecisions } from '../store/forums/groups.ts'
import { bodiesOf, bodyBySlug, listBodies, type StoredBody } from '../store/read-body.ts'
import { Slug } from '../types.ts'
import { GroupDesk, GroupForm, GroupsDesk } from '../views/forums/groups.tsx'
import { kept } from './meetings-desk.tsx'
import { atTexts, inOneLanguage } from './one-language.ts'

const params = z.object({ slug: Slug })
const guard = { permission: mayOpenForums, audit: 'governance.groups.open' } as const

/** The desk on which groups are set up, approved and prolonged (GOV-8). Everybody reads them on their pages. */
export function groupsDesk(door: Door): void {
  door.page('/governance/groups', guard, showGroups)
  door.page('/governance/groups/new', guard, (visit) => showForm(visit, {}))
  door.form('/governance/groups/new', {
    command: setUpGroup,
    input: (fields) => inOneLanguage(fields, 'names', 'purpose'),
    done: ({ slug }) =>
      redirect(`/governance/groups/${slug}`, { kind: 'done', text: m.governance_group_set_up_flash() }),
    again: (typed, outcome, visit) => showForm(visit, { typed, outcome: atTexts(outcome, 'names', 'purpose') }),
  })
  door.page('/governance/groups/{slug}', { ...guard, params }, (visit) => showGroup(visit, visit.params.slug, {}))
  door.form('/governance/groups/{slug}/approve', {
    command: approveTerms,
    params,
    input: (fields, visit) => ({ ...inOneLanguage(fields, 'purpose', 'members', 'product'), group: visit.params.slug }),
    done: ({ slug }) =>
      redirect(`/governance/groups/${slug}`, { kind: 'done', text: m.governance_group_approved_flash() }),
    again: (typed, outcome, visit) =>
      showGroup(visit, visit.params.slug, { typed, outcome: atTexts(outcome, 'purpose', 'members', 'product') }),
  })
  door.form('/governance/groups/{slug}/prolong', {
    command: prolongGroup,
    params,
    input: (fields, visit) => ({ ...fields, group: visit.params.slug }),
    done: ({ slug }) =>
      redirect(`/governance/groups/${slug}`, { kind: 'done', text: m.governance_group_prolonged_flash() }),
    again: (typed, outcome, visit) => showGroup(visit, visit.params.slug, { typed, outcome }),
  })
}

const foundersAmong = (bodies: readonly StoredBody[]) =>
  bodies.filter(({ profile }) => profile.setsUpGroups !== undefined)

/** Those that work first, then those to come, then those that are over. */
const rank = { 'works-without-terms': 0, works: 1, 'not-begun': 2, ended: 3 } as const

async function showGroups(visit: Visit): Promise<Answer> {
  const bodies = await visit.read((tx) => bodiesOf(tx, kept(visit.actor)))
  const today = dayIn(visit.now, bodies[0]?.timeZone ?? 'UTC')
  const place = ({ profile: { adHoc } }: StoredBody) => (adHoc ? rank[groupOn(adHoc, today)] : 9)
  const groups = bodies.filter(({ profile }) => profile.adHoc).toSorted((one, other) => place(one) - place(other))
  return page(
    m.governance_groups_title(),
    <GroupsDesk groups={groups} founders={foundersAmong(bodies).length > 0} today={today} />,
    { size: 'sm' },
  )
}

async function showForm(visit: Visit, state: FormState): Promise<Answer> {
  const founders = foundersAmong(await visit.read((tx) => bodiesOf(tx, kept(visit.actor))))
  return page(
    m.governance_group_set_up(),
    <GroupForm
      founders={founders}
      today={dayIn(visit.now, founders[0]?.timeZone ?? 'UTC')}
      state={state}
      idempotencyKey={crypto.randomUUID()}
    />,
    { size: 'sm' },
  )
}

function showGroup(visit: Visit, slug: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const group = await bodyBySlug(tx, slug)
    if (!group?.profile.adHoc) return { is: 'notFound' }
    if (!maySetUpGroup.may(visit.actor, { organisation: group.organisation.id })) return { is: 'forbidden' }
    const [all, [own]] = await Promise.all([listBodies(tx, group.pack), groupsSetUp(tx, [group.id])])
    return page(
      m.governance_groups_title(),
      <GroupDesk
        group={group}
        all={all}
        own={own !== undefined}
        decisions={own ? await restingDecisions(tx, own.setUpBy) : []}
        today={dayIn(visit.now, group.timeZone)}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}
