import { ListPage } from '../../patterns/index.ts'
import { customerList } from './lists.tsx'

export default function Customers() {
  return <ListPage list={customerList} />
}
