import { formatMoment, formatNumber } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { DataTable } from '../../../platform/ui/table.tsx'
import { purposes } from '../exchange/dcat.ts'
import { type ExportFormat, exportFiles } from '../exchange/export-services.ts'

/** A file on the page: undefined size and moment where it is made when it is asked for. */
export interface OfferedFile {
  format: ExportFormat
  bytes: number | undefined
  made: Date | undefined
}

/** What anybody may take and use: files of the day, the interface, the catalogue entry. */
export function OpenDataPage({ files, timeZone }: { files: readonly OfferedFile[]; timeZone: string }) {
  return (
    <>
      <PageHead title={m.exchange_open_title()} lead={m.exchange_hsds_about()} />
      <Section id="files" heading={m.exchange_open_files()}>
        <DataTable
          caption={m.exchange_open_files_caption()}
          columns={[
            {
              id: 'file',
              label: m.exchange_open_file(),
              head: true,
              cell: ({ format }: OfferedFile) => (
                <a class="ln-link" href={`/open/${exportFiles[format].name}`} download>
                  <code>{exportFiles[format].name}</code>
                </a>
              ),
            },
            { id: 'for', label: m.exchange_open_for(), span: true, cell: ({ format }) => purposes[format]() },
            {
              id: 'size',
              label: m.exchange_open_size(),
              figures: true,
              cell: ({ bytes }) => (bytes === undefined ? '–' : sizeWords(bytes)),
            },
            {
              id: 'made',
              label: m.exchange_open_made(),
              cell: ({ made }) => (made ? formatMoment(made, timeZone) : m.exchange_open_on_demand()),
            },
          ]}
          rows={files}
        />
      </Section>
      <Section id="interface" heading={m.exchange_open_api()}>
        <p>{m.exchange_open_api_text()}</p>
        <ul>
          <li>
            <a class="ln-link" href="/hsds">
              <code>/hsds</code>
            </a>
          </li>
          <li>
            <a class="ln-link" href="/hsds/openapi.json">
              <code>/hsds/openapi.json</code>
            </a>
          </li>
          <li>
            <a class="ln-link" href="/hsds/profile">
              <code>/hsds/profile</code>
            </a>
          </li>
        </ul>
      </Section>
      <Section id="catalogue" heading={m.exchange_open_catalogue()}>
        <p>{m.exchange_open_catalogue_text()}</p>
        <p>
          <a class="ln-link" href="/open/dcat">
            <code>/open/dcat</code>
          </a>
        </p>
      </Section>
    </>
  )
}

const sizeWords = (bytes: number) =>
  bytes < 1_000_000
    ? `${formatNumber(Math.max(1, Math.round(bytes / 1000)))} kB`
    : `${formatNumber(bytes / 1_000_000, 1)} MB`
