import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { everyone } from '../../src/platform/access/permission.ts'
import { Door, type Route } from '../../src/platform/http/door.ts'
import { testHouse } from '../house.ts'
import { mayAnybody } from '../pages.ts'

const file = join(import.meta.dirname, '../open-routes.json')
const { house } = await testHouse({ env: { LINDEN_PACKS: '' } })

interface Open {
  route: string
  everyone: boolean
  /** why nothing is recorded; undefined where it is */
  unrecorded: string | undefined
}

/** Routes open to everyone, or without audit, in the order of their addresses. */
function openRoutes(routes: readonly Route[]): Open[] {
  return routes
    .flatMap((route): Open[] => {
      const { method, permission, audit } = guardOf(route)
      const unrecorded = typeof audit === 'string' ? undefined : audit.none
      if (!mayAnybody(permission) && unrecorded === undefined) return []
      return [{ route: `${method} ${route.address}`, everyone: mayAnybody(permission), unrecorded }]
    })
    .sort((a, b) => (a.route < b.route ? -1 : 1))
}

function guardOf(route: Route) {
  switch (route.kind) {
    case 'page':
      return { method: 'GET', ...route.guard }
    case 'raw':
      return { method: route.method.toUpperCase(), ...route.guard }
    case 'resource':
      return { method: 'GET', ...route.route }
    case 'form':
      return { method: 'POST', ...route.form.command }
    case 'command':
      return { method: route.route.method.toUpperCase(), ...route.route.command }
  }
}

const List = z.array(z.object({ route: z.string(), everyone: z.boolean(), unrecorded: z.string().optional() }))

test('routes open to everyone or without audit are those of test/open-routes.json', () => {
  const found = openRoutes(house.door.routes).map(
    (open) => JSON.parse(JSON.stringify(open)) as z.infer<typeof List>[number],
  )
  // UPDATE_LISTS=1 writes the list, for a person to read before it is committed
  if (process.env.UPDATE_LISTS) writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`)
  expect(found).toEqual(List.parse(JSON.parse(readFileSync(file, 'utf8'))))
})

test('a new open route is noticed', () => {
  const door = new Door()
  door.raw('post', '/planted', { permission: everyone, audit: { none: 'planted' } }, async () => new Response())
  expect(openRoutes(door.routes)).toEqual([{ route: 'POST /planted', everyone: true, unrecorded: 'planted' }])
})

test('every reason for recording nothing says something', () => {
  for (const { route, unrecorded } of openRoutes(house.door.routes))
    if (unrecorded !== undefined) expect([route, unrecorded.length > 8]).toEqual([route, true])
})
