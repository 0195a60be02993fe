import { useParams } from '@tanstack/react-router'
import { FormPage } from './form-page.tsx'

export default function Edit() {
  const { id = null } = useParams({ strict: false })
  return <FormPage id={id} />
}
