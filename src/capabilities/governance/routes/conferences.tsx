import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { AnswerToken } from '../answer-link.ts'
import { announceConference } from '../commands/forums/announce-conference.ts'
import { answerInvitation } from '../commands/forums/answer-invitation.ts'
import { cancelConference } from '../commands/forums/cancel-conference.ts'
import { changeProgramme } from '../commands/forums/change-programme.ts'
import { prepareConference } from '../commands/forums/prepare-conference.ts'
import { propose, raiseProposal } from '../commands/forums/propose.ts'
import { invitationHash, invitationPurpose } from '../invitation-link.ts'
import { mayAnswerInvitation, mayKeepConference, mayOpenForums } from '../permissions/forums.ts'
import { conferenceById, conferencesOf, invitationByHash, invitationsTo } from '../store/forums/conferences.ts'
import { proposalsAt } from '../store/forums/proposals.ts'
import { bodiesOf, listBodies } from '../store/read-body.ts'
import { conferenceKind, type InvitationRule } from '../types/forums.ts'
import { ConferenceDesk, ConferenceForm, InvitationPage } from '../views/forums/conference-desk.tsx'
import { conferencePdf } from '../views/forums/conference-pdf.ts'
import { ConferencePage, ConferencesPage } from '../views/forums/conferences.tsx'
import { kept } from './meetings-desk.tsx'
import { atTexts, inOneLanguage } from './one-language.ts'

const open = { permission: everyone, audit: { none: 'public conferences; nobody who comes is named' } } as const
const desk = { permission: mayOpenForums, audit: 'governance.conferences.open' } as const
const params = z.object({ id: z.uuid() })

/** Conferences and dialogue forums: read by everybody, prepared by secretariats, answered by link (GOV-10). */
export function conferenceRoutes(door: Door): void {
  door.page('/conferences', open, async (visit) => {
    const { region, locale } = visit
    const conferences = await visit.read(async (tx) => conferencesOf(tx, await listBodies(tx, region?.id)))
    const name = region && speak(region.names, locale, region.languages).words
    const announced = conferences.filter(({ state }) => state !== 'draft')
    return page(
      m.governance_conferences_title(),
      <ConferencesPage conferences={announced} region={name} desk={false} />,
    )
  })
  door.page('/conferences/{id}', { ...open, params }, async (visit) => {
    const found = await visit.read(async (tx) => {
      const conference = await conferenceById(tx, visit.params.id)
      return (
        conference && {
          conference,
          proposals: await proposalsAt(tx, conference.id),
          all: await listBodies(tx, conference.body.pack),
        }
      )
    })
    if (!found) return { is: 'notFound' }
    return page(speak(found.conference.title, visit.locale).words, <ConferencePage {...found} />, {
      region: found.conference.body.pack,
    })
  })

  door.page('/conferences/{id}/pdf', { ...open, params }, async ({ read, params: { id }, locale }) => {
    const conference = await read((tx) => conferenceById(tx, id))
    if (!conference || conference.programme.length === 0) return { is: 'notFound' }
    return {
      is: 'file',
      body: await conferencePdf(conference, locale),
      type: 'application/pdf',
      name: `programme-${dayIn(conference.startsAt, conference.body.timeZone)}.pdf`,
    }
  })

  door.page('/governance/conferences', desk, async (visit) => {
    const conferences = await visit.read(async (tx) => conferencesOf(tx, await bodiesOf(tx, kept(visit.actor))))
    return page(
      m.governance_conferences_title(),
      <ConferencesPage conferences={conferences} region={undefined} desk />,
      { size: 'sm' },
    )
  })
  door.page('/governance/conferences/new', desk, (visit) => showForm(visit, {}))
  door.form('/governance/conferences/new', {
    command: prepareConference,
    input: (fields) => ({ ...inOneLanguage(fields, 'title', 'about'), invites: invitesIn(fields) }),
    done: ({ id }) =>
      redirect(`/governance/conferences/${id}`, { kind: 'done', text: m.governance_conference_prepared() }),
    again: (typed, outcome, visit) => showForm(visit, { typed, outcome: atGuests(atTexts(outcome, 'title', 'about')) }),
  })
  door.page('/governance/conferences/{id}', { ...desk, params }, (visit) =>
    showDesk(visit, visit.params.id, undefined, {}),
  )
  door.form('/governance/conferences/{id}', {
    command: changeProgramme,
    params,
    input: (fields, visit) => ({ ...inOneLanguage(fields, 'notes'), id: visit.params.id }),
    done: ({ id }) =>
      redirect(`/governance/conferences/${id}`, { kind: 'done', text: m.governance_conference_saved() }),
    again: (typed, outcome, visit) =>
      showDesk(visit, visit.params.id, 'programme', { typed, outcome: atTexts(outcome, 'notes') }),
  })
  door.form('/governance/conferences/{id}/announce', {
    command: announceConference,
    params,
    input: (_, visit) => ({ id: visit.params.id }),
    done: ({ id, invited }) =>
      redirect(`/governance/conferences/${id}`, {
        kind: 'done',
        text: m.governance_conference_announced({ count: invited }),
      }),
    again: (typed, outcome, visit) => showDesk(visit, visit.params.id, undefined, { typed, outcome }),
  })
  door.form('/governance/conferences/{id}/cancel', {
    command: cancelConference,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ id, letters }) =>
      redirect(`/governance/conferences/${id}`, {
        kind: 'done',
        text: m.governance_conference_cancelled_flash({ count: letters }),
      }),
    again: (typed, outcome, visit) => showDesk(visit, visit.params.id, 'cancel', { typed, outcome }),
  })
  door.form('/governance/conferences/{id}/proposals', {
    command: propose,
    params,
    input: (fields, visit) => ({ ...inOneLanguage(fields, 'title', 'words'), id: visit.params.id }),
    done: ({ conference }) =>
      redirect(`/governance/conferences/${conference}`, { kind: 'done', text: m.governance_conference_proposed() }),
    again: (typed, outcome, visit) =>
      showDesk(visit, visit.params.id, 'proposal', { typed, outcome: atTexts(outcome, 'title', 'words') }),
  })
  door.form('/governance/proposals/{id}/raise', {
    command: raiseProposal,
    params,
    input: (fields, visit) => ({ ...fields, id: visit.params.id }),
    done: ({ conference }) =>
      redirect(`/governance/conferences/${conference}`, { kind: 'done', text: m.governance_recommendation_raised() }),
    again: async () =>
      redirect('/governance/conferences', { kind: 'warning', text: m.governance_recommendation_raised_already() }),
  })

  const link = z.object({ token: AnswerToken })
  door.page(
    '/invitations/{token}',
    { permission: mayAnswerInvitation, audit: { none: 'an invitation that its own reader opens' }, params: link },
    (visit) => showInvitation(visit, visit.params.token, {}),
  )
  door.form('/invitations/{token}', {
    command: answerInvitation,
    params: link,
    input: (fields, visit) => ({ ...fields, token: visit.params.token }),
    done: (_, visit) =>
      redirect(`/invitations/${visit.params.token}`, { kind: 'done', text: m.governance_invitation_thanks() }),
    again: (typed, outcome, visit) => showInvitation(visit, visit.params.token, { typed, outcome }),
  })
}

