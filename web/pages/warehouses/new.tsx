import { WarehouseForm } from './warehouse-form.tsx'

export default function NewWarehouse() {
  return <WarehouseForm warehouse={null} />
}
