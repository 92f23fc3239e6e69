import { z } from 'zod'
import type { Premises } from '../../../platform/capability.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { makePdf } from '../../../platform/pdf/pdf.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { handLetter } from '../commands/hand-letter.ts'
import { mayWork } from '../permissions.ts'
import { contactOfRequest } from '../store/contacts.ts'
import { letterOf, lettersOf, type StoredLetter } from '../store/letters.ts'
import { courseOf } from '../store/procedure.ts'
import type { StoredRequest } from '../store/requests.ts'
import { LetterPage, LettersPage } from '../views/letter.tsx'
import { letterPdf } from '../views/letter-pdf.ts'
import { openAtDesk } from './at-desk.ts'
import { contactRoutes } from './contact.tsx'
import { beyondLink, byAccount, byLink, type Entrance, quietly, showRequest, unkept, type Way } from './entrance.tsx'

const audit = 'intake.letter.read'
const LetterParams = z.object({ letter: z.uuid() })
const DeskParams = z.object({ id: z.uuid() })
const DeskLetterParams = z.object({ id: z.uuid(), letter: z.uuid() })

/** INT-10, INT-11: letters to read and to print, what the desk brings to the person, and how contact is safe. */
export function letterRoutes(door: Door, house: Pick<Premises, 'secret'>): void {
  ownLetters(door, byLink)
  ownLetters(door, beyondLink)
  ownLetters(door, byAccount)
  deskLetters(door)
  contactRoutes(door, house)
}

/** The letters of whoever asked. */
function ownLetters<Params extends z.ZodType>(door: Door, entrance: Entrance<Params>): void {
  const params = z.intersection(entrance.params, LetterParams)
  type At = Visit<z.output<Params> & { letter: string }>
  const route = { ...entrance.guard, audit, params } as const
  const wayTo = (visit: At) => entrance.way(visit.params)

  door.page(`${entrance.address}/letters/{letter}`, route, (visit: At) =>
    showOwn(visit, wayTo(visit), ({ letter, timeZone, link }, way, request) =>
      quietly(
        letter.subject,
        <LetterPage
          base={way.base}
          back={{ href: way.base, label: m.intake_letters_back_request() }}
          dayOf={(moment) => dayIn(moment, timeZone)}
          letter={letter}
          link={link}
        />,
        { region: request.pack },
      ),
    ),
  )
  door.page(`${entrance.address}/letters/{letter}/pdf`, route, (visit: At) =>
    showOwn(visit, wayTo(visit), ({ letter, timeZone, link }) => pdfAnswer(letter, timeZone, link)),
  )
}

interface Found {
  letter: StoredLetter
  timeZone: string
  link: string | undefined
}

async function findLetter(tx: Tx, visit: Visit, request: StoredRequest, id: string) {
  const [letter, course] = await Promise.all([letterOf(tx, request.id, id), courseOf(tx, request.pack)])
  visit.about({ kind: 'intake.request', id: request.id, detail: { letter: id } })
  return { letter, timeZone: course?.place.timeZone ?? 'UTC' }
}

function showOwn(
  visit: Visit<{ letter: string }>,
  way: Way,
  answer: (found: Found, way: Way, request: StoredRequest) => Answer | Promise<Answer>,
): Promise<Answer> {
  return showRequest(
    visit,
    way,
    (tx, request) => findLetter(tx, visit, request, visit.params.letter),
    (request, { letter, timeZone }) =>
      letter ? answer({ letter, timeZone, link: visit.origin + way.base }, way, request) : { is: 'notFound' },
  )
}

async function pdfAnswer(letter: StoredLetter, timeZone: string, link: string | undefined): Promise<Answer> {
  return {
    is: 'file',
    type: 'application/pdf',
    name: `${letter.data.reference}.pdf`,
    headers: unkept,
    body: await makePdf(letterPdf(letter, dayIn(letter.at, timeZone), link)),
  }
}

function deskLetters(door: Door): void {
  const guard = { permission: mayWork, audit } as const
  door.page('/requests/{id}/letters', { ...guard, params: DeskParams }, (visit) => showList(visit, undefined))
  door.page('/requests/{id}/letters/{letter}', { ...guard, params: DeskLetterParams }, (visit) =>
    showAtDesk(visit, (letter, timeZone) => {
      const base = `/requests/${visit.params.id}`
      return page(
        letter.subject,
        <LetterPage
          base={base}
          back={{ href: `${base}/letters`, label: m.intake_letters_back_list() }}
          dayOf={(moment) => dayIn(moment, timeZone)}
          letter={letter}
          link={undefined}
        />,
        { size: 'sm', headers: unkept },
      )
    }),
  )
  door.page('/requests/{id}/letters/{letter}/pdf', { ...guard, params: DeskLetterParams }, (visit) =>
    showAtDesk(visit, (letter, timeZone) => pdfAnswer(letter, timeZone, undefined)),
  )
  door.form('/requests/{id}/letters/{letter}/hand', {
    command: handLetter,
    params: DeskLetterParams,
    input: (_fields, visit) => ({ request: visit.params.id, letter: visit.params.letter }),
    done: (_handed, visit) =>
      redirect(`/requests/${visit.params.id}/letters`, { kind: 'done', text: m.intake_letters_handed_flash() }),
    again: (_typed, outcome, visit) => showList(visit, outcome),
  })
}

function showList(visit: Visit<{ id: string }>, trouble: FormState['outcome']): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const opened = await openAtDesk(tx, visit)
    if ('is' in opened) return opened
    const { request } = opened
    const [letters, { contact }, course] = await Promise.all([
      lettersOf(tx, request.id),
      contactOfRequest(tx, request),
      courseOf(tx, request.pack),
    ])
    visit.about({ kind: 'intake.request', id: request.id })
    return page(
      m.intake_letters_title(),
      <LettersPage
        base={`/requests/${request.id}`}
        dayOf={(moment) => dayIn(moment, course?.place.timeZone ?? 'UTC')}
        letters={letters}
        contact={contact}
        trouble={trouble}
      />,
      { size: 'sm', headers: unkept },
    )
  })
}

async function showAtDesk(
  visit: Visit<{ id: string; letter: string }>,
  answer: (letter: StoredLetter, timeZone: string) => Answer | Promise<Answer>,
): Promise<Answer> {
  const found = await visit.read(async (tx) => {
    const opened = await openAtDesk(tx, visit)
    return 'is' in opened ? opened : findLetter(tx, visit, opened.request, visit.params.letter)
  })
  if ('is' in found) return found
  return found.letter ? answer(found.letter, found.timeZone) : { is: 'notFound' }
}
