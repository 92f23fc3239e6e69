import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, ok } from '../../../../platform/access/outcome.ts'
import { slugFrom } from '../../../../platform/i18n/slug.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { maySetUpGroup } from '../../permissions/forums.ts'
import { groupBody } from '../../rules/forums/groups.ts'
import { saveGroup } from '../../store/forums/groups.ts'
import { bodyBySlug } from '../../store/read-body.ts'
import { bodyKind } from '../../types/forums.ts'
import { Day, Slug } from '../../types.ts'
import { shortText } from '../short-text.ts'

/** A body that may sets up an ad hoc group (GOV-8). Starting before its terms of reference are approved is possible, and marked. */
export const setUpGroup = command({
  audit: 'governance.group.set-up',
  input: z.object({ setUpBy: Slug, names: shortText(200), purpose: shortText(2000), begins: Day }),
  async subject(tx, input) {
    const founder = await bodyBySlug(tx, input.setUpBy)
    return founder && { founder, organisation: founder.organisation.id }
  },
  permission: maySetUpGroup,
  async run(work, input, { founder }) {
    if (founder.profile.setsUpGroups === undefined)
      return invalid({ path: 'setUpBy', message: m.governance_group_may_not() })
    const name = slugFrom(speak(input.names, work.locale).words) || 'group'
    for (const slug of [name, ...Array.from({ length: 20 }, (_, at) => `${name}-${at + 2}`)]) {
      const profile = groupBody(founder.profile, { ...input, slug })
      const id = await saveGroup(work.tx, profile, founder.id, work.actor?.account ?? '')
      if (id === undefined) continue
      work.about({ kind: bodyKind, id, detail: { setUpBy: founder.profile.slug } })
      work.thread.link({ kind: bodyKind, id: founder.id }, 'set-up', { kind: bodyKind, id })
      return ok({ id, slug })
    }
    return invalid({ path: 'names', message: m.governance_group_name_taken() })
  },
})
