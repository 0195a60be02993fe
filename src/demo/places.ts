import type { InnerApi } from './inner-api.ts'

export interface Places {
  /** The main warehouse. */
  readonly main: string
  /** The second one, with shelves. */
  readonly west: string
  /** Shelves of the second one, by code. */
  readonly shelves: Readonly<Record<string, string>>
}

/** A second warehouse with aisles and shelves beside the main one that every company has. */
export async function makePlaces(api: InnerApi): Promise<Places> {
  const [main] = (await api.get('/warehouses')).items
  if (main === undefined) throw new Error('the company of the demo has no warehouse')
  await api.patch(`/warehouses/${main.id}`, {
    address: { line1: '8 Anchor Lane', city: 'Singapore', postalCode: '078881', country: 'SG' },
  })
  const west = await api.post('/warehouses', {
    code: 'WEST',
    name: 'Jurong West',
    address: { line1: '21 Kiln Road', city: 'Singapore', postalCode: '619521', country: 'SG' },
  })
  const shelves: Record<string, string> = {}
  for (const aisle of ['A', 'B']) {
    const { id: parentId } = await api.post('/locations', {
      warehouseId: west.id,
      code: aisle,
      name: `Aisle ${aisle}`,
    })
    for (const shelf of ['01', '02', '03']) {
      const code = `${aisle}-${shelf}`
      const made = await api.post('/locations', { warehouseId: west.id, parentId, code })
      shelves[code] = made.id
    }
  }
  await api.post('/locations', {
    warehouseId: west.id,
    code: 'COOL',
    name: 'Cool room, for goods to be inspected',
    type: 'quarantine',
  })
  return { main: main.id, west: west.id, shelves }
}
