/** What the generators of documents offer to tests, with the types that their scripts do not carry. */
import { checkEnvironmentTable as environment } from '../scripts/environment-table.mjs'
import { checkLicences as licences } from '../scripts/licences.mjs'
import { billOfMaterials as bill } from '../scripts/sbom.mjs'

interface Component {
  'bom-ref': string
  name: string
  licenses: unknown[]
  hashes?: { alg: string; content: string }[]
}

interface Bill {
  metadata: { component: Component }
  components: Component[]
  dependencies: { ref: string; dependsOn?: string[] }[]
}

export const checkEnvironmentTable = (): string | undefined => environment()
export const checkLicences = (): string | undefined => licences()
export const billOfMaterials = (): Bill => bill() as Bill
