import { FormPage } from './form-page.tsx'

export default function New() {
  return <FormPage id={null} />
}
