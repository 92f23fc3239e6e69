import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { recordEvent } from '../../../platform/audit/record.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import { buildCard, buildLocation, buildOrganisation } from '../exchange/build-card.ts'
import { candidates, nameOf, type Place, placesFor, unseen, wantedOf } from '../exchange/import-places.ts'
import { type ImportEntry, type ImportReport, mostEntries } from '../exchange/import-report.ts'
import type { ImportItem, ImportSource, LocationDraft, OrganisationDraft, Reason } from '../exchange/import-types.ts'
import { readItems } from '../exchange/read-items.ts'
import { assuranceDue } from '../rules/freshness.ts'
import { flagWordings } from '../rules/wording.ts'
import {
  endServices,
  gatherSearchEntries,
  type LocationRow,
  lastImported,
  missingServices,
  type OrganisationRow,
  recordImport,
  type ServiceRow,
  type StoredService,
  saveLocations,
  saveOrganisations,
  saveServices,
  saveWords,
  sortSearchEntries,
  storedLocations,
  storedOrganisations,
  storedServices,
} from '../store/exchange-import.ts'
import { project } from '../store/projection.ts'
import type { OpeningHours } from '../types.ts'
import type { ImportMeans, ImportOptions } from './import-means.ts'

const batchSize = 400

interface Known extends Place {
  names: Text
  area: string
}
interface KnownLocation extends Place {
  schedule: readonly OpeningHours[]
  point: readonly [number, number] | undefined
}
type ServiceItem = Extract<ImportItem, { type: 'service' }>

/** One run over a data set. */
export class ImportCourse {
  readonly #tx: Tx
  readonly #means: ImportMeans
  readonly #options: ImportOptions
  readonly #report: ImportReport
  /** line on which an id stood first */
  readonly #lines = new Map<string, number>()
  readonly #accepted = new Set<string>()
  readonly #organisations = new Map<string, Known>()
  readonly #locations = new Map<string, KnownLocation>()
  readonly #taken = { organisation: new Set<string>(), location: new Set<string>(), service: new Set<string>() }
  readonly #words = new Map<string, { word: string; locale: string }>()
  readonly #wordsKnown = new Set<string>()
  #writing: Promise<void> = Promise.resolve()

