import { AgeingPage } from './ageing.tsx'

export default function Receivables() {
  return <AgeingPage side="receivables" />
}
