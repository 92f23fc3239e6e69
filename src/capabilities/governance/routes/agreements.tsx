import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import type { Files } from '../../../platform/files/files.ts'
import { fileAnswer } from '../../../platform/files/serve.ts'
import { type Answer, page } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { problem } from '../../../platform/http/problem.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { makePdf } from '../../../platform/pdf/pdf.ts'
import { mayKeep } from '../permissions/agreements.ts'
import { plainText } from '../rules/agreements/state.ts'
import {
  agreementBySlug,
  amendmentsOf,
  frameworkRuleOf,
  listAgreements,
  successorOf,
} from '../store/agreements/read-agreement.ts'
import { movesOf, progressOf } from '../store/agreements/read-progress.ts'
import { linksAttached, partsInForce, ratificationDocument, textsOf } from '../store/agreements/read-texts.ts'
import { Slug } from '../types.ts'
import { AgreementsPage, titleOf } from '../views/agreements/agreement-list.tsx'
import { AgreementPage } from '../views/agreements/agreement-page.tsx'
import { agreementPdf } from '../views/agreements/agreement-pdf.ts'
import { inWords } from '../views/agreements/agreement-words.tsx'
import { ChangesPage, PartPage } from '../views/agreements/part-page.tsx'

const open = { permission: everyone, audit: { none: 'framework agreements, as everybody may read them' } } as const
const params = z.object({ slug: Slug })
type Named = Visit<{ slug: string }>

/** What everybody may read of framework agreements (GOV-6). */
export function agreementRoutes(door: Door, { files }: { files: Files }): void {
  door.page('/framework-agreements', open, showAll)
  door.page('/framework-agreements/{slug}', { ...open, params }, showOne)
  door.page('/framework-agreements/{slug}/parts/{part}', { ...open, params: params.extend({ part: Slug }) }, showPart)
  door.page(
    '/framework-agreements/{slug}/changes',
    { ...open, params, query: z.object({ since: z.enum(['consultation', 'last']).default('consultation') }) },
    showChanges,
  )
  door.page('/framework-agreements/{slug}/pdf', { ...open, params }, showPaper)
  door.page('/framework-agreements/{slug}/text', { ...open, params }, showPlain)
  door.raw('get', '/framework-agreements/{slug}/documents/{body}', open, async (visit) => {
    const named = params.extend({ body: Slug }).safeParse(visit.params)
    if (!named.success) return problem(404, m.problem_not_found())
    const file = await visit.read(async (tx) => {
      const id = await ratificationDocument(tx, named.data.slug, named.data.body)
      return id === undefined ? undefined : files.open(tx, id)
    })
    const content = await file?.content()
    return file && content ? fileAnswer(file, content) : problem(404, m.problem_not_found())
  })
}

async function showAll({ read, region, locale }: Visit): Promise<Answer> {
  const { agreements, makes } = await read(async (tx) => {
    const all = await listAgreements(tx, region?.id)
    return {
      agreements: await Promise.all(
        all.map(async (agreement) => ({ agreement, progress: await progressOf(tx, agreement) })),
      ),
      makes: region ? (await frameworkRuleOf(tx, region.id)) !== undefined : true,
    }
  })
  const name = region && speak(region.names, locale, region.languages).words
  return page(m.governance_framework_nav(), <AgreementsPage agreements={agreements} region={name} makes={makes} />)
}

function showOne({ params: { slug }, read, now, actor }: Named): Promise<Answer> {
  return read(async (tx): Promise<Answer> => {
    const agreement = await agreementBySlug(tx, slug)
    if (!agreement) return { is: 'notFound' }
    const [progress, texts, links, amendments, successor, moves] = await Promise.all([
      progressOf(tx, agreement),
      textsOf(tx, agreement.id),
      linksAttached(tx, agreement.id),
      amendmentsOf(tx, agreement.id),
      successorOf(tx, agreement.id),
      movesOf(tx, agreement.id),
    ])
    return page(
      titleOf(agreement),
      <AgreementPage
        agreement={agreement}
        progress={progress}
        texts={texts}
        links={links}
        amendments={amendments}
        successor={successor}
        moves={moves}
        today={dayIn(now, agreement.timeZone)}
        desk={mayKeep.may(actor, agreement)}
      />,
      { region: agreement.pack },
    )
  })
}

function showPart({ params: { slug, part: name }, read }: Visit<{ slug: string; part: string }>): Promise<Answer> {
  return read(async (tx): Promise<Answer> => {
    const agreement = await agreementBySlug(tx, slug)
    const part = agreement?.rule.parts.find((one) => one.slug === name)
    const [newest] = agreement ? await textsOf(tx, agreement.id) : []
    const version = newest?.parts.find((one) => one.part === name)
    if (!agreement || !part || !version) return { is: 'notFound' }
    return page(
      `${inWords(part.names)}, ${titleOf(agreement)}`,
      <PartPage agreement={agreement} part={part} version={version} />,
      { region: agreement.pack },
    )
  })
}

/** Since the consultation, or since the last agreement; of an amendment, against the text that it changes. */
function showChanges({
  params: { slug },
  query: { since },
  read,
}: Visit<{ slug: string }, { since: 'consultation' | 'last' }>): Promise<Answer> {
  return read(async (tx): Promise<Answer> => {
    const agreement = await agreementBySlug(tx, slug)
    const texts = agreement ? await textsOf(tx, agreement.id) : []
    const [newest, ...earlier] = texts
    if (!agreement || !newest) return { is: 'notFound' }
    const former = agreement.amends ?? agreement.predecessor
    const consulted = earlier.find(({ purpose }) => purpose === 'consultation')
    const last = since === 'last'
    if (last ? !former : !consulted) return { is: 'notFound' }
    const before = last && former ? await partsInForce(tx, former.id) : (consulted?.parts ?? [])
    const title = last
      ? agreement.amends
        ? m.governance_framework_changes_amended()
        : m.governance_framework_changes_last()
      : m.governance_framework_changes_consultation()
    return page(
      `${title}: ${titleOf(agreement)}`,
      <ChangesPage
        agreement={agreement}
        title={title}
        lead={m.governance_framework_changes_lead()}
        titles={{
          before: last && former ? inWords(former.title) : m.governance_framework_text_of_consultation(),
          after: titleOf(agreement),
        }}
        changes={agreement.rule.parts
          .map((part) => ({
            part,
            before: before.find((one) => one.part === part.slug),
            after: newest.parts.find((one) => one.part === part.slug),
          }))
          // an amendment says nothing of the parts that it leaves
          .filter((change) => change.after ?? (!agreement.amends && change.before))}
      />,
      { region: agreement.pack },
    )
  })
}

async function showPaper({ params: { slug }, read }: Named): Promise<Answer> {
  const found = await read(async (tx) => {
    const agreement = await agreementBySlug(tx, slug)
    const [text] = agreement ? await textsOf(tx, agreement.id) : []
    return agreement && text && { agreement, text, progress: await progressOf(tx, agreement) }
  })
  if (!found) return { is: 'notFound' }
  return {
    is: 'file',
    body: await makePdf(agreementPdf(found.agreement, found.text, found.progress)),
    type: 'application/pdf',
    name: `${slug}.pdf`,
  }
}

async function showPlain({ params: { slug }, read }: Named): Promise<Answer> {
  const text = await read(async (tx) => {
    const agreement = await agreementBySlug(tx, slug)
    return agreement && (await textsOf(tx, agreement.id)).at(0)
  })
  if (!text) return { is: 'notFound' }
  return { is: 'file', body: plainText(text.parts), type: 'text/plain; charset=utf-8', name: `${slug}.txt` }
}