  constructor(tx: Tx, means: ImportMeans, options: ImportOptions) {
    this.#tx = tx
    this.#means = means
    this.#options = options
    this.#report = {
      format: options.format,
      dataset: options.dataset,
      sha256: '',
      applied: false,
      counts: { added: 0, changed: 0, unchanged: 0, rejected: 0 },
      missing: 0,
      removed: 0,
      reasons: {},
      entries: [],
    }
  }

  async run(source: ImportSource): Promise<ImportReport> {
    const hash = createHash('sha256')
    let batch: ServiceItem[] = []
    if (this.#options.apply) await gatherSearchEntries(this.#tx)
    for await (const item of readItems(source, this.#options.format, this.#means.settings.locale, hash)) {
      if (item.type === 'reject') this.#reject(item)
      else if (this.#isFirst(item)) batch.push(item)
      if (batch.length < batchSize) continue
      await this.#take(batch)
      batch = []
    }
    await this.#take(batch)
    await this.#writing
    this.#report.sha256 = hash.digest('hex')
    await this.#finish()
    return this.#report
  }

  get #writes(): boolean {
    return !!this.#options.apply && (this.#report.counts.rejected === 0 || !!this.#options.skipRejected)
  }

  /** @returns why it clashes, for an id that stood in an earlier line already */
  #clash(key: string | undefined, line: number): Reason[] {
    if (key === undefined) return []
    const first = this.#lines.get(key)
    if (first === undefined) this.#lines.set(key, line)
    return first === undefined ? [] : [{ code: 'id-twice', field: 'id', value: String(first) }]
  }

  #isFirst({ line, service }: ServiceItem): boolean {
    const reasons = this.#clash(service.key, line)
    if (reasons.length > 0)
      this.#tell({ outcome: 'rejected', line, name: nameOf(service.card.names), reasons, wordings: [] })
    return reasons.length === 0
  }

  #reject({ line, name, key, reasons }: Extract<ImportItem, { type: 'reject' }>): void {
    this.#tell({ outcome: 'rejected', line, name, reasons: [...this.#clash(key, line), ...reasons], wordings: [] })
  }

  #tell(entry: ImportEntry): void {
    this.#report.counts[entry.outcome]++
    for (const { code } of entry.reasons) this.#report.reasons[code] = (this.#report.reasons[code] ?? 0) + 1
    if ((entry.reasons.length > 0 || entry.wordings.length > 0) && this.#report.entries.length < mostEntries)
      this.#report.entries.push(entry)
    this.#options.each?.(entry)
  }

  async #take(batch: readonly ServiceItem[]): Promise<void> {
    if (batch.length === 0) return
    // what was sent before is stored while this batch is judged; the next one waits for it
    const { dataset } = this.#options
    const bySlug = this.#options.format === 'cards'
    const newOrganisations = unseen(
      batch.map(({ service }) => service.organisation),
      this.#organisations,
    )
    const newLocations = unseen(
      batch.flatMap(({ service }) => service.locations),
      this.#locations,
    )
    const [organisations, locations, services] = await Promise.all([
      storedOrganisations(
        this.#tx,
        dataset,
        newOrganisations.map((each) => each.key),
        candidates(newOrganisations, dataset, 'organization'),
      ),
      storedLocations(
        this.#tx,
        dataset,
        newLocations.map((each) => each.key),
        candidates(newLocations, dataset, 'location'),
      ),
      storedServices(
        this.#tx,
        dataset,
        batch.map(({ service }) => service.key),
        candidates(
          batch.map(({ service }) => service),
          dataset,
          'service',
        ),
      ),
    ])
    const writes: BatchWrites = { organisations: [], locations: [], services: [] }
    const wrong = new Map<string, Reason[]>()
    const means = (table: 'organization' | 'location' | 'service', taken: Set<string>) => ({
      dataset,
      table,
      taken,
      bySlug,
    })

    const organisationPlaces = placesFor(
      newOrganisations.map(wantedOf),
      organisations,
      means('organization', this.#taken.organisation),
    )
    for (const draft of newOrganisations)
      this.#placeOrganisation(draft, organisationPlaces.get(draft.key), writes, wrong)
    const owners = new Map(
      batch.flatMap(({ service }) =>
        service.locations.map((location) => [location.key, service.organisation.key] as const),
      ),
    )
    const locationPlaces = placesFor(newLocations.map(wantedOf), locations, means('location', this.#taken.location))
    for (const draft of newLocations)
      this.#placeLocation(draft, owners.get(draft.key) ?? '', locationPlaces.get(draft.key), writes, wrong)
    const places = placesFor(
      batch.map(({ service }) => wantedOf(service)),
      services,
      means('service', this.#taken.service),
    )

    const judged = batch.map((item) => this.#judge(item, places.get(item.service.key), wrong))
    await this.#settle(judged, writes)
    if (!this.#writes) return
    await this.#writing
    this.#writing = this.#write(writes)
    // its failure is the transaction's; it is awaited with the next batch
    this.#writing.catch(() => {})
  }

  #placeOrganisation(
    draft: OrganisationDraft,
    place: (Place & { record?: { names: Text; area: string } }) | undefined,
    writes: BatchWrites,
    wrong: Map<string, Reason[]>,
  ): void {
    if (!place) {
      wrong.set(draft.key, [{ code: 'dangling', field: 'organisation', value: draft.slug ?? draft.key }])
      return
    }
    if (place.foreign || draft.reference) {
      this.#organisations.set(draft.key, {
        ...place,
        names: place.record?.names ?? draft.names,
        area: place.record?.area ?? '',
      })
      return
    }
    const built = buildOrganisation(draft, place.slug, this.#means.settings)
    if ('reasons' in built) {
      wrong.set(draft.key, built.reasons)
      return
    }
    this.#organisations.set(draft.key, { ...place, names: built.value.names, area: built.value.area })
    writes.organisations.push({ id: place.id, key: draft.key, profile: built.value })
  }

  #placeLocation(
    draft: LocationDraft,
    owner: string,
    place: Place | undefined,
    writes: BatchWrites,
    wrong: Map<string, Reason[]>,
  ): void {
    const organisation = this.#organisations.get(owner)
    if (!organisation) return
    if (!place) {
      wrong.set(draft.key, [{ code: 'dangling', field: 'locations', value: draft.slug ?? draft.key }])
      return
    }
    if (place.foreign || draft.reference) {
      this.#locations.set(draft.key, { ...place, point: draft.point, schedule: draft.schedule ?? [] })
      return
    }
    const built = buildLocation(draft, place.slug, organisation, this.#means.settings)
    if ('reasons' in built) {
      wrong.set(draft.key, built.reasons)
      return
    }
    this.#locations.set(draft.key, { ...place, point: built.value.point, schedule: built.value.schedule })
    writes.locations.push({ id: place.id, key: draft.key, organisation: organisation.id, location: built.value })
  }

  #judge(
    item: ServiceItem,
    place: (Place & { record?: StoredService }) | undefined,
    wrong: ReadonlyMap<string, Reason[]>,
  ): Judged {
    const { service, line } = item
    const name = nameOf(service.card.names)
    const organisation = this.#organisations.get(service.organisation.key)
    const reasons = [
      ...(wrong.get(service.organisation.key) ?? []),
      ...service.locations.flatMap((location) => wrong.get(location.key) ?? []),
    ]
    // a wrong organisation of an earlier batch is not known now either
    if (!organisation && reasons.length === 0)
      reasons.push({ code: 'dangling', field: 'organization', value: service.organisation.key })
    if (!organisation || !place || reasons.length > 0) return { line, name, reasons, notes: item.notes, row: undefined }
    const locations = service.locations.flatMap((location) => this.#locations.get(location.key) ?? [])
    const built = buildCard(
      service,
      {
        service: place.slug,
        organisation: organisation.slug,
        locations: [...new Set(locations.map((location) => location.slug))],
      },
      this.#means.settings,
    )
    if ('reasons' in built) return { line, name, reasons: built.reasons, notes: item.notes, row: undefined }
    const now = this.#tx.now
    const sources = {
      areaPath: this.#means.areaPath,
      termPath: (code: string) => this.#means.termPaths.get(code) ?? [],
      points: locations.flatMap((location) => (location.point ? [location.point] : [])),
      schedules: locations.map((location) => location.schedule),
      organisationNames: organisation.names,
    }
    const row = (): ServiceRow => ({
      id: place.id,
      key: service.key,
      card: built.value,
      status: place.record?.status === 'inactive' ? 'inactive' : service.status,
      organisation: organisation.id,
      pack: this.#means.packOf(built.value.areas[0]),
      locations: locations.map((location) => location.id),
      projection: project(built.value, sources),
      assuredAt: service.assuredAt,
      due: assuranceDue(service.assuredAt ?? now, this.#means.months),
      version: place.record?.version,
    })
    return {
      line,
      name,
      reasons: [],
      notes: [...item.notes, ...built.notes],
      row,
      stored: place.record,
      card: built.value,
      status: place.record?.status === 'inactive' ? 'inactive' : service.status,
      key: service.key,
    }
  }

  /** Decides for each card that can be read whether it is new, changed, the same, or edited here meanwhile. */
  async #settle(judged: readonly Judged[], writes: BatchWrites): Promise<void> {
    const differs = (each: Judged, from: { card: object; status: string }) =>
      !isDeepStrictEqual(plain(each.card), from.card) || each.status !== from.status
    const suspects = judged.flatMap((each) => (each.stored && differs(each, each.stored) ? [each.stored.id] : []))
    const edited =
      suspects.length > 0 && this.#options.format !== 'cards'
        ? await lastImported(this.#tx, suspects)
        : new Map<string, undefined>()
    for (const each of judged) {
      const { stored, line, name } = each
      if (!each.row || !each.card) {
        this.#tell({ outcome: 'rejected', line, name, reasons: each.reasons, wordings: [] })
        continue
      }
      if (each.key) this.#accepted.add(each.key)
      const told = { line, name, reasons: each.notes, wordings: flagWordings(each.card, this.#means.wordings) }
      if (!stored) this.#tell({ outcome: 'added', ...told })
      else if (!differs(each, stored)) {
        this.#tell({ outcome: 'unchanged', ...told })
        continue
      } else if (edited.has(stored.id)) {
        const last = edited.get(stored.id)
        if (last && !differs(each, last)) this.#tell({ outcome: 'unchanged', ...told })
        else this.#tell({ ...told, outcome: 'rejected', reasons: [{ code: 'edited-here', field: '' }] })
        continue
      } else this.#tell({ outcome: 'changed', ...told })
      if (this.#writes) writes.services.push(each.row())
    }
  }

  async #write(writes: BatchWrites): Promise<void> {
    const { dataset } = this.#options
    for (const { projection } of writes.services)
      for (const entry of projection.vocabulary) {
        const name = `${entry.locale} ${entry.word}`
        if (!this.#wordsKnown.has(name)) {
          this.#wordsKnown.add(name)
          this.#words.set(name, entry)
        }
      }
    const words = [...this.#words.values()]
    this.#words.clear()
    await Promise.all([
      saveOrganisations(this.#tx, writes.organisations, dataset, this.#means.packOf, this.#deed),
      saveLocations(this.#tx, writes.locations, dataset, this.#deed),
      saveServices(this.#tx, writes.services, dataset, this.#deed),
      saveWords(this.#tx, words),
    ])
  }

  get #deed() {
    const { by, format } = this.#options
    return { account: by?.account ?? null, origin: by?.origin ?? 'command-line', deed: `import ${format}` }
  }

  async #finish(): Promise<void> {
    const report = this.#report
    const { dataset, format, by } = this.#options
    const missing = await missingServices(
      this.#tx,
      dataset,
      this.#accepted.size > 0 ? new Set(this.#lines.keys()) : new Set(),
    )
    report.missing = missing.length
    // an empty or unreadable file ends no services
    const removes = this.#options.removeMissing && this.#accepted.size > 0
    if (!this.#writes) return
    if (removes) {
      await endServices(this.#tx, missing, this.#deed)
      report.removed = missing.length
    }
    await sortSearchEntries(this.#tx)
    report.applied = true
    const { entries: _kept, ...kept } = report
    recordImport(this.#tx, {
      format,
      dataset,
      sha256: report.sha256,
      report: { ...kept, entries: report.entries.slice(0, 200) },
    })
    recordEvent(this.#tx, {
      act: 'directory.import',
      actor: by?.account ?? null,
      origin: by?.origin ?? 'command-line',
      outcome: 'done',
      about: {
        kind: 'dataset',
        id: dataset,
        detail: { format, sha256: report.sha256, ...report.counts, removed: report.removed },
      },
    })
  }
}

interface BatchWrites {
  organisations: OrganisationRow[]
  locations: LocationRow[]
  services: ServiceRow[]
}

interface Judged {
  line: number
  name: string | undefined
  reasons: readonly Reason[]
  notes: readonly Reason[]
  row: (() => ServiceRow) | undefined
  stored?: StoredService | undefined
  card?: ServiceRow['card']
  status?: ServiceRow['status']
  key?: string
}

/** As the database gives it back: without fields that are undefined. */
const plain = (card: object | undefined): object => JSON.parse(JSON.stringify(card ?? {}))
