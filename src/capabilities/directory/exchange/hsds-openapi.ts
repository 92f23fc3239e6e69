import { type Parameter, type ParameterName, parameters } from './hsds-parameters.ts'

/** One endpoint of the HSDS API: its address below /hsds, its parameters, and which published schema its answers keep. */
export interface Endpoint {
  path: string
  says: string
  parameters: readonly ParameterName[]
  /** file of the published schemas, below `schema/` */
  schema: string
  list: boolean
}

const paging = ['page', 'per_page', 'format', 'lang'] as const
const taxonomies = ['taxonomy_term_id', 'taxonomy_id'] as const

/** The endpoints of HSDS 3.2 in the order of the specification. */
export const endpoints = {
  services: {
    path: '/services',
    says: 'Services',
    parameters: ['search', ...taxonomies, 'organization_id', 'modified_after', 'minimal', 'full', ...paging],
    schema: 'compiled/service_list.json',
    list: true,
  },
  service: {
    path: '/services/{id}',
    says: 'One service, fully nested',
    parameters: ['lang'],
    schema: 'compiled/service.json',
    list: false,
  },
  taxonomies: {
    path: '/taxonomies',
    says: 'Taxonomies',
    parameters: ['search', ...paging],
    schema: 'taxonomy.json',
    list: true,
  },
  taxonomy: {
    path: '/taxonomies/{id}',
    says: 'One taxonomy',
    parameters: ['lang'],
    schema: 'taxonomy.json',
    list: false,
  },
  terms: {
    path: '/taxonomy_terms',
    says: 'Terms of the taxonomies',
    parameters: ['search', 'taxonomy_id', 'top_only', 'parent_id', ...paging],
    schema: 'taxonomy_term.json',
    list: true,
  },
  term: {
    path: '/taxonomy_terms/{id}',
    says: 'One term',
    parameters: ['lang'],
    schema: 'taxonomy_term.json',
    list: false,
  },
  organizations: {
    path: '/organizations',
    says: 'Organizations',
    parameters: ['search', 'full_service', 'full', ...taxonomies, ...paging],
    schema: 'compiled/organization_list.json',
    list: true,
  },
  organization: {
    path: '/organizations/{id}',
    says: 'One organization with its services',
    parameters: ['full_service', 'lang'],
    schema: 'compiled/organization.json',
    list: false,
  },
  serviceAtLocations: {
    path: '/service_at_locations',
    says: 'Services at their locations',
    parameters: [
      'search',
      ...taxonomies,
      'organization_id',
      'modified_after',
      'full',
      'postcode',
      'proximity',
      ...paging,
    ],
    schema: 'compiled/service_at_location_list.json',
    list: true,
  },
  serviceAtLocation: {
    path: '/service_at_locations/{id}',
    says: 'One service at one location, fully nested',
    parameters: ['lang'],
    schema: 'compiled/service_at_location.json',
    list: false,
  },
} as const satisfies Record<string, Endpoint>

const published = 'https://raw.githubusercontent.com/openreferral/specification/3.2/schema/'
const types: Readonly<Record<Parameter['type'], object>> = {
  text: { type: 'string' },
  count: { type: 'integer', minimum: 1 },
  flag: { type: 'boolean' },
  id: { type: 'string', format: 'uuid' },
  moment: { type: 'string', format: 'date-time' },
  metres: { type: 'string', pattern: '^\\d+(\\.\\d+)?$' },
  format: { type: 'string', enum: ['json', 'ndjson'] },
  language: { type: 'string', enum: ['en', 'uk', 'da', 'de'] },
}

/** The OpenAPI 3.1 document of the HSDS API. Answers refer to the published schemas instead of repeating them. */
export function hsdsOpenApi(origin: string): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Services of this region in HSDS', version: '3.2', description: `Profile: ${origin}/hsds/profile` },
    servers: [{ url: `${origin}/hsds` }],
    paths: Object.fromEntries(
      Object.entries(endpoints as Record<string, Endpoint>).map(([name, endpoint]) => [
        endpoint.path,
        {
          ...(endpoint.list ? {} : { parameters: [{ name: 'id', in: 'path', required: true, schema: types.id }] }),
          get: operation(name, endpoint, 'get'),
          ...(endpoint.list ? { post: operation(name, endpoint, 'post') } : {}),
        },
      ]),
    ),
  }
}

function operation(name: string, endpoint: Endpoint, method: 'get' | 'post'): object {
  const item = { $ref: published + endpoint.schema }
  const page = {
    type: 'object',
    required: ['empty', 'contents'],
    properties: {
      total_items: { type: 'integer' },
      total_pages: { type: 'integer' },
      page_number: { type: 'integer' },
      size: { type: 'integer' },
      first_page: { type: 'boolean' },
      last_page: { type: 'boolean' },
      empty: { type: 'boolean' },
      contents: { type: 'array', items: item },
    },
  }
  return {
    operationId: `${method}_${name}`,
    summary: endpoint.says,
    parameters: endpoint.parameters.map((parameter) => ({
      name: parameter,
      in: 'query',
      required: false,
      description: parameters[parameter].says,
      schema: types[parameters[parameter].type],
    })),
    responses: {
      200: { description: 'done', content: { 'application/json': { schema: endpoint.list ? page : item } } },
      400: {
        description: 'a parameter is wrong; `errors` names it',
        content: { 'application/problem+json': { schema: { type: 'object' } } },
      },
      ...(endpoint.list
        ? {}
        : {
            404: {
              description: 'nothing has this id',
              content: { 'application/problem+json': { schema: { type: 'object' } } },
            },
          }),
    },
  }
}
