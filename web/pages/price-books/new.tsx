import { PriceBookForm } from './price-book-form.tsx'

export default function NewPriceBook() {
  return <PriceBookForm book={null} prices={[]} />
}
