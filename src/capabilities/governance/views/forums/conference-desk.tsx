import { formatDay, formatMoment } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Empty, Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../../platform/ui/table.tsx'
import { writeProgramme } from '../../rules/forums/programme.ts'
import type { Conference, Invitation } from '../../store/forums/conferences.ts'
import type { Proposal } from '../../store/forums/proposals.ts'
import type { StoredBody } from '../../store/read-body.ts'
import { InvitationAnswer } from '../../types/forums.ts'
import { CallOff } from '../call-off.tsx'
import { shortName } from '../seat-words.tsx'
import { bodyOptions } from '../wheel/wheel-desk.tsx'
import { invitesWords } from './conference-words.ts'
import { CalledOff, ProposalWords } from './conferences.tsx'
import { LanguageField } from './language-field.tsx'

const told = (text: Text) => speak(text, currentLocale()).words
const answerWords = (answer: string | undefined) =>
  answer === 'comes'
    ? m.governance_invitation_comes()
    : answer === 'cannot'
      ? m.governance_invitation_cannot()
      : m.governance_invitation_open()
/** The same as whoever is invited says it. */
const ownAnswer = (answer: string) =>
  answer === 'comes' ? m.governance_invitation_yes() : m.governance_invitation_no()
const back = () => ({ href: '/governance/conferences', label: m.governance_conferences_title() })

interface Typing {
  state: FormState
  idempotencyKey: string
}

/** A new conference. Who is invited is a rule over seats, not a list of names. */
export function ConferenceForm({
  hosts,
  all,
  state,
  idempotencyKey,
}: Typing & { hosts: readonly StoredBody[]; all: readonly StoredBody[] }) {
  const guests = bodyOptions(all.filter(({ profile }) => profile.seats.length > 0))
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead back={back()} title={m.governance_conference_prepare()} lead={m.governance_conference_prepare_lead()} />
      <Form
        action="/governance/conferences/new"
        state={state}
        idempotencyKey={idempotencyKey}
        submit={m.governance_conference_prepare()}
      >
        <Field
          state={state}
          kind="select"
          name="body"
          label={m.governance_conference_host()}
          options={hosts.map(({ profile }) => ({ value: profile.slug, label: shortName(profile.names) }))}
        />
        <Field state={state} name="title" label={m.governance_conference_title_field()} maxlength={300} />
        <Field
          state={state}
          kind="textarea"
          name="about"
          label={m.governance_wheel_about_field()}
          rows={3}
          maxlength={5000}
        />
        <Field state={state} name="place" label={m.governance_conference_place()} maxlength={300} />
        <Field state={state} kind="date" name="day" label={m.governance_wheel_day()} />
        <Field
          state={state}
          kind="time"
          name="from"
          label={m.governance_conference_from()}
          description={m.governance_conference_time_hint()}
        />
        <Field state={state} kind="time" name="until" label={m.governance_conference_until()} />
        <Field state={state} kind="date" name="answerBy" label={m.governance_conference_answer_by()} />
        <Field
          state={state}
          kind="checkboxes"
          name="leaders[]"
          label={m.governance_conference_leaders()}
          options={guests}
          optional
        />
        <Field
          state={state}
          kind="checkboxes"
          name="members[]"
          label={m.governance_conference_members()}
          options={guests}
          optional
        />
        <Field
          state={state}
          kind="textarea"
          name="programme"
          label={m.governance_conference_programme()}
          description={m.governance_conference_programme_hint()}
          rows={6}
          optional
        />
        <LanguageField state={state} />
      </Form>
    </div>
  )
}

