import { z } from 'zod'
import type { Door } from '../../../platform/http/door.ts'
import { addService } from '../commands/add-service.ts'
import { changeService } from '../commands/change-service.ts'
import { restoreVersion } from '../commands/restore-version.ts'
import { setStatus } from '../commands/set-status.ts'
import { Slug } from '../types.ts'
import { slugParams } from './editing-cards.tsx'

const Changed = z.object({ slug: Slug, version: z.number().int(), proposal: z.uuid().optional() })
const writing = { tag: 'Directory', scope: 'directory:write' } as const

/** Changing the directory over JSON: the same commands as the forms, with the same permissions. */
export function editingApi(door: Door): void {
  door.command('/api/v1/services', {
    ...writing,
    method: 'post',
    summary: 'Add a card',
    command: addService,
    response: Changed.extend({ id: z.uuid() }),
    status: 201,
  })
  door.command('/api/v1/services/{slug}', {
    ...writing,
    method: 'put',
    summary: 'Change a card; `If-Match` carries the version that the change is based on',
    command: changeService,
    params: slugParams,
    response: Changed,
  })
  door.command('/api/v1/services/{slug}/restore', {
    ...writing,
    method: 'post',
    summary: 'Make an old version the newest again; `If-Match` carries the present version',
    command: restoreVersion,
    params: slugParams,
    response: Changed,
  })
  door.command('/api/v1/services/{slug}/status', {
    ...writing,
    method: 'put',
    summary: 'Open, close for now, or end a service; `If-Match` carries the present version',
    command: setStatus,
    params: slugParams,
    response: Changed,
  })
}
