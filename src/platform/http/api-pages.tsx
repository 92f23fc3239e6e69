import { everyone } from '../access/permission.ts'
import { m } from '../i18n/speech.ts'
import { PageHead } from '../ui/page-head.tsx'
import { DataTable } from '../ui/table.tsx'
import { page } from './answer.ts'
import type { Door, Route } from './door.ts'

interface Row {
  method: string
  address: string
  summary: string
  says: string
  scope: string | undefined
}

const open = { permission: everyone, audit: { none: 'the description of the API is public' } } as const

/** The API described twice: for programs at /api/openapi.json, for people at /api. */
export function apiPages(door: Door, origin: string): void {
  let document: string | undefined
  door.raw('get', '/api/openapi.json', open, async () => {
    document ??= JSON.stringify(door.document(origin))
    return new Response(document, {
      headers: { 'content-type': 'application/json; charset=utf-8', 'access-control-allow-origin': '*' },
    })
  })
  door.page('/api', open, async () =>
    page(
      m.api_title(),
      <>
        <PageHead title={m.api_title()} lead={m.api_lead()} />
        <div class="ln-stack" data-gap="6">
          <ul>
            <li>
              <a href="/api/openapi.json">{m.api_document()}</a>
            </li>
            <li>
              <a href="/hsds">{m.api_hsds()}</a>
            </li>
          </ul>
          <p class="ln-read">{m.api_token_hint()}</p>
          <DataTable
            caption={m.api_title()}
            rows={door.routes.flatMap(rowOf)}
            columns={[
              {
                id: 'address',
                head: true,
                label: m.api_address(),
                cell: (row: Row) => (
                  <code>
                    {row.method} {row.address}
                  </code>
                ),
              },
              { id: 'does', label: m.api_does(), cell: (row: Row) => <span lang="en">{row.summary}</span> },
              { id: 'who', label: m.api_who(), cell: (row: Row) => <span lang="en">{row.says}</span> },
              {
                id: 'scope',
                label: m.api_scope(),
                cell: (row: Row) => (row.scope ? <code>{row.scope}</code> : m.api_no_scope()),
              },
            ]}
          />
        </div>
      </>,
    ),
  )
}

function rowOf(route: Route): Row[] {
  if (!route.address.startsWith('/api/')) return []
  if (route.kind === 'resource')
    return [
      {
        method: 'GET',
        address: route.address,
        summary: route.route.summary,
        says: route.route.permission.says,
        scope: route.route.scope,
      },
    ]
  if (route.kind === 'command')
    return [
      {
        method: route.route.method.toUpperCase(),
        address: route.address,
        summary: route.route.summary,
        says: route.route.command.permission.says,
        scope: route.route.scope,
      },
    ]
  return []
}
