import type { Child } from 'hono/jsx'
import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { Button, ButtonLink } from '../../../platform/ui/buttons.tsx'
import { Confirmation } from '../../../platform/ui/confirmation.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'
import { TaskList } from '../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Upload } from '../../../platform/ui/upload.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { StoredDocument } from '../store/documents.ts'
import type { StoredRequest } from '../store/requests.ts'
import { EnteredByLine, enteredByWords, Helpline, Reference, told } from './ask-parts.tsx'
import type { LinkedService } from './mine-decision.tsx'
import { PaperState } from './mine-papers.tsx'
import { stateWords } from './mine-words.ts'

/** One paper: what it is, and a form to hand it in (INT-4). */
export function PaperPage({
  base,
  paper,
  howToObtain,
  region,
  giveable,
  limit,
  most,
  state,
  idempotencyKey,
}: {
  base: string
  paper: StoredDocument
  howToObtain: Parameters<typeof told>[0] | undefined
  region: Region | undefined
  giveable: boolean
  limit: number
  most: number
  state: FormState
  idempotencyKey: string
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: base, label: m.intake_ask_back_request() }}
        title={<Words of={told(paper.names, region)} plain />}
        lead={howToObtain ? <Words of={told(howToObtain, region)} /> : undefined}
      >
        <PaperState of={paper} />
      </PageHead>
      {paper.files.length > 0 ? (
        <ul class="ds-list">
          {paper.files.map(({ id, name }) => (
            <li>
              <a class="ln-link" href={`${base}/files/${id}`} download>
                {name}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {giveable ? (
        <Form
          action={`${base}/papers/${paper.id}`}
          state={state}
          idempotencyKey={idempotencyKey}
          files
          submit={m.intake_ask_hand_in_now()}
        >
          <Upload
            state={state}
            name="uploads[]"
            label={m.intake_ask_upload_label()}
            description={m.intake_ask_upload_hint()}
            limit={limit}
            most={most}
          />
        </Form>
      ) : (
        <p>{m.intake_ask_paper_not_now()}</p>
      )}
      <p class="ln-small ln-quiet">{m.intake_ask_paper_other_ways()}</p>
      <Helpline region={region} />
    </div>
  )
}

/** Asks once more before a request is taken back. */
export function WithdrawPage({
  base,
  request,
  state,
  idempotencyKey,
}: {
  base: string
  request: StoredRequest
  state: FormState
  idempotencyKey: string
}) {
  const draft = request.state === 'draft'
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{ href: base, label: m.intake_ask_back_request() }}
        title={draft ? m.intake_ask_throw_away_title() : m.intake_ask_withdraw_title()}
        lead={draft ? m.intake_ask_throw_away_text() : m.intake_ask_withdraw_text()}
        facts={
          <>
            {m.ui_your_number()}: <Reference of={request.reference} />
          </>
        }
      >
        <EnteredByLine by={request.draft.enteredBy} name={request.draft.particulars.name} />
      </PageHead>
      <Form
        action={`${base}/withdraw`}
        state={state}
        idempotencyKey={idempotencyKey}
        buttons={
          <>
            <Button color="danger">{draft ? m.intake_ask_throw_away_now() : m.intake_ask_withdraw_now()}</Button>
            <a class="ln-link" href={base}>
              {m.intake_ask_keep()}
            </a>
          </>
        }
      >
        {draft ? null : (
          <Field
            kind="textarea"
            state={state}
            name="reason"
            label={m.intake_ask_withdraw_reason()}
            optional
            rows={2}
            maxlength={1000}
          />
        )}
      </Form>
    </div>
  )
}

/** What was withdrawn before it was sent: nothing of it stays. */
export function ThrownAwayPage() {
  return (
    <Confirmation
      title={m.intake_ask_thrown_away_title()}
      next={[m.intake_ask_thrown_away_text(), m.intake_ask_thrown_away_again()]}
    >
      <div class="ln-row">
        <ButtonLink href="/ask" variant="secondary">
          {m.intake_ask_nav()}
        </ButtonLink>
      </div>
    </Confirmation>
  )
}

/** The link by which one comes back, as text and as a picture, and what it opens (INT-1). */
export function OwnAddress({
  base,
  address,
  qr,
  children,
}: {
  base: string
  /** whole address of the link */
  address: string
  qr: string
  /** what else is to know of it */
  children?: Child
}) {
  return (
    <>
      <p class="ln-break" translate="no">
        <a class="ln-link" href={base}>
          {address}
        </a>
      </p>
      <img class="ln-qr" src={qr} alt={m.intake_ask_later_qr()} width="180" height="180" />
      <Note heading={m.intake_ask_later_care_heading()} mark="shield">
        <p>{m.intake_ask_later_care()}</p>
        {children}
      </Note>
    </>
  )
}

/** Enough for today: the link by which it goes on (INT-1). */
export function LaterPage({
  base,
  address,
  qr,
  days,
  mail,
  idempotencyKey,
  state,
}: {
  base: string
  /** whole address of the link */
  address: string
  qr: string
  /** after which a draft that nobody touches is forgotten */
  days: number
  /** the address that the link may be sent to, where that is safe (INT-11) */
  mail: string | undefined
  idempotencyKey: string
  state: FormState
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.intake_ask_later_title()} lead={m.intake_ask_later_lead()} />
      <OwnAddress base={base} address={address} qr={qr}>
        <p>{m.intake_ask_draft_days({ days })}</p>
      </OwnAddress>
      {mail ? (
        <Form
          action={`${base}/later/mail`}
          state={state}
          idempotencyKey={idempotencyKey}
          buttons={<Button variant="secondary">{m.intake_ask_later_mail({ mail })}</Button>}
        />
      ) : (
        <p class="ln-small ln-quiet">{m.intake_ask_later_no_mail()}</p>
      )}
      <div class="ln-row">
        <ButtonLink href={`${base}/what`}>{m.intake_ask_go_on()}</ButtonLink>
      </div>
    </div>
  )
}

/** All requests of somebody who has signed in: their own, and those they entered for others. */
export function MinePage({
  items,
  account,
}: {
  items: readonly { request: StoredRequest; service: LinkedService | undefined }[]
  account: string
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.intake_ask_nav_mine()} lead={m.intake_ask_mine_lead()} />
      {items.length === 0 ? (
        <Empty action={<ButtonLink href="/ask">{m.intake_ask_nav()}</ButtonLink>}>{m.intake_ask_mine_empty()}</Empty>
      ) : (
        <TaskList
          items={items.map(({ request, service }) => ({
            href: `/my/requests/${request.id}`,
            label: service ? <Words of={service.name} plain /> : m.intake_ask_request_general(),
            status: (
              <Status mark={request.state === 'draft' ? 'draft' : 'dot'} color="neutral">
                {stateWords(request.state)}
              </Status>
            ),
            note: (
              <>
                <Reference of={request.reference} /> · {formatDay(request.createdAt.toISOString().slice(0, 10))}
                {request.account !== account && request.draft.enteredBy
                  ? ` · ${enteredByWords(request.draft.enteredBy, request.draft.particulars.name)}`
                  : null}
              </>
            ),
          }))}
        />
      )}
    </div>
  )
}
