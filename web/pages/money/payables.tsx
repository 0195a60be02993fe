import { AgeingPage } from './ageing.tsx'

export default function Payables() {
  return <AgeingPage side="payables" />
}
