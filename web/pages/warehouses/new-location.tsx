import { useParams } from '@tanstack/react-router'
import { LocationForm } from './location-form.tsx'

export default function NewLocation() {
  const { id = '' } = useParams({ strict: false })
  return <LocationForm key={id} warehouseId={id} location={null} />
}
