import { inLocale, m } from '../../../platform/i18n/speech.ts'
import { locales } from '../../../platform/i18n/text.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { type ExportFormat, exportFiles } from './export-services.ts'

/** The data sets that stand on /open: formats with what they are for. */
export const offered = ['hsds', 'hsds-tabular', 'cards', 'cards-xlsx'] as const satisfies readonly ExportFormat[]

export const purposes: Readonly<Record<ExportFormat, () => string>> = {
  hsds: m.exchange_open_hsds,
  'hsds-tabular': m.exchange_open_tabular,
  cards: m.exchange_open_cards,
  'cards-xlsx': m.exchange_open_cards_xlsx,
}

const told = (words: () => string) =>
  locales.map((locale) => ({ '@language': locale, '@value': inLocale(locale, words) }))

/** The entry of the catalogue as DCAT-AP 3 in JSON-LD: one data set, its files, and the HSDS interface. */
export function dcatCatalogue(origin: string, regions: readonly Region[], modified: Date): object {
  const dataset = `${origin}/open#services`
  const names =
    regions.length > 0
      ? regions.flatMap((region) =>
          locales.flatMap((locale) =>
            region.names[locale] ? [{ '@language': locale, '@value': region.names[locale] }] : [],
          ),
        )
      : [{ '@language': 'en', '@value': 'Linden' }]
  const publisher = { '@id': `${origin}/#publisher`, '@type': 'foaf:Agent', 'foaf:name': names }
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@id': `${origin}/open/dcat`,
    '@type': 'dcat:Catalog',
    'dct:title': told(m.exchange_open_title),
    'dct:description': told(m.exchange_hsds_about),
    'dct:publisher': publisher,
    'foaf:homepage': { '@id': `${origin}/open`, '@type': 'foaf:Document' },
    'dct:modified': { '@type': 'xsd:dateTime', '@value': modified.toISOString() },
    'dcat:dataset': {
      '@id': dataset,
      '@type': 'dcat:Dataset',
      'dct:identifier': dataset,
      'dct:title': told(m.exchange_open_dataset),
      'dct:description': told(m.exchange_hsds_about),
      'dct:publisher': { '@id': publisher['@id'] },
      'dct:accrualPeriodicity': { '@id': 'http://publications.europa.eu/resource/authority/frequency/DAILY' },
      'dct:accessRights': { '@id': 'http://publications.europa.eu/resource/authority/access-right/PUBLIC' },
      'dct:modified': { '@type': 'xsd:dateTime', '@value': modified.toISOString() },
      'dcat:distribution': offered.map((format) => ({
        '@id': `${origin}/open/${exportFiles[format].name}`,
        '@type': 'dcat:Distribution',
        'dct:title': told(() => exportFiles[format].name),
        'dct:description': told(purposes[format]),
        'dcat:accessURL': { '@id': `${origin}/open` },
        'dcat:downloadURL': { '@id': `${origin}/open/${exportFiles[format].name}` },
        'dcat:mediaType': {
          '@id': `https://www.iana.org/assignments/media-types/${exportFiles[format].type.split(';')[0]}`,
        },
        ...(format.startsWith('hsds') ? { 'dct:conformsTo': { '@id': 'https://docs.openreferral.org/' } } : {}),
      })),
    },
    'dcat:service': {
      '@id': `${origin}/hsds`,
      '@type': 'dcat:DataService',
      'dct:title': told(m.exchange_open_api),
      'dcat:endpointURL': { '@id': `${origin}/hsds` },
      'dcat:endpointDescription': { '@id': `${origin}/hsds/openapi.json` },
      'dcat:servesDataset': { '@id': dataset },
    },
  }
}
