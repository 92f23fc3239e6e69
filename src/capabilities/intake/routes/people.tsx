import { z } from 'zod'
import { openIdentifier } from '../../../platform/access/identifier.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { servicesByIds } from '../../directory/contract.ts'
import { keepApart } from '../commands/keep-apart.ts'
import { mergePeople } from '../commands/merge-people.ts'
import { openPair, openPerson } from '../commands/opened-person.ts'
import { readNumber } from '../commands/read-number.ts'
import { liftRestriction, restrictPerson } from '../commands/restrict-person.ts'
import { undoMerge } from '../commands/undo-merge.ts'
import { mayAnswer, mayLead, mayWork } from '../permissions.ts'
import { compare } from '../rules/matching/compare.ts'
import { colleaguesHere, otherRequestsOf } from '../store/desk.ts'
import { duplicatesOf } from '../store/duplicates.ts'
import { areaNames } from '../store/find-people.ts'
import { mergesInto } from '../store/merges.ts'
import { marksOf } from '../store/people.ts'
import { readersOf } from '../store/restrictions.ts'
import { pairHref, personHref } from '../views/duplicates.tsx'
import { PeoplePage } from '../views/people.tsx'
import { PairPage, pairVersions } from '../views/people-pair.tsx'
import { PersonPage, type PersonTrouble } from '../views/person.tsx'
import { peopleApi } from './people-api.ts'
import { PeopleQuery, peopleFor } from './people-list.ts'

const unkept = { size: 'sm', headers: { 'cache-control': 'no-store' } } as const
const reading = { permission: mayWork, audit: 'intake.person.read' } as const
const byId = z.object({ id: z.uuid() })
const ofPair = byId.extend({ other: z.uuid() })
type PersonVisit = Visit<z.output<typeof byId>, unknown>
type PairVisit = Visit<z.output<typeof ofPair>, unknown>

/** The people whom an office knows, and which records are of one person (INT-8). */
export function peopleRoutes(door: Door, house: { secret: string }): void {
  door.page('/people', { permission: mayWork, audit: 'intake.person.list', query: PeopleQuery }, showPeople)
  door.page('/people/{id}', { ...reading, params: byId }, (visit) => showPerson(visit, {}))
  door.page('/people/{id}/with/{other}', { ...reading, params: ofPair }, (visit) => showPair(visit, {}))
  pairForms(door)
  personForms(door, house)
  peopleApi(door)
}

async function showPeople(visit: Visit<unknown, z.output<typeof PeopleQuery>>): Promise<Answer> {
  const found = await visit.read((tx) => peopleFor(tx, visit))
  if (found === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
  const { q, born } = visit.query
  const parameters = new URLSearchParams({ ...(q ? { q } : {}), ...(born ? { born } : {}) })
  if (found.next) parameters.set('after', found.next)
  return page(
    m.intake_people_title(),
    <PeoplePage query={{ q, born }} people={found.people} next={found.next && `/people?${parameters}`} />,
    unkept,
  )
}

/** `otherRequestsOf` leaves out the request that is open: here it is none. */
const noRequest = '00000000-0000-0000-0000-000000000000'

function showPerson(visit: PersonVisit, more: { number?: string; trouble?: PersonTrouble }): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const opened = await openPerson(tx, { person: visit.params.id })
    if (!opened || !mayAnswer.may(visit.actor, opened)) return { is: 'notFound' }
    const { person } = opened
    if (person.mergedInto) return redirect(personHref(person.mergedInto))
    visit.about({ kind: 'intake.person', id: person.id })
    const requests = await otherRequestsOf(tx, person.id, noRequest)
    return page(
      person.name,
      <PersonPage
        person={person}
        area={await areaNames(tx, person.area)}
        requests={requests}
        services={
          await servicesByIds(
            tx,
            requests.flatMap(({ service }) => service ?? []),
          )
        }
        duplicates={await duplicatesOf(tx, person)}
        merges={await mergesInto(tx, person.id)}
        readers={person.restricted ? await readersOf(tx, person.id) : []}
        colleagues={await colleaguesHere(tx)}
        leads={mayLead.may(visit.actor, { organisation: person.authority })}
        reader={visit.actor?.account ?? ''}
        timeZone={zoneOf(visit)}
        {...more}
      />,
      unkept,
    )
  })
}

