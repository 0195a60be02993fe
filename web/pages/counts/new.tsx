import { CountForm } from './count-form.tsx'

export default function NewCount() {
  return <CountForm count={null} />
}
