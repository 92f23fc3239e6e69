/** Builds the program where its sources are newer than what was built last, and only then. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const mark = join(root, 'dist/.sources')

/** The program that is built, and what runs it. */
export const program = join(root, 'dist/cli.js')

/** Whether this is a clone of the repository, from which the program can be built. */
export const hasSources = () => existsSync(join(root, 'src/cli.ts'))

/**
 * Builds unless `dist` was made from exactly these sources. Of several that start at once one builds, the others wait.
 * @returns whether anything was built
 * @throws Error where the build fails; its output says why
 */
export async function ensureBuilt() {
  if (!hasSources() || isCurrent()) return false
  const release = await alone()
  try {
    if (isCurrent()) return false
    // Before building: what changes meanwhile is built the next time.
    const made = sourcesMark()
    await runBuild()
    mkdirSync(dirname(mark), { recursive: true })
    writeFileSync(mark, made)
    return true
  } finally {
    release()
  }
}

function isCurrent() {
  return existsSync(program) && existsSync(mark) && readFileSync(mark, 'utf8') === sourcesMark()
}

/** Names, sizes and times of everything that the build reads; what the build itself writes into `src` is left out. */
function sourcesMark() {
  const files = [
    ...globSync('src/**/*.{ts,tsx,css,svg,sql,json}', {
      cwd: root,
      exclude: (name) => /\/(out|migrations\.generated\.ts)$|\.test\.tsx?$/.test(String(name)),
    }),
    ...globSync('project.inlang/settings.json', { cwd: root }),
    ...globSync('scripts/{build,collect-migrations,ensure-built}.mjs', { cwd: root }),
    'package-lock.json',
  ].sort()
  const hash = createHash('sha256')
  for (const file of files) {
    const facts = statSync(join(root, file), { throwIfNoEntry: false })
    if (facts) hash.update(`${file} ${facts.size} ${facts.mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** A process of its own, so that the compiler's memory does not stay with the server. */
async function runBuild() {
  const child = spawn(process.execPath, [join(root, 'scripts/build.mjs'), '--no-declarations'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await new Promise((done, fail) => child.once('exit', done).once('error', fail))
  if (code !== 0) throw new Error('The program could not be built; the lines above say why.')
}

/** A lock that the system frees however its holder ends: a socket to which nobody speaks. Elsewhere than on Linux none. */
async function alone() {
  if (process.platform !== 'linux') return () => {}
  const name = `\0linden-build-${createHash('sha256').update(root).digest('hex').slice(0, 24)}`
  for (;;) {
    const server = createServer((socket) => socket.destroy())
    const held = await new Promise((done, fail) => {
      server.once('error', (error) => (error.code === 'EADDRINUSE' ? done(false) : fail(error)))
      server.listen(name, () => done(true))
    })
    if (held) return () => server.close()
    await pause(50)
  }
}
