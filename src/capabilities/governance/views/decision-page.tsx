import type { Child } from 'hono/jsx'
import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { ButtonLink } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../platform/ui/form.tsx'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Marks, Words } from '../../../platform/ui/words.tsx'
import type { Decision } from '../store/read-decisions.ts'
import { Facts, outcomeWords } from './decision-words.tsx'

/** One decision as everybody who may read it sees it (GOV-4). @param root where decisions stand: `/decisions` or the desk */
export function DecisionPage({
  decision,
  root,
  back,
  children,
}: {
  decision: Decision
  root: '/decisions' | '/governance/decisions'
  back: { href: string; label: string }
  children?: Child
}) {
  const title = speak(decision.title, currentLocale())
  const words = decision.words && speak(decision.words, currentLocale())
  return (
    <>
      <PageHead back={back} title={<Words of={title} plain />} facts={<Facts of={decision} />}>
        <div class="ln-row" data-tight>
          <Marks of={[title, words]} />
          {decision.aboutPerson ? (
            <Status mark="shield" tag>
              {m.governance_confidential()}
            </Status>
          ) : (
            <Status mark="eye" tag>
              {m.governance_public()}
            </Status>
          )}
        </div>
      </PageHead>
      <div class="ln-stack ln-read" data-gap="10">
        {decision.superseded ? (
          <Note color="warning">
            <p>{m.governance_superseded_note()}</p>
            {decision.supersededBy ? (
              <p>
                <a href={`${root}/${decision.supersededBy}`}>{m.governance_superseded_by()}</a>
              </p>
            ) : null}
          </Note>
        ) : null}
        {words ? (
          <div class="ln-stack" data-gap="3" lang={words.locale}>
            {words.words
              .split(/\n\s*/)
              .filter(Boolean)
              .map((paragraph) => (
                <p>{paragraph}</p>
              ))}
          </div>
        ) : null}
        <SummaryList
          items={[
            { label: m.governance_outcome(), value: outcomeWords(decision.outcome) },
            {
              label: m.governance_body(),
              value: (
                <a href={`/bodies/${decision.body.slug}`}>
                  <Words of={speak(decision.body.names, currentLocale())} plain />
                </a>
              ),
            },
            { label: m.governance_matter(), value: <Words of={speak(decision.matter.names, currentLocale())} plain /> },
            { label: m.governance_decided_on(), value: formatDay(decision.decidedOn) },
            {
              label: m.governance_entered(),
              value:
                decision.entered === 'from-minutes'
                  ? m.governance_entered_minutes()
                  : m.governance_entered_secretariat(),
            },
            ...(decision.supersedes
              ? [
                  {
                    label: m.governance_supersedes(),
                    value: <a href={`${root}/${decision.supersedes}`}>{m.governance_supersedes_link()}</a>,
                  },
                ]
              : []),
          ]}
        />
        {children}
      </div>
    </>
  )
}

/** What who records decisions can do with one that stands: replace it, and let a colleague read it. */
export function DecisionWork({
  decision,
  maySupersede,
  delegates,
  share,
}: {
  decision: Decision
  maySupersede: boolean
  /** what another body may decide can be entered from it (GOV-14) */
  delegates: boolean
  /** undefined: this reader opens it to nobody */
  share: { state: FormState; idempotencyKey: string } | undefined
}) {
  return (
    <>
      {maySupersede && !decision.superseded ? (
        <p>
          <ButtonLink href={`/governance/decisions/${decision.id}/supersede`} variant="secondary" icon="edit">
            {m.governance_supersede()}
          </ButtonLink>
        </p>
      ) : null}
      {delegates ? (
        <p>
          <a class="ln-link" href={`/governance/decisions/${decision.id}/delegate`}>
            {m.governance_delegate()}
          </a>
        </p>
      ) : null}
      {share ? (
        <Section id="share" heading={m.governance_share()} line>
          <p>{m.governance_share_lead()}</p>
          <Form
            action={`/governance/decisions/${decision.id}/share`}
            state={share.state}
            idempotencyKey={share.idempotencyKey}
            submit={m.governance_share_button()}
          >
            <Field
              state={share.state}
              kind="email"
              name="email"
              label={m.governance_share_email()}
              autocomplete="off"
              maxlength={320}
            />
            <Field state={share.state} name="basis" label={m.governance_share_basis()} maxlength={500} />
            <Field state={share.state} kind="date" name="until" label={m.governance_share_until()} optional />
          </Form>
        </Section>
      ) : null}
    </>
  )
}
