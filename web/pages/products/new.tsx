import { ProductForm } from './product-form.tsx'

export default function NewProduct() {
  return <ProductForm product={null} />
}
