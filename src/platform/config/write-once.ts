import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/**
 * Gives a file its content unless it has one, readable by its owner alone.
 * Written beside and linked into place: a cut leaves no half file, and of two writers at once one wins.
 * @returns what the file holds now, its own or what was there
 * @throws the system's error where the folder cannot be written
 */
export function writeOnce(file: string, content: string): string {
  mkdirSync(dirname(file), { recursive: true })
  const beside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const handle = openSync(beside, 'wx', 0o600)
  try {
    chmodSync(beside, 0o600)
    writeSync(handle, content)
    fsyncSync(handle)
    linkSync(beside, file)
    return content
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(handle)
    rmSync(beside, { force: true })
  }
}
