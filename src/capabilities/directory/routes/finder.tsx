import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { type Answer, page } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Words } from '../../../platform/ui/words.tsx'
import { sinks } from '../rules/freshness.ts'
import { match, rank, type Told } from '../rules/match.ts'
import { type AreaNode, areasOf, countUnmetSearch, finderCandidates, finderQuestions } from '../store/read-finder.ts'
import type { FinderQuestion } from '../types.ts'
import { type Choice, QuestionPage, ResultsPage } from '../views/finder.tsx'

/** `-` says that a question was skipped. */
const answer = z.string().max(80).optional()
const FinderQuery = z.object({
  what: answer,
  who: answer,
  where: answer,
  asked: z.enum(['what', 'who', 'where']).optional(),
  region: z.string().max(60).optional(),
})
type FinderVisit = Visit<unknown, z.output<typeof FinderQuery>>

const mostCandidates = 400
const mostHits = 12

/** DIR-4: at most three plain questions, each skippable, without account or script. Every state has its own address. */
export function finderRoutes(door: Door): void {
  door.page(
    '/find',
    { permission: everyone, audit: { none: 'public; nothing about the person is kept' }, query: FinderQuery },
    find,
  )
}

async function find(visit: FinderVisit): Promise<Answer> {
  return visit.read(async (tx) => {
    const questions = await finderQuestions(tx)
    const areas = visit.region ? await areasOf(tx, visit.region.id) : []
    const given = { what: visit.query.what, who: visit.query.who, where: visit.query.where, region: visit.query.region }
    for (const name of ['what', 'who'] as const) {
      const question = questions.find((candidate) => candidate.id === name)
      if (question && given[name] === undefined) return askAbout(visit, question, given)
      if (question && given[name] !== '-' && !question.answers.some((known) => known.code === given[name]))
        return { is: 'bad', path: name, message: m.form_id() }
    }
    if (given.where === undefined && areas.length > 1) return askWhere(visit, areas, given)
    const place = areas.find((area) => area.code === given.where)
    if (given.where !== undefined && given.where !== '-' && !place)
      return { is: 'bad', path: 'where', message: m.form_id() }
    const top = areas.find((area) => area.code === visit.region?.area)
    const told: Told = {
      what: questions.find((question) => question.id === 'what')?.answers.find((known) => known.code === given.what),
      who: questions.find((question) => question.id === 'who')?.answers.find((known) => known.code === given.who),
      where: place ?? top,
      locale: visit.locale,
    }
    const wanted = [told.what, told.who].flatMap((known) => [
      ...(known?.situations ?? []),
      ...(known?.targetGroups ?? []),
      ...(known?.kinds ?? []),
    ])
    // without a narrower place, whatever lies in the region may fit
    const within = place && place !== top ? place.path : areas.map((area) => area.code).concat(top?.path ?? [])
    const candidates = await finderCandidates(
      tx,
      {
        terms: told.what
          ? [...told.what.situations, ...told.what.targetGroups, ...told.what.kinds]
          : told.who
            ? [...wanted, 'everyone']
            : [],
        areaPath: within,
      },
      mostCandidates,
    )
    const found = candidates.flatMap((candidate) => {
      const sinking = sinks(candidate, visit.now)
      const matched = match(
        { card: candidate.card, terms: candidate.terms, hoursKnown: candidate.hoursKnown, sinks: sinking },
        { ...told, where: place && place !== top ? place : undefined },
      )
      return matched
        ? [{ candidate, match: matched, sinks: sinking, name: speak(candidate.card.names, visit.locale).words }]
        : []
    })
    const hits = rank(found, visit.locale).slice(0, mostHits)
    if (hits.length === 0)
      countUnmetSearch(tx, {
        kind: told.what?.code ?? 'any',
        area: (place ?? top)?.code ?? 'any',
        day: dayIn(visit.now, visit.region?.timeZone ?? 'UTC'),
      })
    return results(
      visit,
      told,
      hits.map(({ match: matched, ...hit }) => ({ ...hit, fits: matched.fits, unknown: matched.unknown })),
      { questions, given, place, top },
    )
  })
}

type Given = Record<'what' | 'who' | 'where' | 'region', string | undefined>

function address(given: Partial<Given>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) if (value !== undefined) search.set(name, value)
  return `/find${search.size > 0 ? `?${search}` : ''}`
}

