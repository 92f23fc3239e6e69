import { dayIn } from '../../../../platform/i18n/day.ts'
import { formatDay, formatNumber } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { SummaryList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { Words } from '../../../../platform/ui/words.tsx'
import type { CentralReply, CentralRequest, Progress } from '../../types/central.ts'

export const told = (text: Text) => speak(text, currentLocale()).words
const words = (text: Text) => <Words of={speak(text, currentLocale())} plain />

/** A request with how far its municipalities are. */
export interface Shown {
  request: CentralRequest
  progress: readonly Progress[]
}

/** Requests as rows. @param href where a row leads */
export function RequestsTable({ shown, href }: { shown: readonly Shown[]; href: (request: CentralRequest) => string }) {
  return (
    <DataTable
      caption={m.governance_central_caption()}
      rows={shown}
      columns={[
        {
          id: 'request',
          label: m.governance_central_request(),
          head: true,
          cell: ({ request }) => (
            <a class="ln-link" href={href(request)}>
              {words(request.title)}
            </a>
          ),
        },
        { id: 'asker', label: m.governance_central_asked_by(), cell: ({ request }) => request.askedBy },
        {
          id: 'due',
          label: m.governance_central_answers_due(),
          cell: ({ request }) => formatDay(request.answersDue, 'short'),
        },
        { id: 'progress', label: m.governance_central_progress(), cell: ({ progress }) => inShort(progress) },
      ]}
    />
  )
}

const inShort = (progress: readonly Progress[]) =>
  m.governance_central_sent_of({
    sent: formatNumber(progress.filter(({ sentAt }) => sentAt).length),
    all: formatNumber(progress.length),
  })

/** What the national board asked of a region, and how far the answers are (GOV-15). */
export function CentralPage({ shown, region }: { shown: readonly Shown[]; region: string | undefined }) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead title={m.governance_central_title()} lead={m.governance_central_lead()} facts={region} />
      {shown.length === 0 ? (
        <Empty>{m.governance_central_none()}</Empty>
      ) : (
        <RequestsTable shown={shown} href={({ id }) => `/central-requests/${id}`} />
      )}
    </div>
  )
}

export interface CentralRequestPageProps extends Shown {
  reply: CentralReply | undefined
}

/** One request: who asks what, how far each municipality is, and the joint answer once it is approved (GOV-15). */
export function CentralRequestPage({ request, progress, reply }: CentralRequestPageProps) {
  const approved = reply?.decision ? reply : undefined
  return (
    <div class="ln-stack" data-gap="10">
      <div class="ln-stack ln-read" data-gap="10">
        <PageHead
          back={{ href: '/central-requests', label: m.governance_central_back() }}
          title={words(request.title)}
          lead={request.words ? words(request.words) : undefined}
        />
        <RequestFacts request={request} />
        <Section id="reply" heading={m.governance_central_reply()}>
          {approved ? <Reply request={request} reply={approved} /> : <Empty>{m.governance_central_reply_none()}</Empty>}
        </Section>
        <Section id="questions" heading={m.governance_central_questions()}>
          <ol>
            {request.fields.map(({ names }) => (
              <li>{words(names)}</li>
            ))}
          </ol>
        </Section>
      </div>
      <Section id="status" heading={m.governance_central_status()}>
        <ProgressTable request={request} progress={progress} />
      </Section>
    </div>
  )
}

export function RequestFacts({ request }: { request: CentralRequest }) {
  return (
    <SummaryList
      items={[
        { label: m.governance_central_asked_by(), value: request.askedBy },
        { label: m.governance_central_asked_on(), value: formatDay(request.askedOn) },
        { label: m.governance_central_answers_due(), value: formatDay(request.answersDue) },
        { label: m.governance_central_reply_due(), value: formatDay(request.replyDue) },
        {
          label: m.governance_central_approves(),
          value: <a href={`/bodies/${request.body.slug}`}>{words(request.body.names)}</a>,
        },
      ]}
    />
  )
}

export function Reply({ request, reply }: { request: CentralRequest; reply: CentralReply }) {
  const spoken = speak(reply.words, currentLocale())
  return (
    <div class="ln-stack" data-gap="3">
      {spoken.words.split(/\n+/).map((paragraph) => (
        <p>
          <Words of={{ ...spoken, words: paragraph }} plain />
        </p>
      ))}
      <SummaryList
        items={[
          {
            label: m.governance_central_approved_by(),
            value: reply.decision && (
              <a href={`/decisions/${reply.decision.id}`}>
                {`${reply.decision.number}, ${formatDay(reply.decision.decidedOn)}`}
              </a>
            ),
          },
          { label: m.governance_central_missing(), value: formatNumber(reply.missing) },
          ...(reply.sentAt
            ? [
                {
                  label: m.governance_central_dispatched(),
                  value: formatDay(dayIn(reply.sentAt, request.body.timeZone)),
                },
              ]
            : []),
        ]}
      />
      <p>
        <a href={`/central-requests/${request.id}/pdf`}>{m.governance_central_pdf()}</a>
      </p>
    </div>
  )
}

/** How far each municipality is. @param href where a row leads; only at the desk */
export function ProgressTable({
  request,
  progress,
  href,
}: Shown & { href?: (municipality: Progress['organisation']) => string }) {
  return (
    <DataTable
      caption={inShort(progress)}
      rows={progress}
      columns={[
        {
          id: 'municipality',
          label: m.governance_central_municipality(),
          head: true,
          cell: ({ organisation }) =>
            href ? (
              <a class="ln-link" href={href(organisation)}>
                {words(organisation.names)}
              </a>
            ) : (
              words(organisation.names)
            ),
        },
        { id: 'state', label: m.governance_central_state(), cell: (one) => <State request={request} of={one} /> },
      ]}
    />
  )
}

function State({ request, of }: { request: CentralRequest; of: Progress }) {
  if (!of.sentAt)
    return of.begun ? (
      <Status mark="draft">{m.governance_central_state_begun()}</Status>
    ) : (
      <Status mark="wait">{m.governance_central_state_asked()}</Status>
    )
  const day = dayIn(of.sentAt, request.body.timeZone)
  return (
    <span class="ln-stack" data-gap="1">
      <Status mark="done">{m.governance_central_state_sent({ day: formatDay(day, 'short') })}</Status>
      {day > request.answersDue ? <Status mark="late">{m.governance_central_was_late()}</Status> : null}
    </span>
  )
}
