import { z } from 'zod'
import type { Tx } from '../../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../../platform/http/answer.ts'
import type { Door } from '../../../../platform/http/door.ts'
import { type Fields, field } from '../../../../platform/http/form-fields.ts'
import type { Visit } from '../../../../platform/http/visit.ts'
import { dayIn } from '../../../../platform/i18n/day.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import type { FormState } from '../../../../platform/ui/form.tsx'
import { judgeAdjustment } from '../../commands/adjustments/judge.ts'
import { amendAdjustment, planAdjustment } from '../../commands/adjustments/plan-adjustment.ts'
import { titleWords } from '../../letters/adjustment-words.ts'
import { mayPlanAdjustment, mayPlanSomewhere } from '../../permissions/adjustments.ts'
import { organisationsWhere } from '../../permissions/places.ts'
import { adjustmentById, type StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { offerBySlug, offersOf, type StoredOffer } from '../../store/places/read-offer.ts'
import { AdjustmentKind, mostPlaces } from '../../types/adjustments.ts'
import { Day, Slug } from '../../types.ts'
import { PlanPage, type Preview, type Sketch } from '../../views/adjustments/plan.tsx'
import { atFields, planInput } from './one-language.ts'
import { adjustmentParams, bodyNames } from './seen.ts'

/** An empty field of a form says nothing yet, and one that nobody can read neither. */
const typed = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).catch(undefined)
const Asked = z.object({
  offer: typed(Slug),
  kind: typed(AdjustmentKind),
  change: typed(z.coerce.number().int().min(-mostPlaces).max(mostPlaces)),
  effectOn: typed(Day),
})
type Asked = z.output<typeof Asked>

const root = '/capacity/adjustments'
const guarded = { permission: mayPlanSomewhere, audit: { none: 'a plan that is not kept yet' }, query: Asked } as const

/** Planning an adjustment, with the path that it leads to computed while it is planned (CAP-3). */
export function planRoutes(door: Door): void {
  door.page(`${root}/new`, guarded, (visit) => showPlan(visit, visit.query, {}))
  door.form(`${root}/new`, {
    command: planAdjustment,
    input: planInput,
    done: ({ id, number }) =>
      redirect(`${root}/${id}`, { kind: 'done', text: m.capacity_adjust_planned_flash({ number }) }),
    again: (fields, outcome, visit) =>
      showPlan(visit, sketchTyped(fields), { typed: fields, outcome: atFields(outcome) }),
  })
  door.page(`${root}/{id}/change`, { ...guarded, params: adjustmentParams }, (visit) =>
    showChange(visit, visit.query, {}),
  )
  door.form(`${root}/{id}/change`, {
    command: amendAdjustment,
    params: adjustmentParams,
    input: (fields, visit) => ({ ...planInput(fields), id: visit.params.id }),
    done: ({ id, anew }) =>
      redirect(`${root}/${id}`, {
        kind: 'done',
        text: anew ? m.capacity_adjust_changed_anew_flash() : m.capacity_adjust_changed_flash(),
      }),
    again: (fields, outcome, visit) =>
      showChange(visit, sketchTyped(fields), { typed: fields, outcome: atFields(outcome) }),
  })
}

const sketchTyped = (fields: Fields): Asked =>
  Asked.parse(Object.fromEntries(['offer', 'kind', 'change', 'effectOn'].map((name) => [name, field(fields, name)])))

const sketchOf = ({ offer, kind, change, effectOn }: Asked): Sketch => ({ offer, kind, change, effectOn })

function showPlan(visit: Visit<unknown, unknown>, asked: Asked, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const offers = await offersOf(tx, organisationsWhere('runs', visit.actor))
    const offer = offers.find(({ slug }) => slug === asked.offer)
    const sketch = sketchOf(asked)
    return page(
      m.capacity_adjust_plan(),
      <PlanPage
        title={m.capacity_adjust_plan()}
        action={`${root}/new`}
        back={{ href: root, label: m.capacity_adjust_back_list() }}
        offers={offers}
        sketch={sketch}
        preview={offer && (await previewOf(tx, offer, sketch))}
        changed={undefined}
        today={dayIn(visit.now, offers[0]?.timeZone ?? 'UTC')}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

function showChange(visit: Visit<{ id: string }, unknown>, asked: Asked, state: FormState): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const adjustment = await adjustmentById(tx, visit.params.id)
    const offer = adjustment && (await offerBySlug(tx, adjustment.offer.slug))
    if (!adjustment || !offer) return { is: 'notFound' }
    if (!mayPlanAdjustment.may(visit.actor, { operator: adjustment.operator.id })) return { is: 'forbidden' }
    const sketch = asked.kind ? sketchOf(asked) : sketchFrom(adjustment)
    return page(
      m.capacity_adjust_change(),
      <PlanPage
        title={m.capacity_adjust_change()}
        action={`${root}/${adjustment.id}/change`}
        back={{ href: `${root}/${adjustment.id}`, label: titleWords(adjustment) }}
        offers={[]}
        sketch={sketch}
        preview={await previewOf(tx, offer, sketch, adjustment.id)}
        changed={adjustment}
        today={dayIn(visit.now, adjustment.timeZone)}
        state={state}
        idempotencyKey={crypto.randomUUID()}
      />,
      { size: 'sm' },
    )
  })
}

const sketchFrom = ({ offer, kind, change, effectOn }: StoredAdjustment): Sketch => ({
  offer: offer.slug,
  kind,
  change: kind === 'closure' ? undefined : change,
  effectOn,
})

/** What a sketch would mean; undefined as long as it does not say enough. */
async function previewOf(tx: Tx, offer: StoredOffer, sketch: Sketch, own?: string): Promise<Preview | undefined> {
  const { kind, change, effectOn } = sketch
  if (!kind || !effectOn) return undefined
  const judged = await judgeAdjustment(tx, offer, { kind, change, effectOn }, own)
  const bodies = await bodyNames(tx, judged.path?.bodies ?? [])
  return { ...judged, names: offer.names, bodies: bodies.map(({ names }) => names) }
}