function askAbout(visit: FinderVisit, question: FinderQuestion, given: Given): Answer {
  const fallbacks = visit.region?.languages ?? []
  const words = speak(question.question, visit.locale, fallbacks)
  const choices: Choice[] = question.answers.map((known) => ({
    value: known.code,
    words: speak(known.words, visit.locale, fallbacks),
    hint: known.hint ? speak(known.hint, visit.locale, fallbacks) : undefined,
  }))
  return page(
    words.words,
    <QuestionPage
      name={question.id}
      number={question.id === 'what' ? 1 : 2}
      question={words}
      hint={question.hint ? speak(question.hint, visit.locale, fallbacks) : undefined}
      choices={choices}
      given={given}
      skip={address({ ...given, [question.id]: '-' })}
      missing={visit.query.asked === question.id}
    />,
  )
}

function askWhere(visit: FinderVisit, areas: readonly AreaNode[], given: Given): Answer {
  const fallbacks = visit.region?.languages ?? []
  const top = areas.find((area) => area.code === visit.region?.area)
  const below = areas.filter((area) => area.path.includes(top?.code ?? area.code))
  const compare = new Intl.Collator(visit.locale).compare
  const named = below.map((area) => ({ area, words: speak(area.names, visit.locale, fallbacks) }))
  named.sort((a, b) => a.area.path.length - b.area.path.length || compare(a.words.words, b.words.words))
  const choices: Choice[] = named.map(({ area, words }) => ({
    value: area.code,
    words,
    indent: Math.max(0, area.path.length - (top?.path.length ?? 1)),
  }))
  const question = { words: m.directory_find_where(), locale: visit.locale, draft: false }
  return page(
    question.words,
    <QuestionPage
      name="where"
      number={3}
      question={question}
      hint={{ words: m.directory_find_where_hint(), locale: visit.locale, draft: false }}
      choices={choices}
      given={given}
      skip={address({ ...given, where: '-' })}
      missing={visit.query.asked === 'where'}
    />,
  )
}

function results(
  visit: FinderVisit,
  told: Told,
  hits: Parameters<typeof ResultsPage>[0]['hits'],
  asked: { questions: readonly FinderQuestion[]; given: Given; place: AreaNode | undefined; top: AreaNode | undefined },
): Answer {
  const { given, place, top } = asked
  const fallbacks = visit.region?.languages ?? []
  const skipped = (question: string) => `${question} ${m.directory_find_skipped()}`
  const said = (known: Told['what'], name: FinderQuestion['id']) => {
    if (known) return <Words of={speak(known.words, visit.locale, fallbacks)} plain />
    const question = asked.questions.find((one) => one.id === name)?.question
    return skipped(question ? speak(question, visit.locale, fallbacks).words : '')
  }
  const answers = [
    { label: said(told.what, 'what'), href: address({ ...given, what: undefined }) },
    { label: said(told.who, 'who'), href: address({ ...given, who: undefined }) },
    {
      label: place ? (
        <Words of={speak(place.names, visit.locale, fallbacks)} plain />
      ) : (
        skipped(m.directory_find_where())
      ),
      href: address({ ...given, where: undefined }),
    },
  ]
  const kind = told.what?.emergency
  const emergencies = kind
    ? (visit.region?.emergencies ?? []).filter((number) => number.kind === kind || number.kind === 'life')
    : []
  // the number for this very danger stands first, the general one after it
  emergencies.sort((a, b) => Number(b.kind === kind) - Number(a.kind === kind))
  const helpline = visit.region?.helpline
  return page(
    hits.length > 0 ? m.directory_find_count({ count: hits.length }) : m.directory_find_nothing_title(),
    <ResultsPage
      told={told}
      hits={hits}
      answers={answers}
      emergencies={emergencies}
      helpline={
        helpline
          ? {
              label: speak(helpline.label, visit.locale, fallbacks),
              number: helpline.number,
              hours: helpline.hours ? speak(helpline.hours, visit.locale, fallbacks) : undefined,
              example: helpline.example,
            }
          : undefined
      }
      wider={place && place !== top ? address({ ...given, where: '-' }) : undefined}
      back={visit.address}
    />,
    { leave: kind === 'violence' },
  )
}