/** A conference at the desk: announcing, who answered, programme, notes, proposals. */
export function ConferenceDesk({
  conference,
  invitations,
  proposals,
  all,
  which,
  state,
  idempotencyKey,
}: Typing & {
  conference: Conference
  invitations: readonly Invitation[]
  proposals: readonly Proposal[]
  all: readonly StoredBody[]
  /** to which form the state belongs */
  which: 'programme' | 'proposal' | 'cancel' | undefined
}) {
  const address = `/governance/conferences/${conference.id}`
  const stateOf = (form: 'programme' | 'proposal' | 'cancel') => ({ ...(which === form ? state : {}), part: form })
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={back()}
        title={told(conference.title)}
        facts={`${m.governance_conference_guests()}: ${invitesWords(conference.invites, all)}`}
      />
      {conference.state === 'cancelled' ? (
        <CalledOff of={conference} />
      ) : (
        <div class="ln-read">
          <Note>
            <p>
              {conference.state === 'draft'
                ? m.governance_conference_draft_note()
                : m.governance_conference_announced_note({ day: formatDay(conference.answerBy) })}
            </p>
          </Note>
          <Form
            action={`${address}/announce`}
            state={which === undefined ? state : {}}
            idempotencyKey={crypto.randomUUID()}
            buttons={
              conference.state === 'draft' ? (
                <Button>{m.governance_conference_announce()}</Button>
              ) : (
                <Button variant="secondary">{m.governance_conference_invite_more()}</Button>
              )
            }
          />
        </div>
      )}
      {invitations.length > 0 ? (
        <DataTable
          caption={m.governance_conference_invited({
            count: invitations.length,
            comes: invitations.filter(({ answer }) => answer === 'comes').length,
          })}
          rows={invitations}
          columns={[
            { id: 'name', label: m.governance_conference_guest(), head: true, cell: ({ name }) => name },
            {
              id: 'way',
              label: m.governance_conference_way(),
              cell: ({ email }) => email ?? m.governance_conference_no_address(),
            },
            { id: 'answer', label: m.governance_conference_answer(), cell: ({ answer }) => answerWords(answer) },
            { id: 'needs', label: m.governance_conference_needs(), span: 'labelled', cell: ({ needs }) => needs },
          ]}
        />
      ) : conference.state === 'announced' ? (
        <Empty>{m.governance_conference_nobody()}</Empty>
      ) : null}
      {conference.state === 'cancelled' ? null : (
        <div class="ln-stack ln-read" data-gap="10">
          <Section id="programme" heading={m.governance_conference_programme()}>
            <Form
              action={address}
              state={stateOf('programme')}
              idempotencyKey={idempotencyKey}
              version={conference.version}
              buttons={
                <Button variant={conference.state === 'draft' ? 'secondary' : 'primary'}>
                  {m.governance_conference_save()}
                </Button>
              }
            >
              <Field
                state={stateOf('programme')}
                kind="textarea"
                name="programme"
                label={m.governance_conference_programme()}
                description={m.governance_conference_programme_hint()}
                rows={8}
                value={writeProgramme(conference.programme)}
                optional
              />
              <Field
                state={stateOf('programme')}
                kind="textarea"
                name="notes"
                label={m.governance_conference_notes()}
                rows={6}
                value={conference.notes && told(conference.notes)}
                optional
              />
              <LanguageField state={stateOf('programme')} />
            </Form>
          </Section>
          {conference.state === 'announced' ? (
            <Section id="proposals" heading={m.governance_conference_proposals()}>
              <ul class="ln-stack" data-gap="3">
                {proposals.map((proposal) => (
                  <li>
                    <ProposalWords of={proposal} />
                    {proposal.raised ? null : (
                      <Form
                        action={`/governance/proposals/${proposal.id}/raise`}
                        state={{}}
                        idempotencyKey={crypto.randomUUID()}
                        buttons={<Button variant="secondary">{m.governance_recommendation_raise()}</Button>}
                      >
                        <Field
                          state={{}}
                          kind="select"
                          name="body"
                          label={m.governance_body()}
                          options={bodyOptions(
                            all.filter(({ profile }) => profile.decidesOn.length > 0 && !profile.together),
                          )}
                        />
                      </Form>
                    )}
                  </li>
                ))}
              </ul>
              <Form
                action={`${address}/proposals`}
                state={stateOf('proposal')}
                idempotencyKey={crypto.randomUUID()}
                buttons={<Button variant="secondary">{m.governance_conference_propose()}</Button>}
              >
                <Field
                  state={stateOf('proposal')}
                  name="title"
                  label={m.governance_conference_proposal_field()}
                  maxlength={300}
                />
                <Field
                  state={stateOf('proposal')}
                  kind="textarea"
                  name="words"
                  label={m.governance_wheel_about_field()}
                  rows={3}
                  maxlength={5000}
                  optional
                />
                <Field
                  state={stateOf('proposal')}
                  name="by"
                  label={m.governance_conference_proposed_by()}
                  maxlength={200}
                  optional
                />
                <LanguageField state={stateOf('proposal')} />
              </Form>
            </Section>
          ) : null}
          {conference.state === 'announced' ? (
            <CallOff
              action={`${address}/cancel`}
              label={m.governance_conference_cancel()}
              why={m.governance_conference_cancel_why()}
              state={stateOf('cancel')}
              idempotencyKey={crypto.randomUUID()}
            />
          ) : null}
        </div>
      )}
    </div>
  )
}

/** What stands behind the link of an invitation. */
export function InvitationPage({
  conference,
  invitation,
  token,
  open,
  state,
  idempotencyKey,
}: Typing & { conference: Conference; invitation: Invitation; token: string; open: boolean }) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        title={told(conference.title)}
        lead={told(conference.about)}
        facts={`${formatMoment(conference.startsAt, conference.body.timeZone)} · ${conference.place}`}
      >
        <p>
          <a href={`/conferences/${conference.id}`}>{m.governance_invitation_read()}</a>
        </p>
      </PageHead>
      {invitation.answer ? (
        <p>
          <strong>{`${m.governance_invitation_yours()}: ${ownAnswer(invitation.answer)}`}</strong>
        </p>
      ) : null}
      {open ? (
        <Form
          action={`/invitations/${token}`}
          state={state}
          idempotencyKey={idempotencyKey}
          submit={m.governance_invitation_send()}
        >
          <Field
            state={state}
            kind="radios"
            name="answer"
            label={m.governance_invitation_question()}
            description={`${m.governance_conference_answer_by()} ${formatDay(conference.answerBy)}`}
            value={invitation.answer}
            options={InvitationAnswer.options.map((value) => ({ value, label: ownAnswer(value) }))}
          />
          <Field
            state={state}
            kind="textarea"
            name="needs"
            label={m.governance_invitation_needs()}
            description={m.governance_invitation_needs_hint()}
            rows={3}
            maxlength={1000}
            value={invitation.needs}
            optional
          />
        </Form>
      ) : conference.state === 'cancelled' ? (
        <CalledOff of={conference} />
      ) : (
        <Note>
          <p>{m.governance_conference_too_late()}</p>
        </Note>
      )}
    </div>
  )
}
