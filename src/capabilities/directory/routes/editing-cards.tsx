import { z } from 'zod'
import { fieldErrors } from '../../../platform/access/field-errors.ts'
import type { Outcome } from '../../../platform/access/outcome.ts'
import { type Answer, type Flash, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { type Fields, nestFields } from '../../../platform/http/form-fields.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { Locale, type Locale as LocaleName, speak, type Text } from '../../../platform/i18n/text.ts'
import type { Difference, FormState } from '../../../platform/ui/form.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { addService } from '../commands/add-service.ts'
import { type ChangedService, changeService } from '../commands/change-service.ts'
import { tendedBySlug } from '../commands/tended-service.ts'
import { isEditorOf, mayTend, mayWork, type Tended } from '../permissions.ts'
import { compareCards } from '../rules/compare.ts'
import { flagWordings } from '../rules/wording.ts'
import { type CardChoices, cardChoices, listOrganisations, organisationBySlug } from '../store/edit-organisation.ts'
import { needsApproval, waitingProposal } from '../store/edit-proposals.ts'
import { reachOf } from '../store/edit-read.ts'
import { ServiceCard, Slug } from '../types.ts'
import { CardForm } from '../views/edit-card-form.tsx'
import { cardFields, cardFromFields, closeRows, fieldOfError } from '../views/edit-fields.ts'
import { ChooseOrganisation } from '../views/edit-list.tsx'
import { moreField, previewField } from '../views/edit-rows.tsx'
import { CardPreview } from '../views/edit-summary.tsx'
import { pathWords } from '../views/edit-words.ts'

export const slugParams = z.object({ slug: Slug })
export const workPage = {
  permission: mayWork,
  audit: { none: 'cards are public; who may change one is asked again when it is sent' },
} as const

/** What the form of a card is made from, besides what is typed. */
interface Ground {
  /** card as it was before this form, or what a new one begins with */
  stored: Partial<ServiceCard> & Pick<ServiceCard, 'organisation' | 'writtenIn'>
  version: number | undefined
  choices: CardChoices
  pack: string
  waits: boolean
  subject: Tended
  title: string
  back: { href: string; label: string }
}

type Failed = Exclude<Outcome<unknown>, { is: 'ok' }>

/** The same form again: more rows, a preview, or what is wrong. Nothing that was typed is lost. */
async function showForm(
  visit: Visit,
  ground: Ground,
  action: string,
  sent?: { typed: Fields; outcome: Failed },
): Promise<Answer> {
  const pressed = (name: string) => sent?.typed.get(name)?.[0]
  const more = pressed(moreField)
  const preview = pressed(previewField) !== undefined
  const typed: Fields = sent ? closeRows(sent.typed) : cardFields(ground.stored)
  const own = Locale.safeParse(typed.get('card.writtenIn')?.[0]).data ?? ground.stored.writtenIn
  const card = sent ? cardFromFields(nestFields(typed).card) : ground.stored
  const parsed = ServiceCard.safeParse({ slug: 'new', ...card })
  const outcome = sent && !more ? (preview ? previewOutcome(parsed) : sent.outcome) : undefined
  const state: FormState = { typed, ...(outcome ? { outcome: atFields(outcome, own) } : {}) }
  const current =
    outcome?.is === 'conflict' ? (outcome.current as { version: number; card: unknown } | undefined) : undefined
  const region = visit.regions.find((one) => one.id === ground.pack)
  const names = new Map<string, Text>(
    [
      ...ground.choices.kinds,
      ...ground.choices.targetGroups,
      ...ground.choices.situations,
      ...ground.choices.areas,
    ].map((one) => [one.code, one.names]),
  )
  return page(
    ground.title,
    <div class="ln-stack" data-gap="6">
      <PageHead back={ground.back} title={ground.title} />
      {preview && parsed.success ? (
        <Section id="preview" heading={m.edit_preview_heading()}>
          <p class="ln-quiet">{m.edit_preview_note()}</p>
          <CardPreview card={parsed.data} names={names} />
        </Section>
      ) : null}
      <CardForm
        action={action}
        state={state}
        own={own}
        choices={ground.choices}
        flags={flagWordings(card, region?.wordings ?? [])}
        idempotencyKey={crypto.randomUUID()}
        version={
          current?.version ??
          (sent ? Number(sent.typed.get('version')?.[0] ?? ground.version) || ground.version : ground.version)
        }
        differences={current && parsed.success ? differences(ServiceCard.parse(current.card), parsed.data) : []}
        more={more}
        waits={ground.waits}
        currency={region?.currency ?? 'EUR'}
        fresh={ground.version === undefined}
      />
    </div>,
    { size: 'sm', ...(sent && (more || preview) && !(preview && outcome) ? { status: 200 as const } : {}) },
  )
}

function previewOutcome(parsed: ReturnType<typeof ServiceCard.safeParse>): Failed | undefined {
  return parsed.success
    ? undefined
    : { is: 'invalid', errors: fieldErrors(parsed.error).map((error) => ({ ...error, path: `card.${error.path}` })) }
}

/** Mistakes under the names of the fields that mend them. */
export function atFields(outcome: Failed, own: LocaleName): Failed {
  return outcome.is === 'invalid'
    ? { is: 'invalid', errors: outcome.errors.map((error) => ({ ...error, path: fieldOfError(error.path, own) })) }
    : outcome
}

function differences(theirs: ServiceCard, yours: ServiceCard): Difference[] {
  return compareCards(theirs, yours).map((one) => ({
    label: pathWords(one.path),
    theirs: one.before ?? '',
    yours: one.after ?? '',
  }))
}

/** Was the form sent for more rows or a preview only? Then an input that no schema takes keeps it from being stored. */
export const onlyLooks = (fields: Record<string, unknown>): boolean => moreField in fields || previewField in fields

/** The organisation that a new card is for. */
function organisationOf(fields: Record<string, unknown>): string {
  const card = fields.card
  return card && typeof card === 'object' && 'organisation' in card && typeof card.organisation === 'string'
    ? card.organisation
    : ''
}

async function groundOfChange(visit: Visit, slug: string): Promise<Ground | Answer> {
  return visit.read(async (tx): Promise<Ground | Answer> => {
    const subject = await tendedBySlug(tx, slug)
    if (!subject) return { is: 'notFound' }
    if (!mayTend.may(visit.actor, subject)) return { is: 'forbidden' }
    const { service } = subject
    const organisation = await organisationBySlug(tx, service.organisation.slug)
    const pack = service.pack ?? organisation?.pack ?? ''
    const waits = !isEditorOf(visit.actor, subject) && (await needsApproval(tx, service.organisation.id))
    // staff go on from what they proposed, not from what is public
    const proposal = waits ? await waitingProposal(tx, service.id) : undefined
    return {
      stored: proposal?.card ?? service.card,
      version: service.version,
      choices: await cardChoices(tx, pack, service.organisation.id),
      pack,
      waits,
      subject,
      title: m.edit_change_title({ name: speak(service.card.names, currentLocale(), [service.card.writtenIn]).words }),
      back: { href: `/directory/services/${slug}`, label: m.edit_back_card() },
    }
  })
}

async function groundOfNew(visit: Visit, slug: string): Promise<Ground | Answer> {
  return visit.read(async (tx): Promise<Ground | Answer> => {
    const organisation = await organisationBySlug(tx, slug)
    if (!organisation) return { is: 'notFound' }
    const subject = { organisation: { id: organisation.id }, areaPath: organisation.areaPath }
    if (!mayTend.may(visit.actor, subject)) return { is: 'forbidden' }
    const region = visit.regions.find((one) => one.id === organisation.pack)
    return {
      stored: {
        organisation: slug,
        writtenIn: region?.languages[0] ?? visit.locale,
        areas: [organisation.profile.area],
        locations: organisation.locations.map((one) => one.location.slug),
      },
      version: undefined,
      choices: await cardChoices(tx, organisation.pack, organisation.id),
      pack: organisation.pack,
      waits: !isEditorOf(visit.actor, subject) && (await needsApproval(tx, organisation.id)),
      subject,
      title: m.edit_new_title({ name: speak(organisation.profile.names, currentLocale()).words }),
      back: { href: '/directory/services', label: m.edit_nav_cards() },
    }
  })
}

const isAnswer = (value: Ground | Answer): value is Answer => 'is' in value

/** Says what was saved, with the way back: the version before, restored. */
export function savedFlash(changed: ChangedService, text: string): Flash {
  if (changed.proposal) return { kind: 'done', text: m.edit_proposed_flash() }
  const back = {
    action: `/directory/services/${changed.slug}/restore`,
    fields: { version: String(changed.version), to: String(changed.version - 1) },
  }
  return { kind: 'done', text, ...(changed.version > 1 ? { undo: back } : {}) }
}

const isTicked = (value: unknown): boolean => Array.isArray(value) && value.includes('yes')

/** Adding a card and changing one. */
export function cardFormRoutes(door: Door): void {
  door.page(
    '/directory/services/new',
    { ...workPage, query: z.object({ organisation: Slug.optional(), q: z.string().max(200).optional() }) },
    async (visit) => {
      const { organisation, q } = visit.query
      if (organisation) {
        const ground = await groundOfNew(visit, organisation)
        return isAnswer(ground) ? ground : showForm(visit, ground, '/directory/services/new')
      }
      const found = await visit.read((tx) => listOrganisations(tx, reachOf(visit.actor), q, 30))
      const only = found[0]
      if (found.length === 1 && only && !q) return redirect(`/directory/services/new?organisation=${only.slug}`)
      return page(m.edit_new_choose_title(), <ChooseOrganisation found={found} words={q} />, { size: 'sm' })
    },
  )

  door.form('/directory/services/new', {
    command: addService,
    input: (fields) => (onlyLooks(fields) ? {} : { card: cardFromFields(fields.card) }),
    done: (added) =>
      redirect(`/directory/services/${added.slug}`, {
        kind: 'done',
        text: added.proposal ? m.edit_proposed_flash() : m.edit_added_flash(),
      }),
    async again(typed, outcome, visit) {
      const ground = await groundOfNew(visit, organisationOf(nestFields(typed)))
      return isAnswer(ground) ? ground : showForm(visit, ground, '/directory/services/new', { typed, outcome })
    },
  })

  door.page('/directory/services/{slug}/edit', { ...workPage, params: slugParams }, async (visit) => {
    const ground = await groundOfChange(visit, visit.params.slug)
    return isAnswer(ground) ? ground : showForm(visit, ground, `/directory/services/${visit.params.slug}/edit`)
  })

  door.form('/directory/services/{slug}/edit', {
    command: changeService,
    params: slugParams,
    input: (fields, visit) =>
      onlyLooks(fields)
        ? {}
        : {
            slug: visit.params.slug,
            version: fields.version,
            card: cardFromFields(fields.card),
            assured: isTicked(fields.assured),
          },
    done: (changed) => redirect(`/directory/services/${changed.slug}`, savedFlash(changed, m.edit_saved_flash())),
    async again(typed, outcome, visit) {
      const ground = await groundOfChange(visit, visit.params.slug)
      return isAnswer(ground)
        ? ground
        : showForm(visit, ground, `/directory/services/${visit.params.slug}/edit`, { typed, outcome })
    },
  })
}