/** Two lists of bodies make rules: of these who lead, of those who are members. */
function invitesIn({ leaders, members }: Record<string, unknown>): InvitationRule[] {
  const names = (list: unknown): string[] => (Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [])
  const [leading, whole] = [names(leaders), names(members)]
  return [...new Set([...leading, ...whole])].map((body) => ({
    body,
    roles: [
      ...(leading.includes(body) ? (['chair', 'deputy'] as const) : []),
      ...(whole.includes(body) ? (['member'] as const) : []),
    ],
  }))
}

/** The form asks for the guests in two lists. */
const atGuests: typeof atTexts = (outcome) =>
  outcome.is === 'invalid'
    ? {
        ...outcome,
        errors: outcome.errors.map((error) =>
          error.path.startsWith('invites') ? { ...error, path: 'leaders' } : error,
        ),
      }
    : outcome

async function showForm(visit: Visit, state: FormState): Promise<Answer> {
  const { hosts, all } = await visit.read(async (tx) => {
    const own = await bodiesOf(tx, kept(visit.actor))
    return { hosts: own, all: await listBodies(tx, own[0]?.pack) }
  })
  return page(
    m.governance_conference_prepare(),
    <ConferenceForm hosts={hosts} all={all} state={state} idempotencyKey={crypto.randomUUID()} />,
    { size: 'sm' },
  )
}

function showDesk(
  visit: Visit,
  id: string,
  which: 'programme' | 'proposal' | 'cancel' | undefined,
  state: FormState,
): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    visit.about({ kind: conferenceKind, id })
    const conference = await conferenceById(tx, id)
    if (!conference) return { is: 'notFound' }
    if (!mayKeepConference.may(visit.actor, { organisation: conference.body.organisation.id }))
      return { is: 'forbidden' }
    const [invitations, proposals, all] = [
      await invitationsTo(tx, id),
      await proposalsAt(tx, id),
      await listBodies(tx, conference.body.pack),
    ]
    return page(
      speak(conference.title, visit.locale).words,
      <ConferenceDesk
        conference={conference}
        invitations={invitations}
        proposals={proposals}
        all={all}
        which={which}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

function showInvitation(visit: Visit, token: string, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const invitation = await invitationByHash(tx, invitationHash(token))
    const conference = invitation && (await conferenceById(tx, invitation.conference))
    if (!invitation || !conference) return { is: 'notFound' }
    return page(
      speak(conference.title, visit.locale).words,
      <InvitationPage
        conference={conference}
        invitation={invitation}
        token={token}
        open={conference.state === 'announced' && dayIn(visit.now, conference.body.timeZone) <= conference.answerBy}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { region: conference.body.pack, headers: { 'referrer-policy': 'no-referrer' } },
    )
  }, invitationPurpose(token))
}