const zoneOf = (visit: Visit): string => visit.region?.timeZone ?? 'UTC'

function showPair(visit: PairVisit, state: PersonTrouble['state']): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const { id, other } = visit.params
    const opened = await openPair(tx, id, other)
    if (!opened || !mayAnswer.may(visit.actor, opened)) return { is: 'notFound' }
    const { person, other: second } = opened
    // one of the two is behind another record by now
    if (person.mergedInto || second.mergedInto) return redirect(personHref(person.mergedInto ?? person.id))
    visit.about({ kind: 'intake.person', id: person.id, detail: { other: second.id } })
    const { score, reasons } = compare(marksOf(person), marksOf(second))
    return page(
      m.intake_people_pair_title(),
      <PairPage
        one={{ person, requests: (await otherRequestsOf(tx, person.id, noRequest)).length }}
        two={{ person: second, requests: (await otherRequestsOf(tx, second.id, noRequest)).length }}
        score={score}
        reasons={reasons}
        timeZone={zoneOf(visit)}
        state={state}
      />,
      unkept,
    )
  })
}

function pairForms(door: Door): void {
  door.form('/people/{id}/with/{other}/merge', {
    command: mergePeople,
    params: ofPair,
    input({ keep, ...fields }, visit) {
      const { id, other } = visit.params
      const stays = keep === other
      const versions = [fields[pairVersions.one], fields[pairVersions.two]]
      const [keepVersion, joinVersion] = stays ? versions.toReversed() : versions
      return { keep: stays ? other : id, join: stays ? id : other, keepVersion, joinVersion }
    },
    done: ({ person, merge, requests }) =>
      redirect(personHref(person), {
        kind: 'done',
        text: m.intake_people_joined_flash({ count: requests }),
        undo: { action: `${personHref(person)}/undo`, fields: { merge } },
      }),
    again: (typed, outcome, visit) => showPair(visit, { typed, outcome }),
  })
  door.form('/people/{id}/with/{other}/apart', {
    command: keepApart,
    params: ofPair,
    input: (_fields, visit) => ({ person: visit.params.id, other: visit.params.other }),
    done: ({ person }) => redirect(personHref(person), { kind: 'done', text: m.intake_people_apart_flash() }),
    again: async (_typed, _outcome, visit) => redirect(pairHref(visit.params.id, visit.params.other)),
  })
}

function personForms(door: Door, { secret }: { secret: string }): void {
  const again =
    (form: PersonTrouble['form']) =>
    (
      typed: NonNullable<PersonTrouble['state']['typed']>,
      outcome: NonNullable<PersonTrouble['state']['outcome']>,
      visit: PersonVisit,
    ) =>
      showPerson(visit, { trouble: { form, state: { typed, outcome } } })

  door.form('/people/{id}/undo', {
    command: undoMerge,
    params: byId,
    input: (fields) => ({ merge: fields.merge }),
    done: ({ person, separated, requests, stayed }) =>
      redirect(pairHref(person, separated), {
        kind: 'done',
        text:
          stayed > 0
            ? m.intake_people_undone_stayed_flash({ moved: requests, count: stayed })
            : m.intake_people_undone_flash({ count: requests }),
      }),
    again: again('undo'),
  })
  door.form('/people/{id}/restrict', {
    command: restrictPerson,
    params: byId,
    input: (fields, visit) => ({ ...fields, person: visit.params.id }),
    done: ({ person }) => redirect(personHref(person), { kind: 'done', text: m.intake_people_protected_flash() }),
    again: again('restrict'),
  })
  door.form('/people/{id}/lift', {
    command: liftRestriction,
    params: byId,
    input: (fields, visit) => ({ ...fields, person: visit.params.id }),
    done: ({ person }) => redirect(personHref(person), { kind: 'done', text: m.intake_people_lifted_flash() }),
    again: again('lift'),
  })
  door.form('/people/{id}/number', {
    command: readNumber,
    params: byId,
    input: (_fields, visit) => ({ person: visit.params.id }),
    done: ({ sealed }, visit) => showPerson(visit, { number: openIdentifier(secret, sealed) }),
    again: async (_typed, _outcome, visit) => redirect(personHref(visit.params.id)),
  })
}
