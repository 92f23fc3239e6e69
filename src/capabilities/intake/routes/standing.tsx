import { z } from 'zod'
import type { Premises } from '../../../platform/capability.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { fileAnswer } from '../../../platform/files/serve.ts'
import { type Answer, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { problem } from '../../../platform/http/problem.ts'
import type { ReceivedUpload } from '../../../platform/http/uploads.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { type Locale, speak } from '../../../platform/i18n/text.ts'
import { Confirmation } from '../../../platform/ui/confirmation.tsx'
import type { FormState } from '../../../platform/ui/form.tsx'
import { Section } from '../../../platform/ui/page-head.tsx'
import { type ServiceDetails, serviceById } from '../../directory/contract.ts'
import { filesAtOnce, giveDocument } from '../commands/give-document.ts'
import { withdrawRequest } from '../commands/withdraw-request.ts'
import { linkPurpose } from '../link.ts'
import { isWithOffice, mayFollow } from '../rules/states.ts'
import { clocksOf } from '../store/clocks.ts'
import { contactOfRequest } from '../store/contacts.ts'
import { decisionOf, followUpsOf } from '../store/decisions.ts'
import { documentById, documentOfFile, documentsOf, remindersOf } from '../store/documents.ts'
import { lettersOf } from '../store/letters.ts'
import { courseOf, officeById } from '../store/procedure.ts'
import { requestRedirectedFrom, type StoredRequest } from '../store/requests.ts'
import { stepsOf } from '../store/steps.ts'
import { countAhead, waitingOf } from '../store/waiting.ts'
import { EnteredByLine, Helpline, told } from '../views/ask-parts.tsx'
import { LatestDay } from '../views/clock-words.tsx'
import { DutyNote } from '../views/duty-note.tsx'
import type { LinkedService } from '../views/mine-decision.tsx'
import { OwnAddress, PaperPage, ThrownAwayPage, WithdrawPage } from '../views/mine-pages.tsx'
import { mayGive } from '../views/mine-papers.tsx'
import { DraftWaitsPage, RequestPage } from '../views/mine-request.tsx'
import { deadlinesNow } from './drafts.tsx'
import { dutyNow } from './duty-now.ts'
import { type Entrance, isOpen, quietly, showRequest, type Way } from './entrance.tsx'

/** As many bytes of one photograph or document are taken. */
const fileLimit = 15_000_000

/** Where a request stands, its papers, and the way to take it back: by link and by account alike. */
export function standingRoutes<Params extends z.ZodType>(
  door: Door,
  { files }: Pick<Premises, 'files'>,
  entrance: Entrance<Params>,
): void {
  const { address, params, guard } = entrance
  type At = Visit<z.output<Params>>
  const wayTo = (visit: At) => entrance.way(visit.params)

  door.page(address, { ...guard, params }, (visit: At) => showStanding(visit, wayTo(visit)))
  const sentQuery = z.object({ region: z.string().max(40).optional() })
  door.page(`${address}/sent`, { ...guard, params, query: sentQuery }, (visit) => showSent(visit, wayTo(visit)))

  door.page(`${address}/withdraw`, { ...guard, params }, (visit: At) => showWithdraw(visit, wayTo(visit), {}))
  door.form(`${address}/withdraw`, {
    command: withdrawRequest,
    params,
    input: (fields, visit: At) => ({ ...wayTo(visit).named, reason: fields.reason }),
    done: (gone, visit: At) =>
      gone.draft
        ? quietly(m.intake_ask_thrown_away_title(), <ThrownAwayPage />)
        : redirect(wayTo(visit).base, { kind: 'done', text: m.intake_ask_withdrawn_flash() }),
    again: (typed, outcome, visit: At) => showWithdraw(visit, wayTo(visit), { typed, outcome }),
  })

  const paperParams = z.intersection(params, z.object({ document: z.uuid() }))
  type AtPaper = Visit<z.output<typeof paperParams>>
  door.page(`${address}/papers/{document}`, { ...guard, params: paperParams }, (visit: AtPaper) =>
    showPaper(visit, wayTo(visit), {}),
  )
  door.form(`${address}/papers/{document}`, {
    command: giveDocument(files),
    params: paperParams,
    uploads: { limit: fileLimit, most: filesAtOnce },
    // a stranger who guesses an address stores nothing
    admits: (visit: AtPaper) => isOpen(visit, wayTo(visit)),
    input: (_fields, visit: AtPaper, given: readonly ReceivedUpload[]) => ({
      ...wayTo(visit).named,
      document: visit.params.document,
      uploads: given,
    }),
    done: (_given, visit: AtPaper) =>
      redirect(wayTo(visit).base, { kind: 'done', text: m.intake_ask_paper_given_flash() }),
    again: (typed, outcome, visit: AtPaper) => showPaper(visit, wayTo(visit), { typed, outcome }),
  })

  door.raw('get', `${address}/files/{file}`, { ...guard, audit: 'intake.document.read' }, async (visit) => {
    const at = z.intersection(params, z.object({ file: z.uuid() })).safeParse(visit.params)
    if (!at.success) return problem(404, m.problem_not_found())
    const way = entrance.way(at.data)
    if (!(await isOpen(visit, way))) return problem(404, m.problem_not_found())
    const { token } = way.named
    const found = await visit.read(
      async (tx) => {
        const document = await documentOfFile(tx, at.data.file)
        if (!document) return undefined
        visit.about({ kind: 'intake.request', id: document.request, detail: { file: at.data.file } })
        return files.open(tx, at.data.file)
      },
      token ? linkPurpose(token) : undefined,
    )
    const content = await found?.content()
    return found && content ? fileAnswer(found, content) : problem(404, m.problem_not_found())
  })
}

/** A service as a page links to it. */
export const linked = (service: ServiceDetails | undefined, locale: Locale): LinkedService | undefined =>
  service && { slug: service.slug, name: speak(service.card.names, locale, [service.card.writtenIn]) }

async function loadStanding(tx: Tx, request: StoredRequest) {
  const [service, course, office, papers, reminders, clocks, decision, followUps, steps, onward, ...more] =
    await Promise.all([
      request.service ? serviceById(tx, request.service) : undefined,
      courseOf(tx, request.pack),
      request.handler ? officeById(tx, request.handler) : undefined,
      documentsOf(tx, request.id),
      remindersOf(tx, request.id),
      clocksOf(tx, request.id),
      decisionOf(tx, request.id),
      followUpsOf(tx, request.id),
      stepsOf(tx, request.id),
      request.state === 'redirected' ? requestRedirectedFrom(tx, request.id) : undefined,
      lettersOf(tx, request.id),
      contactOfRequest(tx, request),
      waitingOf(tx, request.id),
    ])
  const [letters, reach, waiting] = more
  // requests begin only where there is one, and packs lose none
  if (!course) throw new Error(`The pack ${request.pack} says no more how asking goes.`)
  const [redirectedTo, ...alternatives] = await Promise.all([
    decision?.redirectService ? serviceById(tx, decision.redirectService) : undefined,
    ...(decision?.alternatives ?? []).map((id) => serviceById(tx, id)),
  ])
  return {
    service,
    course,
    office,
    papers,
    reminder: reminders[0],
    clocks,
    decision,
    followUps,
    steps,
    onward,
    redirectedTo,
    alternatives,
    letters,
    reach,
    waiting: waiting && { waiting, ahead: await countAhead(tx, waiting.id) },
  }
}

function showStanding(visit: Visit, way: Way): Promise<Answer> {
  return showRequest(visit, way, loadStanding, (request, loaded) => {
    const service = linked(loaded.service, visit.locale)
    const title = service?.name.words ?? m.intake_ask_request_general()
    const region = regionOf(visit, request)
    if (request.state === 'draft')
      return quietly(title, <DraftWaitsPage base={way.base} request={request} service={service} />, {
        region: request.pack,
      })
    const { course, onward } = loaded
    return quietly(
      title,
      <RequestPage
        base={way.base}
        up={way.up ? { href: way.up, label: m.intake_ask_back_up() } : undefined}
        request={request}
        service={service}
        office={loaded.office}
        region={region}
        place={course.place}
        now={visit.now}
        dutyNow={dutyNow(course, visit.now)}
        papers={loaded.papers}
        reminder={loaded.reminder}
        clocks={loaded.clocks}
        decision={loaded.decision}
        alternatives={loaded.alternatives.flatMap((other) => linked(other, visit.locale) ?? [])}
        redirectedTo={linked(loaded.redirectedTo, visit.locale)}
        followUps={loaded.followUps}
        steps={loaded.steps}
        onward={onward ? { href: onwardOf(way, onward), reference: onward.reference } : undefined}
        contract={loaded.followUps.some(({ kind }) => kind === 'contract') ? contractOf(way) : undefined}
        contact={loaded.reach.contact}
        waiting={loaded.waiting}
        letters={loaded.letters}
      />,
      { region: request.pack },
    )
  })
}

const regionOf = (visit: Visit, request: StoredRequest) =>
  visit.regions.find(({ id }) => id === request.pack) ?? visit.region

/** A link leads on to where its request went; an account has the other request in its list. */
function onwardOf({ named }: Way, onward: StoredRequest): string {
  return named.token ? `/r/${named.token}/requests/${onward.id}` : `/my/requests/${onward.id}`
}

/** The contract of a link is that of the request where its way ended. */
const contractOf = ({ base, named }: Way): string => (named.token ? `/r/${named.token}/contract` : `${base}/contract`)

/** After sending: number, what happens next, until when; in an emergency first of all whom to call now (INT-3). */
function showSent(visit: Visit<unknown, { region?: string | undefined }>, way: Way): Promise<Answer> {
  return showRequest(
    visit,
    way,
    loadStanding,
    (request, { course, service, office }) => {
      if (request.state === 'draft') return redirect(`${way.base}/check`)
      const region = regionOf(visit, request)
      const deadlines = deadlinesNow(course, request, service, request.submittedAt ?? visit.now)
      const { token } = way.named
      return quietly(
        m.intake_ask_sent_title(),
        <div class="ln-stack ln-read" data-gap="6">
          {request.urgency === 'emergency' ? (
            <DutyNote duty={dutyNow(course, visit.now)} dangers={request.draft.situation.dangers} region={region} />
          ) : null}
          <Confirmation
            title={m.intake_ask_sent_title()}
            number={request.reference}
            next={[m.intake_ask_next_read(), m.intake_ask_next_page(), m.intake_ask_next_papers()]}
            until={
              deadlines.length > 0 ? (
                <ul class="ln-plain ln-stack" data-gap="2">
                  {deadlines.map((each) => (
                    <li>
                      <LatestDay {...each} region={region} />
                    </li>
                  ))}
                </ul>
              ) : undefined
            }
            ask={office ? told(office.names, region).words : undefined}
          >
            <EnteredByLine by={request.enteredBy} name={request.draft.particulars.name} />
            <p>
              <a class="ln-link" href={way.base}>
                {m.intake_ask_sent_go()}
              </a>
            </p>
            {token ? (
              <Section id="keep" heading={m.intake_ask_sent_keep()}>
                <p>{m.intake_ask_sent_keep_text()}</p>
                <OwnAddress base={`/r/${token}`} address={`${visit.origin}/r/${token}`} qr={`/r/${token}/qr.svg`} />
              </Section>
            ) : null}
            <Helpline region={region} />
          </Confirmation>
        </div>,
        { region: request.pack },
      )
    },
    visit.query.region,
  )
}

function showWithdraw(visit: Visit, way: Way, state: FormState): Promise<Answer> {
  return showRequest(
    visit,
    way,
    async () => undefined,
    (request) => {
      if (!mayFollow(request.state, 'withdrawn')) return redirect(way.base)
      return quietly(
        request.state === 'draft' ? m.intake_ask_throw_away_title() : m.intake_ask_withdraw_title(),
        <WithdrawPage base={way.base} request={request} state={state} idempotencyKey={crypto.randomUUID()} />,
        { region: request.pack },
      )
    },
  )
}

function showPaper(visit: Visit<{ document: string }>, way: Way, state: FormState): Promise<Answer> {
  return showRequest(
    visit,
    way,
    async (tx, request) => ({
      paper: await documentById(tx, visit.params.document),
      service: request.service ? await serviceById(tx, request.service) : undefined,
    }),
    (request, { paper, service }) => {
      if (paper?.request !== request.id) return { is: 'notFound' }
      const region = regionOf(visit, request)
      const listed = service?.card.documents.find(({ name }) => JSON.stringify(name) === JSON.stringify(paper.names))
      return quietly(
        told(paper.names, region).words,
        <PaperPage
          base={way.base}
          paper={paper}
          howToObtain={listed?.howToObtain}
          region={region}
          giveable={mayGive(paper, isWithOffice(request.state))}
          limit={fileLimit}
          most={filesAtOnce}
          state={state}
          idempotencyKey={crypto.randomUUID()}
        />,
        { region: request.pack },
      )
    },
  )
}
