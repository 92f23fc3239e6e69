import { currentLocale } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import type {
  FileRow,
  ItemRow,
  MeetingRow,
  MembershipRow,
  OrganizationRow,
  PaperRow,
  TermRow,
  Timed,
} from '../../store/oparl/read-oparl.ts'

/** A thing of OParl 1.1 as JSON. */
export type OparlObject = Record<string, unknown> & { id: string; type: string }

/** Where OParl begins on this instance. */
export const root = '/open/oparl'

/** Makes the objects of OParl 1.1 from what is stored; each is named by its own address. */
export class Oparl {
  readonly #origin: string

  constructor(origin: string) {
    this.#origin = origin
  }

  url(path: string): string {
    return `${this.#origin}${root}${path}`
  }

  #web(path: string): string {
    return `${this.#origin}${path}`
  }

  #begin(type: string, path: string, of?: Pick<Timed, 'created' | 'modified'>): OparlObject {
    return {
      id: this.url(path),
      type: `https://schema.oparl.org/1.1/${type}`,
      ...(of ? { created: of.created.toISOString(), modified: of.modified.toISOString() } : {}),
    }
  }

  /** What is gone: its id, when it went, and nothing else. */
  #gone(type: string, path: string, of: Timed): OparlObject {
    return { ...this.#begin(type, path, of), deleted: true }
  }

  system(name: string): OparlObject {
    return {
      ...this.#begin('System', ''),
      oparlVersion: 'https://schema.oparl.org/1.1/',
      body: this.url('/bodies'),
      name,
      website: this.#origin,
      web: this.#web('/meetings'),
    }
  }

  /** A region is what OParl calls a body. @param pack id */
  body(pack: string, name: string, terms: readonly TermRow[]): OparlObject {
    const list = (what: string) => this.url(`/bodies/${pack}/${what}`)
    return {
      ...this.#begin('Body', `/bodies/${pack}`),
      system: this.url(''),
      name,
      organization: list('organizations'),
      person: list('persons'),
      membership: list('memberships'),
      meeting: list('meetings'),
      agendaItem: list('agendaItems'),
      paper: list('papers'),
      consultation: list('consultations'),
      file: list('files'),
      locationList: list('locations'),
      // only where a source says for how long bodies are elected
      legislativeTerm: terms.map((term) => this.legislativeTerm(term)),
      legislativeTermList: list('legislativeTerms'),
      web: this.#web(`/bodies?region=${pack}`),
    }
  }

  legislativeTerm(row: TermRow): OparlObject {
    return {
      ...this.#begin('LegislativeTerm', `/legislativeTerms/${row.id}`, row),
      body: this.url(`/bodies/${row.pack}`),
      name: `${speak(row.names, currentLocale()).words}, ${row.starts.slice(0, 4)}–${row.until.slice(0, 4)}`,
      startDate: row.starts,
      endDate: row.until,
    }
  }

  organization(row: OrganizationRow, members: readonly string[]): OparlObject {
    const { profile } = row
    const kinds = {
      council: 'Gremium',
      secretariat: 'Verwaltungsbereich',
      network: 'Sonstiges',
      neighbour: 'Sonstiges',
    } as const
    return {
      ...this.#begin('Organization', `/organizations/${profile.slug}`, row),
      body: this.url(`/bodies/${row.pack}`),
      name: speak(profile.names, currentLocale()).words,
      organizationType: kinds[profile.kind as keyof typeof kinds] ?? 'Gremium',
      meeting: this.url(`/organizations/${profile.slug}/meetings`),
      membership: members.map((id) => this.url(`/memberships/${id}`)),
      ...(profile.adHoc ? { startDate: profile.adHoc.begins } : {}),
      web: this.#web(`/bodies/${profile.slug}`),
    }
  }

  membership(row: MembershipRow): OparlObject {
    const rule = row.profile.seats.find(({ slug }) => slug === row.seat.split('/')[0])
    return {
      ...this.#begin('Membership', `/memberships/${row.id}`, row),
      person: this.url(`/persons/${row.id}`),
      organization: this.url(`/organizations/${row.profile.slug}`),
      ...(rule ? { role: speak(rule.names, currentLocale()).words, votingRight: rule.role !== 'attendant' } : {}),
      startDate: row.since,
      ...(row.until ? { endDate: row.until } : {}),
    }
  }

  /** Whoever holds a seat, by name or organisation; never how to reach them. */
  person(row: MembershipRow): OparlObject {
    const organisation = row.organisation && speak(row.organisation, currentLocale()).words
    return {
      ...this.#begin('Person', `/persons/${row.id}`, row),
      body: this.url(`/bodies/${row.pack}`),
      name: row.name ?? organisation ?? row.seat,
      membership: [this.membership(row)],
    }
  }

  location(row: MeetingRow): OparlObject {
    return {
      ...this.#begin('Location', `/locations/${row.id}`, row),
      description: row.place ?? '',
      meetings: [this.url(`/meetings/${row.id}`)],
    }
  }

  meeting(row: MeetingRow, items: readonly ItemRow[], files: readonly FileRow[]): OparlObject {
    const states = {
      planned: 'terminiert',
      invited: 'eingeladen',
      held: 'durchgeführt',
      approved: 'durchgeführt',
    } as const
    return {
      ...this.#begin('Meeting', `/meetings/${row.id}`, row),
      name: row.title ?? speak(row.names, currentLocale()).words,
      meetingState: states[row.state as keyof typeof states] ?? 'terminiert',
      cancelled: row.state === 'cancelled',
      start: row.starts_at.toISOString(),
      ...(row.ends_at ? { end: row.ends_at.toISOString() } : {}),
      ...(row.place ? { location: this.location(row) } : {}),
      organization: [this.url(`/organizations/${row.body}`)],
      ...(row.agenda_published_at ? { invitation: this.agendaFile(row, row.agenda_published_at) } : {}),
      ...(row.version && row.approved_at ? { resultsProtocol: this.minutesFile(row, row.approved_at) } : {}),
      ...(files.length > 0 ? { auxiliaryFile: files.map((file) => this.file(file)) } : {}),
      agendaItem: items.map((item) => this.agendaItem(item)),
      web: this.#web(`/meetings/${row.id}`),
    }
  }

  agendaFile(row: MeetingRow, at: Date): OparlObject {
    return this.#pdf(row, 'agenda', at)
  }

  minutesFile(row: MeetingRow, at: Date): OparlObject {
    return this.#pdf(row, 'minutes', at)
  }

  #pdf(row: MeetingRow, what: 'agenda' | 'minutes', at: Date): OparlObject {
    return {
      ...this.#begin('File', `/files/${what}-${row.id}`, {
        created: at,
        modified: row.modified > at ? row.modified : at,
      }),
      name: what,
      fileName: `${row.body}-${what}.pdf`,
      mimeType: 'application/pdf',
      date: at.toISOString().slice(0, 10),
      accessUrl: this.#web(`/meetings/${row.id}/${what}.pdf`),
      downloadUrl: this.#web(`/meetings/${row.id}/${what}.pdf`),
      meeting: [this.url(`/meetings/${row.id}`)],
    }
  }

  file(row: FileRow): OparlObject {
    if (row.deleted)
      // an address is asked for even of what is gone
      return { ...this.#gone('File', `/files/${row.id}`, row), accessUrl: this.#web(`/meetings/papers/${row.id}`) }
    return {
      ...this.#begin('File', `/files/${row.id}`, row),
      name: row.name,
      fileName: row.name,
      mimeType: row.type,
      size: Number(row.size),
      date: row.created.toISOString().slice(0, 10),
      accessUrl: this.#web(`/meetings/papers/${row.id}`),
      downloadUrl: this.#web(`/meetings/papers/${row.id}`),
      meeting: [this.url(`/meetings/${row.meeting}`)],
      agendaItem: [this.url(`/agendaItems/${row.item}`)],
    }
  }

  agendaItem(row: ItemRow): OparlObject {
    if (row.deleted) return { ...this.#gone('AgendaItem', `/agendaItems/${row.id}`, row), order: row.place }
    return {
      ...this.#begin('AgendaItem', `/agendaItems/${row.id}`, row),
      meeting: this.url(`/meetings/${row.meeting}`),
      order: row.place,
      name: row.title,
      public: !row.secret,
      ...(row.matter ? { consultation: this.url(`/consultations/${row.id}`) } : {}),
      ...(row.outcome ? { result: row.outcome } : {}),
      ...(row.decision ? { resolutionText: speak(row.decision, currentLocale()).words } : {}),
      web: this.#web(`/meetings/${row.meeting}`),
    }
  }

  /** That a paper was dealt with on an item: what OParl calls a consultation. */
  consultation(row: ItemRow): OparlObject {
    if (row.deleted) return this.#gone('Consultation', `/consultations/${row.id}`, row)
    return {
      ...this.#begin('Consultation', `/consultations/${row.id}`, row),
      ...(row.matter ? { paper: this.url(`/papers/${row.matter}`) } : {}),
      agendaItem: this.url(`/agendaItems/${row.id}`),
      meeting: this.url(`/meetings/${row.meeting}`),
      organization: [this.url(`/organizations/${row.body}`)],
      authoritative: row.outcome !== null,
    }
  }

  paper(row: PaperRow): OparlObject {
    return {
      ...this.#begin('Paper', `/papers/${row.id}`, row),
      body: this.url(`/bodies/${row.pack}`),
      name: speak(row.title, currentLocale()).words,
      date: row.raised,
      ...(row.kind ? { paperType: speak(row.kind, currentLocale()).words } : {}),
      ...(row.body_public ? { underDirectionOf: [this.url(`/organizations/${row.body}`)] } : {}),
      consultation: row.items.map(({ item, meeting, body, decides }) => ({
        ...this.#begin('Consultation', `/consultations/${item}`),
        paper: this.url(`/papers/${row.id}`),
        agendaItem: this.url(`/agendaItems/${item}`),
        meeting: this.url(`/meetings/${meeting}`),
        organization: [this.url(`/organizations/${body}`)],
        authoritative: decides,
      })),
      web: this.#web(`/matters/${row.id}`),
    }
  }
}
