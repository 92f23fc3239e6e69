import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Premises } from '../../../platform/capability.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { atomType, writeAtom } from '../../../platform/feeds/atom.ts'
import { fileAnswer } from '../../../platform/files/serve.ts'
import { type Answer, page } from '../../../platform/http/answer.ts'
import { encodeCursor } from '../../../platform/http/cursor.ts'
import type { Door } from '../../../platform/http/door.ts'
import { problem } from '../../../platform/http/problem.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { makePdf } from '../../../platform/pdf/pdf.ts'
import { describeEnd, type ThreadKind } from '../../../platform/thread/thread.ts'
import { answersOf } from '../store/consultations/answers.ts'
import { consultationById, publicConsultations, type StoredConsultation } from '../store/consultations/consultations.ts'
import { papersOf, partiesOf } from '../store/consultations/parties.ts'
import { extensionsOf } from '../store/consultations/save.ts'
import { ConsultationsPage } from '../views/consultations/list.tsx'
import { ConsultationPage, type WholeConsultation } from '../views/consultations/page.tsx'
import { wordsOf } from '../views/consultations/parts.tsx'
import { consultationPdf } from '../views/consultations/pdf.ts'
import { momentCursor } from './after-moment.ts'

const pageSize = 20
const params = z.object({ id: z.uuid() })
const Query = z.object({
  which: z.enum(['open', 'over']).optional(),
  q: z.string().trim().max(200).optional(),
  after: z.string().max(1000).optional(),
})
const FeedQuery = z.object({ region: z.string().max(40).optional() })
const open = { permission: everyone, audit: { none: 'public; the policies show to each what they may read' } } as const

/** Everything about one consultation that its page and its paper tell; undefined where the reader may not see it. */
export async function wholeConsultation(tx: Tx, id: string): Promise<WholeConsultation | undefined> {
  const consultation = await consultationById(tx, id)
  if (!consultation) return undefined
  const [parties, papers, extensions, answers] = await Promise.all([
    partiesOf(tx, id),
    papersOf(tx, id),
    extensionsOf(tx, id),
    answersOf(tx, id),
  ])
  return { consultation, parties, papers, extensions, answers }
}

/** What a consultation is about, such as an adjustment or a framework agreement, where the reader may see that. */
export async function aboutWhat(
  tx: Tx,
  kinds: readonly ThreadKind[],
  { subject }: Pick<StoredConsultation, 'subject'>,
): Promise<{ href: string; label: string } | undefined> {
  return subject && describeEnd(tx, kinds, subject)
}

/** Consultations as everybody reads them: a list, one with its result, as a paper, and what goes with it (GOV-5). */
export function consultationRoutes(door: Door, house: Premises): void {
  door.page('/consultations', { ...open, query: Query, keepSeconds: 30 }, showList)
  door.page('/open/consultations.atom', { ...open, query: FeedQuery, keepSeconds: 30 }, showFeed)
  door.page('/consultations/{id}', { ...open, params }, (visit) => showOne(visit, house))
  door.page('/consultations/{id}/pdf', { ...open, params }, async (visit): Promise<Answer> => {
    const found = await visit.read(async (tx) => {
      const whole = await wholeConsultation(tx, visit.params.id)
      return whole && { whole, about: await aboutWhat(tx, house.threadKinds, whole.consultation) }
    })
    if (!found?.whole.consultation.openedAt) return { is: 'notFound' }
    const address = `${visit.origin}/consultations/${visit.params.id}`
    return {
      is: 'file',
      type: 'application/pdf',
      name: `consultation-${visit.params.id}.pdf`,
      body: await makePdf(consultationPdf(found.whole, visit.locale, address, found.about?.label)),
    }
  })
  door.raw(
    'get',
    '/consultations/{id}/papers/{paper}',
    { permission: everyone, audit: { none: 'public; the policies show to each what they may read' } },
    async (visit) => {
      const named = z.object({ id: z.uuid(), paper: z.uuid() }).safeParse(visit.params)
      if (!named.success) return problem(404, m.problem_not_found())
      const file = await visit.read(async (tx) => {
        const paper = (await papersOf(tx, named.data.id)).find(({ id }) => id === named.data.paper)
        return paper?.file === undefined ? undefined : house.files.open(tx, paper.file)
      })
      const content = await file?.content()
      return file && content ? fileAnswer(file, content) : problem(404, m.problem_not_found())
    },
  )
}

async function showList({ query, read, region, locale }: Visit<unknown, z.output<typeof Query>>): Promise<Answer> {
  const after = momentCursor(query.after)
  if (after === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const choice = { pack: region?.id, which: query.which, words: query.q }
  const { consultations, next } = await read((tx) => publicConsultations(tx, choice, { after, limit: pageSize }))
  const address = (other: { which?: 'open' | 'over' | undefined; after?: string }) => {
    const which = 'which' in other ? other.which : query.which
    const asked = new URLSearchParams({
      ...(which ? { which } : {}),
      ...(query.q ? { q: query.q } : {}),
      ...(other.after ? { after: other.after } : {}),
    })
    return `/consultations${asked.size > 0 ? `?${asked}` : ''}`
  }
  return page(
    m.governance_consult_nav(),
    <ConsultationsPage
      consultations={consultations}
      region={region && speak(region.short, locale).words}
      which={query.which}
      words={query.q}
      address={address}
      first={after ? address({}) : undefined}
      next={next ? address({ after: encodeCursor(next) }) : undefined}
    />,
  )
}

/** What programs follow: consultations of public bodies, newest first. */
async function showFeed({ query, read, origin, address }: Visit<unknown, z.output<typeof FeedQuery>>): Promise<Answer> {
  const found = await read((tx) => publicConsultations(tx, { pack: query.region }, { after: undefined, limit: 50 }))
  return {
    is: 'file',
    type: atomType,
    body: writeAtom({
      title: m.governance_consult_nav(),
      self: `${origin}${address}`,
      page: `${origin}/consultations`,
      author: 'Linden',
      locale: currentLocale(),
      entries: found.consultations.flatMap((consultation) => {
        const { id, title, question, openedAt, publishedAt, withdrawnAt } = consultation
        if (!openedAt) return []
        return {
          id: `urn:uuid:${id}`,
          title: wordsOf(title),
          text: wordsOf(question),
          page: `${origin}/consultations/${id}`,
          updatedAt: publishedAt ?? withdrawnAt ?? openedAt,
          publishedAt: openedAt,
          locale: speak(title, currentLocale()).locale,
        }
      }),
    }),
  }
}

async function showOne(visit: Visit<{ id: string }>, { threadKinds }: Premises): Promise<Answer> {
  const { params, read, locale } = visit
  const found = await read(async (tx) => {
    const whole = await wholeConsultation(tx, params.id)
    return whole && { whole, about: await aboutWhat(tx, threadKinds, whole.consultation) }
  })
  if (!found?.whole.consultation.openedAt) return { is: 'notFound' }
  const { whole, about } = found
  return page(
    speak(whole.consultation.title, locale).words,
    <ConsultationPage
      of={whole}
      about={about}
      back={{ href: '/consultations', label: m.governance_consult_back_list() }}
    />,
    { region: whole.consultation.body.pack },
  )
}
