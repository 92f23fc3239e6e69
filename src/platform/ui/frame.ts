import type { Locale, Spoken } from '../i18n/text.ts'
import type { IconName } from './icons.tsx'

/** A link of a menu. `count` is how many things wait to be done there, never news. */
export interface Link {
  href: string
  label: string
  icon?: IconName
  current?: boolean
  count?: number
  /** the pages of this part of the platform, shown on each of them; the first one is the link itself */
  parts?: readonly Link[]
}

/** A telephone number that stands on every public page. */
export interface Telephone {
  label: Spoken
  number: string
  hours: Spoken | undefined
}

/** Everything around the content of a page: who looks, in which language and region, what they can reach from here. */
export interface Frame {
  locale: Locale
  scheme: 'auto' | 'light' | 'dark'
  /** path and query of this page */
  address: string
  region: { id: string; name: Spoken } | undefined
  /** those loaded; with more than one the menu lets a person choose (GET form to `/region?choose=…&back=…`) */
  regions: { id: string; name: Spoken }[]
  emergencies: Telephone[]
  helpline: (Telephone & { example: boolean }) | undefined
  person: { name: string } | undefined
  /** public navigation, only what exists; links with an icon (search) stand on the right */
  menu: Link[]
  /** sidebar and the phone's bar of five */
  work: { groups: { heading: string; links: Link[] }[]; bar: Link[] } | undefined
  /** show the sign-in link */
  signIn: boolean
  flash:
    | {
        kind: 'done' | 'warning'
        text: string
        undo: { action: string; fields: Record<string, string> } | undefined
      }
    | undefined
  /** address that "Leave this page" goes to, on pages about violence */
  leave: string | undefined
}
