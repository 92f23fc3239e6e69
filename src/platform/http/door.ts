import { OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi'
import type { AuditName, Command, Strict } from '../access/command.ts'
import type { Outcome } from '../access/outcome.ts'
import type { Permission } from '../access/permission.ts'
import type { AddressLimit } from '../limits/limit.ts'
import type { Answer } from './answer.ts'
import type { Fields } from './form-fields.ts'
import type { ReceivedUpload, Uploads } from './uploads.ts'
import type { Visit } from './visit.ts'

/** A reading that is not recorded says why. */
export type Audited = AuditName | { none: string }

/** What every route declares; one without permission or audit event does not compile. */
interface Guarded {
  permission: Permission<object> & Strict<object>
  audit: Audited
  /** how often visitors without an account may ask; 429 with the time to wait beyond it */
  limit?: AddressLimit
}

export interface PageRoute<Params extends z.ZodType, Query extends z.ZodType> extends Guarded {
  params?: Params
  /** what the address may carry; anything else in it is ignored, a malformed value is 400 with its name */
  query?: Query
  /** for how many seconds visitors without an account may be shown the same rendering; only for pages that are the same for all of them */
  keepSeconds?: number
}

export interface FormRoute<
  Schema extends z.ZodType,
  Subject,
  Result,
  Params extends z.ZodType,
  Taken extends Uploads | undefined = undefined,
> {
  command: Command<Schema, Subject, Result>
  params?: Params
  /** the form takes files: they are received and encrypted while they come, and belong to nothing until the command keeps them */
  uploads?: Taken
  /**
   * May files of this sender be received at all, before the command judges what was typed? Where it is not said, who has signed in may, and
   * everybody where the command is open to everybody or acts on an errand. A form behind a link from a letter looks at the link here, so that
   * a stranger who guesses stores nothing. Files of others are passed over, and the command sees none.
   */
  admits?(visit: Visit<z.output<Params>>): boolean | Promise<boolean>
  /** turns what was typed into the command's input; the schema of the command judges it. Only a form that takes files gets any. */
  input(
    fields: Record<string, unknown>,
    visit: Visit<z.output<Params>>,
    ...files: Taken extends undefined ? [] : [uploads: readonly ReceivedUpload[]]
  ): unknown
  /** false where secrets are typed: then nothing waits for a sender whose session has ended */
  kept?: false
  done(result: Result, visit: Visit<z.output<Params>>): Answer | Promise<Answer>
  /** the form again, with what was typed and what is wrong with it */
  again(typed: Fields, outcome: Exclude<Outcome<Result>, { is: 'ok' }>, visit: Visit<z.output<Params>>): Promise<Answer>
}

export interface ResourceRoute<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>
  extends Guarded {
  summary: string
  tag: string
  /** token scope that reading needs; public resources have none */
  scope?: string
  params?: Params
  query?: Query
  response: Body
}

export interface CommandRoute<Schema extends z.ZodType, Subject, Result, Params extends z.ZodType> {
  method: 'post' | 'put' | 'patch' | 'delete'
  summary: string
  tag: string
  scope: string
  command: Command<Schema, Subject, Result>
  params?: Params
  /** joins the address's parameters and the `If-Match` version with the body; default: `{ ...body, ...params, version }` */
  input?(body: unknown, params: z.output<Params>, version: number | undefined): unknown
  response: z.ZodType
  status?: 200 | 201
}

/** A JSON answer of a resource: the value, and its version where the thing has one (becomes the ETag). */
export type Resource<T> =
  | { is: 'ok'; value: T; version?: number }
  | { is: 'notFound' }
  | { is: 'bad'; path: string; message: string }

/** A form of any kind, as the web server sees it. */
type AnyForm = FormRoute<z.ZodType, unknown, unknown, z.ZodType, Uploads>

export type Raw = (visit: Visit) => Promise<Response>

export type Route =
  | {
      kind: 'page'
      address: string
      guard: Guarded
      params: z.ZodType | undefined
      query: z.ZodType | undefined
      keepSeconds: number
      show(visit: Visit): Promise<Answer>
    }
  | { kind: 'form'; address: string; form: AnyForm }
  | {
      kind: 'resource'
      address: string
      route: ResourceRoute<z.ZodType, z.ZodType, z.ZodType>
      read(visit: Visit): Promise<Resource<unknown>>
    }
  | { kind: 'command'; address: string; route: CommandRoute<z.ZodType, unknown, unknown, z.ZodType> }
  | { kind: 'raw'; method: 'get' | 'post' | 'options'; address: string; guard: Guarded; answer: Raw }

/**
 * The only way to an address. Capabilities hand their routes in here and never see the web server.
 * Addresses are written as in OpenAPI: `/services/{slug}`.
 */
export class Door {
  readonly routes: Route[] = []
  readonly #api = new OpenAPIHono()

  constructor() {
    this.#api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
      type: 'http',
      scheme: 'bearer',
      description: 'A token of your account: /account',
    })
  }

  /** A page that is read. */
  page<Params extends z.ZodType, Query extends z.ZodType>(
    address: string,
    route: PageRoute<Params, Query>,
    show: (visit: Visit<z.output<Params>, z.output<Query>>) => Promise<Answer>,
  ): this {
    const { params, query, keepSeconds = 0, ...guard } = route
    this.routes.push({
      kind: 'page',
      address,
      guard,
      params,
      query,
      keepSeconds,
      show: show as (visit: Visit) => Promise<Answer>,
    })
    return this
  }

  /** A form that is sent; permission and audit event are those of its command. */
  form<
    Schema extends z.ZodType,
    Subject,
    Result,
    Params extends z.ZodType,
    Taken extends Uploads | undefined = undefined,
  >(address: string, form: FormRoute<Schema, Subject, Result, Params, Taken>): this {
    this.routes.push({ kind: 'form', address, form: form as unknown as AnyForm })
    return this
  }

  /** A JSON resource that is read; stands in the OpenAPI document when its address lies under /api/. */
  resource<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
    address: string,
    route: ResourceRoute<Params, Query, Body>,
    read: (visit: Visit<z.output<Params>, z.output<Query>>) => Promise<Resource<z.input<Body>>>,
  ): this {
    this.routes.push({
      kind: 'resource',
      address,
      route: route as unknown as ResourceRoute<z.ZodType, z.ZodType, z.ZodType>,
      read: read as unknown as (visit: Visit) => Promise<Resource<unknown>>,
    })
    this.#describe(
      'get',
      address,
      route.summary,
      route.tag,
      route.permission.says,
      route.scope,
      {
        ...(route.params ? { params: route.params } : {}),
        ...(route.query ? { query: route.query } : {}),
      },
      route.response,
      200,
    )
    return this
  }

  /** A command over JSON. */
  command<Schema extends z.ZodType, Subject, Result, Params extends z.ZodType>(
    address: string,
    route: CommandRoute<Schema, Subject, Result, Params>,
  ): this {
    this.routes.push({
      kind: 'command',
      address,
      route: route as unknown as CommandRoute<z.ZodType, unknown, unknown, z.ZodType>,
    })
    this.#describe(
      route.method,
      address,
      route.summary,
      route.tag,
      route.command.permission.says,
      route.scope,
      {
        ...(route.params ? { params: route.params } : {}),
        body: { required: true, content: { 'application/json': { schema: route.command.input } } },
      },
      route.response,
      route.status ?? 200,
    )
    return this
  }

  /** An answer of a shape that others have standardised (HSDS, probes, streams). Still guarded, still audited. */
  raw(method: 'get' | 'post' | 'options', address: string, guard: Guarded, answer: Raw): this {
    this.routes.push({ kind: 'raw', method, address, guard, answer })
    return this
  }

  /** The OpenAPI 3.1 document of all addresses under /api/, made from the same schemas that judge requests. @param origin scheme, host and port */
  document(origin: string): object {
    return this.#api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Linden',
        version: '1',
        license: { name: 'EUPL-1.2', url: 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12' },
        description:
          'Lists come in pages: `{ "items": [], "next": "…" | null }`. Errors are `application/problem+json` with `errors: [{ "path", "message" }]`. Every POST takes an `Idempotency-Key`, every change an `If-Match`.',
      },
      servers: [{ url: origin }],
    })
  }

  #describe(
    method: 'get' | CommandRoute<z.ZodType, unknown, unknown, z.ZodType>['method'],
    address: string,
    summary: string,
    tag: string,
    says: string,
    scope: string | undefined,
    request: object,
    response: z.ZodType,
    status: number,
  ): void {
    if (!address.startsWith('/api/')) return
    this.#api.openAPIRegistry.registerPath({
      method,
      path: address,
      summary,
      tags: [tag],
      description: `${says}.`,
      ...(scope ? { security: [{ token: [scope] }] } : { security: [] }),
      request,
      responses: { [status]: { description: 'done', content: { 'application/json': { schema: response } } } },
    } as RouteConfig)
  }
}
