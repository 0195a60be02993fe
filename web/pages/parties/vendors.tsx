import { ListPage, loaderOf } from '../../patterns/index.ts'
import { vendorList } from './lists.tsx'

export const loader = loaderOf(vendorList)

export default function Vendors() {
  return <ListPage list={vendorList} />
}
