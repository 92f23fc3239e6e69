import { z } from 'zod'
import type { Door } from '../../../platform/http/door.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { keepApart } from '../commands/keep-apart.ts'
import { mergePeople } from '../commands/merge-people.ts'
import { openPerson } from '../commands/opened-person.ts'
import { undoMerge } from '../commands/undo-merge.ts'
import { mayAnswer, mayWork } from '../permissions.ts'
import { likelihoodOf } from '../rules/joining.ts'
import { whats } from '../rules/matching/compare.ts'
import { duplicatesOf } from '../store/duplicates.ts'
import type { StoredPerson } from '../store/people.ts'
import { PeopleQuery, peopleFor } from './people-list.ts'

const tag = 'People'
const reading = { tag, scope: 'intake:read', permission: mayWork } as const
const writing = { tag, scope: 'intake:write', method: 'post' } as const

const Person = z.object({
  id: z.uuid(),
  name: z.string(),
  birthDate: z.iso.date().nullable(),
  phones: z.array(z.string()),
  emails: z.array(z.string()),
  address: z.string().nullable(),
  area: z.string().nullable(),
  language: z.string().nullable(),
  /** whether the number of a paper is on file; the number itself is shown to people who ask for it, one by one */
  numberOnFile: z.boolean(),
  restricted: z.boolean(),
  /** the record that this one was joined to */
  joinedTo: z.uuid().nullable(),
  version: z.number().int(),
})

const told = (person: StoredPerson): z.input<typeof Person> => ({
  id: person.id,
  name: person.name,
  birthDate: person.birthDate ?? null,
  phones: [...person.phones],
  emails: [...person.emails],
  address: person.address ?? null,
  area: person.area ?? null,
  language: person.language ?? null,
  numberOnFile: person.documentNumber !== undefined,
  restricted: person.restricted,
  joinedTo: person.mergedInto ?? null,
  version: person.version,
})

/** People over JSON: what the pages show, with the same permissions. */
export function peopleApi(door: Door): void {
  door.resource(
    '/api/v1/persons',
    {
      ...reading,
      audit: 'intake.person.list',
      summary:
        'People whom your offices know, those who came last first; `q`: name in any script, telephone, e-mail address or reference',
      query: PeopleQuery,
      response: z.object({ items: z.array(Person), next: z.string().nullable() }),
    },
    async (visit) => {
      const found = await visit.read((tx) => peopleFor(tx, visit))
      if (found === 'bad') return { is: 'bad', path: 'after', message: m.form_format() }
      return { is: 'ok', value: { items: found.people.map(told), next: found.next ?? null } }
    },
  )
  door.resource(
    '/api/v1/persons/{id}',
    {
      ...reading,
      audit: 'intake.person.read',
      summary: 'What an office knows of somebody',
      params: z.object({ id: z.uuid() }),
      response: Person,
    },
    (visit) =>
      visit.read(async (tx) => {
        const opened = await openPerson(tx, { person: visit.params.id })
        if (!opened || !mayAnswer.may(visit.actor, opened)) return { is: 'notFound' } as const
        visit.about({ kind: 'intake.person', id: opened.person.id })
        return { is: 'ok', value: told(opened.person), version: opened.person.version } as const
      }),
  )
  door.resource(
    '/api/v1/duplicates',
    {
      ...reading,
      audit: 'intake.person.read',
      summary: 'Records that may be of the same person, the likeliest first, at most 20',
      query: z.object({ person: z.uuid() }),
      response: z.object({
        items: z.array(
          z.object({
            person: Person,
            score: z.number().min(0).max(1),
            likelihood: z.enum(['very-likely', 'likely', 'possible']),
            /** in bits: 1 doubles the odds that it is one person, -1 halves them */
            reasons: z.array(z.object({ what: z.enum(whats), weight: z.number() })),
          }),
        ),
        next: z.null(),
      }),
    },
    (visit) =>
      visit.read(async (tx) => {
        const opened = await openPerson(tx, visit.query)
        if (!opened || !mayAnswer.may(visit.actor, opened)) return { is: 'notFound' } as const
        visit.about({ kind: 'intake.person', id: opened.person.id })
        const items = opened.person.mergedInto ? [] : await duplicatesOf(tx, opened.person)
        return {
          is: 'ok',
          value: {
            items: items.map(({ person, score, reasons }) => ({
              person: told(person),
              score,
              likelihood: likelihoodOf(score),
              reasons: [...reasons],
            })),
            next: null,
          },
        } as const
      }),
  )
  door.command('/api/v1/duplicates/merge', {
    ...writing,
    summary: 'Join two records of one person, after somebody has looked at both',
    command: mergePeople,
    response: z.object({ merge: z.uuid(), person: z.uuid(), requests: z.number().int() }),
  })
  door.command('/api/v1/duplicates/undo', {
    ...writing,
    summary: 'Undo the joining of two records; requests that came since stay with the kept one',
    command: undoMerge,
    response: z.object({
      person: z.uuid(),
      separated: z.uuid(),
      requests: z.number().int(),
      stayed: z.number().int(),
    }),
  })
  door.command('/api/v1/duplicates/apart', {
    ...writing,
    summary: 'Two records are of two people: the pair is not offered again',
    command: keepApart,
    response: z.object({ person: z.uuid(), other: z.uuid() }),
  })
}
