import { createReadStream, openAsBlob } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import type { Config } from '../config/config.ts'

export type StorageKind = 'folder' | 's3'

/** Where encrypted bytes lie, each under a name of its own. */
export interface Storage {
  readonly kind: StorageKind
  /** Moves a finished file of this machine into the storage; whole or not at all. */
  put(name: string, file: string): Promise<void>
  /** @returns undefined where there is nothing of this name */
  get(name: string): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Does nothing where there is nothing of this name. */
  remove(name: string): Promise<void>
}

/** Every storage that may hold files: those handed in before S3 was set up stay where they are. */
export interface Storages {
  /** where new files go */
  readonly main: Storage
  of(kind: StorageKind): Storage
}

export const filesFolder = (config: Pick<Config, 'data'>): string => join(config.data, 'files')

/** @throws Error from `of('s3')` where a file lies in object storage and S3_ENDPOINT is not set */
export function storagesOf(config: Pick<Config, 'data' | 's3'>): Storages {
  const folder = folderStorage(filesFolder(config))
  const s3 = config.s3 ? s3Storage(config.s3) : undefined
  return {
    main: s3 ?? folder,
    of(kind) {
      if (kind === 'folder') return folder
      if (s3) return s3
      throw new Error('This file lies in object storage. Set S3_ENDPOINT and the other S3 variables.')
    },
  }
}

function folderStorage(folder: string): Storage {
  const place = (name: string) => join(folder, name.slice(-2), name)
  return {
    kind: 'folder',
    async put(name, file) {
      const target = place(name)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await rename(file, target)
      // A name is safe only when its folder has reached the disk too.
      await syncFolder(dirname(target))
      await syncFolder(folder)
    },
    async get(name) {
      const file = place(name)
      const there = await stat(file).catch(absent)
      return there ? createReadStream(file, { highWaterMark: 128 * 1024 }) : undefined
    },
    async remove(name) {
      await rm(place(name), { force: true })
    },
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const absent = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error
}

/** An answer of the object storage that is no success. Its text is left out: it repeats addresses and keys. */
export class StorageRefused extends Error {
  readonly code: string
  constructor(act: string, status: number) {
    super(`The object storage answered ${status} to ${act}. Check the S3 variables and the rights of their key.`)
    this.name = 'StorageRefused'
    this.code = String(status)
  }
}

function s3Storage({ endpoint, bucket, accessKey, secretKey, region }: NonNullable<Config['s3']>): Storage {
  const client = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    service: 's3',
    region,
    retries: 3,
  })
  const address = (name: string) => `${endpoint.replace(/\/+$/, '')}/${bucket}/${name}`
  const send = (method: string, name: string, body?: Blob) =>
    client.fetch(address(name), {
      method,
      ...(body ? { body } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(300_000),
    })
  return {
    kind: 's3',
    async put(name, file) {
      // A blob of a file knows its length and is read as it is sent.
      const answer = await send('PUT', name, await openAsBlob(file, { type: 'application/octet-stream' }))
      await answer.body?.cancel()
      if (!answer.ok) throw new StorageRefused('PUT', answer.status)
      await rm(file, { force: true })
    },
    async get(name) {
      const answer = await send('GET', name)
      if (answer.ok && answer.body) return answer.body as unknown as AsyncIterable<Uint8Array>
      await answer.body?.cancel()
      if (answer.status === 404) return undefined
      throw new StorageRefused('GET', answer.status)
    },
    async remove(name) {
      const answer = await send('DELETE', name)
      await answer.body?.cancel()
      if (!answer.ok && answer.status !== 404) throw new StorageRefused('DELETE', answer.status)
    },
  }
}

/** Removes what uploads left that were cut by the end of the program. @param before files last changed before this moment */
export async function sweepIncoming(folder: string, before: Date): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const file = join(folder, name)
    const there = await stat(file).catch(absent)
    if (there && there.mtime < before) await rm(file, { force: true })
  }
}
