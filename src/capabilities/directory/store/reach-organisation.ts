import { query, type Tx } from '../../../platform/db/database.ts'
import { Location, OrganisationProfile } from '../types.ts'

/** How an organisation is reached. */
export interface OrganisationReach {
  phone: string | undefined
  email: string | undefined
  address: Location['address']
}

/** How an organisation is reached: as it says of itself, else by its first place. Undefined where the directory does not know it. */
export async function reachOrganisation(tx: Tx, id: string): Promise<OrganisationReach | undefined> {
  const [row, places] = await Promise.all([
    tx.one(query.selectFrom('directory.organisation').select('profile').where('id', '=', id)),
    tx.all(
      query
        .selectFrom('directory.location')
        .select('details')
        .where('organisation_id', '=', id)
        .orderBy('slug')
        .limit(20),
    ),
  ])
  if (!row) return undefined
  const { phones, email } = OrganisationProfile.parse(row.profile)
  const locations = places.map(({ details }) => Location.parse(details))
  return {
    phone: [...phones, ...locations.flatMap((location) => location.phones)][0]?.number,
    email,
    address: locations.find(({ address }) => address?.street)?.address,
  }
}
