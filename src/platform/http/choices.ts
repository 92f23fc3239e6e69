import { z } from 'zod'
import { everyone } from '../access/permission.ts'
import { Locale } from '../i18n/text.ts'
import type { Answer } from './answer.ts'
import { cookie } from './cookies.ts'
import type { Door } from './door.ts'
import { ownPath } from './same-origin.ts'

const back = z.string().max(2000).optional()
const reading = {
  permission: everyone,
  audit: { none: 'a choice of how pages look; it stays in the browser' },
} as const

/** The choices that everybody may make without an account: language, colours, region. They wait in a cookie of the browser. */
export function choiceRoutes(door: Door, options: { secure: boolean; regions(): readonly { id: string }[] }): void {
  const remember = (name: string, value: string, to: string | undefined): Answer => ({
    is: 'redirect',
    to: ownPath(to),
    cookies: [cookie(name, value, { days: 365, secure: options.secure })],
  })
  door.page('/language', { ...reading, query: z.object({ choose: Locale, back }) }, async ({ query }) =>
    remember('linden_locale', query.choose, query.back),
  )
  door.page(
    '/theme',
    { ...reading, query: z.object({ choose: z.enum(['auto', 'light', 'dark']), back }) },
    async ({ query }) => remember('linden_scheme', query.choose, query.back),
  )
  door.page('/region', { ...reading, query: z.object({ choose: z.string().max(60), back }) }, async ({ query }) =>
    options.regions().some((region) => region.id === query.choose)
      ? remember('linden_region', query.choose, query.back)
      : { is: 'notFound' },
  )
}
