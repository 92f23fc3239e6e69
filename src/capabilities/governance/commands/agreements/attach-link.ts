import { z } from 'zod'
import { command } from '../../../../platform/access/command.ts'
import { late, ok } from '../../../../platform/access/outcome.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { mayKeep } from '../../permissions/agreements.ts'
import { saveLink } from '../../store/agreements/save-agreement.ts'
import { FrameworkLinkPurpose, frameworkKind } from '../../types/agreements.ts'
import { Slug } from '../../types.ts'
import { note } from './move-agreement.ts'
import { openAgreement } from './opened.ts'

/** Things of this instance by the address of their page, so that a link typed once stands in the thread too. */
const kinds: Readonly<Record<string, string>> = {
  decisions: 'governance.decision',
  matters: 'governance.matter',
  consultations: 'governance.consultation',
  meetings: 'governance.meeting',
}

/** Attaches evidence, a contribution of a user organisation, or a report: by link, never by copy (GOV-6). */
export const attachLink = command({
  audit: 'governance.framework.attach',
  input: z.object({
    slug: Slug,
    purpose: FrameworkLinkPurpose,
    title: z.string().trim().min(3).max(300),
    /** a page of this site (`/…`), or an address elsewhere */
    target: z
      .string()
      .trim()
      .max(2000)
      .refine((target) => /^\/[^/\\]/.test(target) || z.url({ protocol: /^https?$/ }).safeParse(target).success, {
        error: () => m.governance_framework_bad_address(),
      }),
    source: z.string().trim().min(1).max(200).optional(),
  }),
  subject: openAgreement,
  permission: mayKeep,
  async run(work, input, opened) {
    const { agreement } = opened
    const saved = await saveLink(work.tx, {
      agreement: agreement.id,
      purpose: input.purpose,
      title: input.title,
      target: input.target,
      source: input.source,
      by: work.actor?.account ?? '',
    })
    if (!saved) return late(m.governance_framework_attached_already())
    const [, plural = '', id = ''] = /^\/([a-z]+)\/([0-9a-f-]{36})$/.exec(input.target) ?? []
    const kind = kinds[plural]
    if (kind && z.uuid().safeParse(id).success)
      work.thread.link(
        { kind: frameworkKind, id: agreement.id },
        input.purpose === 'report' ? 'is-reported-by' : 'rests-on',
        { kind, id },
      )
    note(work, opened, { purpose: input.purpose, link: saved.id })
    return ok({ slug: agreement.slug, id: saved.id })
  },
})
