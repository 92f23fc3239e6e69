import { globSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import ts from 'typescript'
import { capabilities as order } from './collect-migrations.mjs'

/** Who may call a function of a store that writes. */
const mayWrite =
  /^src\/capabilities\/[^/]+\/((store|commands|jobs|demo)(\.tsx?$|\/)|pack-part\.ts$)|(\.(test|fixture)|-test-house)\.tsx?$/

/** Writes that are no act of anybody, and so no command: name of the function, and why. */
const noActs = {
  countUnmetSearch:
    'DIR-4: kind, area and day of a search that found nothing; nobody did anything, nothing is known of anybody',
}

const writingCalls = new Set(['insertInto', 'updateTable', 'deleteFrom', 'mergeInto', 'replaceInto'])
const writingSql =
  /\b(insert\s+into|delete\s+from|truncate|merge\s+into)\b|\bupdate\s+("?[a-z_]+"?\.)?"?[a-z_]+"?\s+(as\s+\w+\s+)?set\b/i

/**
 * Functions of stores that write, called from elsewhere than commands, jobs, the pack part, or demo data.
 * Looked at function by function, through all that a function calls within the stores of its capability.
 * @returns {{ rule: string, from: string, to: string }[]}
 */
export function uncommandedWrites(root) {
  const stores = new Map()
  for (const file of files(root, 'src/capabilities/*/{store.ts,store/**/*.ts}')) stores.set(file, readStore(root, file))
  const writes = (file, name, seen = new Set()) => {
    const key = `${file} ${name}`
    const found = stores.get(file)?.functions.get(name)
    if (!found || seen.has(key)) return false
    seen.add(key)
    if (found.writes) return true
    const { imported } = stores.get(file)
    return [...found.names].some((used) => {
      const from = imported.get(used)
      return from ? writes(from.file, from.name, seen) : writes(file, used, seen)
    })
  }
  const violations = []
  for (const file of files(root, 'src/capabilities/**/*.{ts,tsx}')) {
    if (mayWrite.test(file)) continue
    for (const { file: store, name } of importsOf(parse(root, file), file).values())
      if (stores.has(store) && !(name in noActs) && writes(store, name))
        violations.push({ rule: 'only-commands-and-jobs-write', from: file, to: `${store} ${name}` })
  }
  return violations
}

/** What every store may name besides its own schema. `jobs` and `thread` are reached through the platform. */
const common = new Set(['access', 'packs', 'pg_catalog', 'public'])

/**
 * Tables of other schemas, named in a store or a migration: `directory` may name directory.*, access.*, packs.*. A migration may hold on to tables of
 * the capabilities before its own too, and let its readers at files: keys, guards and policies that only the database can keep.
 * @returns {{ rule: string, from: string, to: string }[]}
 */
export function foreignTables(root) {
  const capabilities = globSync('src/capabilities/*', { cwd: root }).map((folder) => posix.basename(folder))
  const platform = globSync('src/platform/*/migrations/*.sql', { cwd: root }).flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/create schema (?:if not exists )?"?([a-z_]+)/gi),
  ])
  const schemas = new Set([
    ...capabilities,
    ...platform.map((match) => match[1]),
    'graphile_worker',
    'auth',
    'audit',
    'jobs',
  ])
  const table = new RegExp(`(?<![\\w.$])"?(${[...schemas].join('|')})"?\\."?[a-z_]+`, 'g')
  const violations = []
  const judge = (file, text, held = []) => {
    const own = file.split('/')[2]
    for (const [name, schema] of text.matchAll(table))
      if (schema !== own && !common.has(schema) && !held.includes(schema))
        violations.push({ rule: 'only-its-own-schema', from: file, to: name.replaceAll('"', '') })
  }
  for (const file of files(root, 'src/capabilities/*/{store.ts,store/**/*.ts}'))
    if (!/\.(test|fixture)\.ts$/.test(file)) judge(file, textsOf(parse(root, file)).join('\n'))
  for (const file of files(root, 'src/capabilities/*/migrations/*.sql'))
    judge(file, withoutGuards(readFileSync(join(root, file), 'utf8').replace(/--.*$/gm, '')), [
      'files',
      ...order.slice(0, Math.max(0, order.indexOf(file.split('/')[2]))),
    ])
  return violations
}

/** A capability may stand guard at the thread: what it keeps from the public must not be linked there by anybody. */
const withoutGuards = (migration) => migration.replace(/create trigger \w+ before insert on thread\.link/g, '')

function files(root, pattern) {
  return globSync(pattern, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
}

function parse(root, file) {
  return ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
}

/** Names that a file uses of other files of ours, types apart. */
function importsOf(source, file) {
  const names = new Map()
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue
    const from = statement.moduleSpecifier?.text
    if (!from?.startsWith('.')) continue
    const target = posix.join(dirname(file), from)
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : statement
    if (!clause || clause.isTypeOnly) continue
    const bindings = ts.isImportDeclaration(statement) ? clause.namedBindings : clause.exportClause
    for (const each of bindings?.elements ?? [])
      if (!each.isTypeOnly) names.set(each.name.text, { file: target, name: (each.propertyName ?? each.name).text })
  }
  return names
}

/** Top-level functions and values of a store: do they write themselves, and what do they use. */
function readStore(root, file) {
  const source = parse(root, file)
  const functions = new Map()
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name) functions.set(statement.name.text, look(statement))
    if (ts.isClassDeclaration(statement) && statement.name) functions.set(statement.name.text, look(statement))
    if (ts.isVariableStatement(statement))
      for (const declared of statement.declarationList.declarations)
        if (ts.isIdentifier(declared.name)) functions.set(declared.name.text, look(declared))
  }
  return { functions, imported: importsOf(source, file) }
}

function look(node) {
  const found = { writes: false, names: new Set() }
  const visit = (each) => {
    if (ts.isIdentifier(each)) {
      found.names.add(each.text)
      if (writingCalls.has(each.text)) found.writes = true
    } else if (isText(each) && writingSql.test(each.text)) found.writes = true
    ts.forEachChild(each, visit)
  }
  visit(node)
  return found
}

const isText = (node) =>
  ts.isStringLiteralLike(node) ||
  node.kind === ts.SyntaxKind.TemplateHead ||
  node.kind === ts.SyntaxKind.TemplateMiddle ||
  node.kind === ts.SyntaxKind.TemplateTail

/** Every text in a file, imports apart. */
function textsOf(source) {
  const texts = []
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (isText(node)) texts.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return texts
}
