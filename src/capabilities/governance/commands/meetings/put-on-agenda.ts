import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { invalid, late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { mayKeepMeetings } from '../../permissions/meetings.ts'
import { matterOf } from '../../rules/judge-decision.ts'
import { stateAfter } from '../../rules/matters/path.ts'
import { matterById } from '../../store/matters/read-matters.ts'
import { saveStep } from '../../store/matters/save-matter.ts'
import { saveItem } from '../../store/meetings/save-agenda.ts'
import { matterKind, theme } from '../../types/matters.ts'
import { meetingKind } from '../../types/meetings.ts'
import { Slug } from '../../types.ts'
import { Named, openedMeeting } from './opened-meeting.ts'

/** What is typed about an item. */
export const ItemInput = z.object({
  title: z.string().trim().min(1).max(300).optional(),
  presenter: z.string().trim().min(1).max(200).optional(),
  /** confidential: the ground that everybody reads below the headline */
  secretGround: z.string().trim().min(3).max(300).optional(),
  words: z.string().trim().min(1).max(20_000).optional(),
})

/**
 * Puts an item on the agenda of a meeting (GOV-3): a matter of the body, or a headline of its own. What is about a person stands there by the
 * name of its kind, without a word of its own (GOV-13).
 */
export const putOnAgenda = command({
  audit: 'governance.agenda.add',
  input: Named.extend(ItemInput.shape).extend({
    matter: z.uuid().optional(),
    /** what the body decides here, of its `decidesOn`; a matter brings its own */
    kind: Slug.optional(),
  }),
  subject: openedMeeting,
  permission: mayKeepMeetings,
  async run(work, input, { meeting }) {
    if (meeting.state === 'approved' || meeting.state === 'cancelled') return late(m.governance_meeting_over())
    const matter = input.matter === undefined ? undefined : await matterById(work.tx, input.matter)
    if (input.matter !== undefined && (!matter || matter.body.id !== meeting.body.id))
      return invalid({ path: 'matter', message: m.governance_matter_elsewhere() })
    if (matter && stateAfter(matter.state, 'scheduled') === undefined)
      return invalid({ path: 'matter', message: m.governance_matter_not_ready() })
    const kind = matter ? (matter.kind.slug === theme ? undefined : matter.kind.slug) : input.kind
    const known = kind === undefined ? undefined : matterOf(meeting.body.profile, kind)
    if (kind !== undefined && !known) return invalid({ path: 'kind', message: m.governance_not_entitled() })
    const named = known?.aboutPeople ? known.names : matter?.title
    const title = known?.aboutPeople ? undefined : input.title
    if (title === undefined && !named) return invalid({ path: 'title', message: m.form_missing() })
    if (known?.aboutPeople && (input.words ?? input.presenter) !== undefined)
      return invalid({ path: 'words', message: m.governance_item_about_person() })
    const saved = await saveItem(work.tx, meeting.id, {
      title: title ?? (named ? speak(named, meeting.locale).words : ''),
      kind,
      matter: matter?.id,
      presenter: input.presenter,
      secretGround: input.secretGround,
      words: input.words ?? (matter?.words && speak(matter.words, meeting.locale).words),
    })
    if (matter) {
      const by = work.actor?.account ?? ''
      const step = {
        matter: matter.id,
        from: matter.state,
        deed: 'scheduled',
        body: meeting.body.id,
        meeting: meeting.id,
        by,
      } as const
      if (!(await saveStep(work.tx, step))) return late(m.governance_matter_moved())
      if (matter.published && meeting.body.public)
        work.thread.link({ kind: matterKind, id: matter.id }, 'on-agenda-of', { kind: meetingKind, id: meeting.id })
    }
    work.about({ kind: meetingKind, id: meeting.id, detail: { position: saved.position } })
    return ok({ id: saved.id, meeting: meeting.id, position: saved.position })
  },
})
