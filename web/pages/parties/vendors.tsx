import { ListPage } from '../../patterns/index.ts'
import { vendorList } from './lists.tsx'

export default function Vendors() {
  return <ListPage list={vendorList} />
}
