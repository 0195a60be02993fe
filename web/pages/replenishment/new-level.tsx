import { useSearch } from '@tanstack/react-router'
import { LevelForm } from './level-form.tsx'

export default function NewLevel() {
  const { productId }: { readonly productId?: unknown } = useSearch({ strict: false })
  return <LevelForm level={null} {...(typeof productId === 'string' && { productId })} />
}
