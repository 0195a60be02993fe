import { ListPage, loaderOf } from '../../patterns/index.ts'
import { customerList } from './lists.tsx'

export const loader = loaderOf(customerList)

export default function Customers() {
  return <ListPage list={customerList} />
}
