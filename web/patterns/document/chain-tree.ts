import type { Chain } from '../../api/index.ts'
import { type ChainEdge, type ChainNode, columnOf } from './chain-layout.ts'

export interface Branch {
  readonly node: ChainNode
  /** Along which it hangs below the one above. */
  readonly via: readonly ChainEdge[]
  readonly children: readonly Branch[]
}

/** The chain as a tree from its sources; a document with two sources stands below the first. Pure. */
export function treeOf(chain: Chain): readonly Branch[] {
  const nodes = chain.nodes as readonly ChainNode[]
  const column = new Map(nodes.map((node) => [node.id, columnOf[node.kind]]))
  // A refund is linked from the payment to the credit; here what pays always stands below.
  const edges = chain.edges.map((edge) =>
    (column.get(edge.from) ?? 0) > (column.get(edge.to) ?? 0)
      ? { ...edge, from: edge.to, to: edge.from }
      : edge,
  )
  const targets = new Set(edges.map((edge) => edge.to))
  const seen = new Set<string>()
  const branch = (node: ChainNode, via: readonly ChainEdge[]): Branch => {
    const next = new Set(edges.filter((edge) => edge.from === node.id).map((edge) => edge.to))
    const own = nodes.filter((each) => next.has(each.id) && !seen.has(each.id))
    for (const each of own) seen.add(each.id)
    return {
      node,
      via,
      children: own.map((each) =>
        branch(
          each,
          edges.filter(({ from, to }) => from === node.id && to === each.id),
        ),
      ),
    }
  }
  const roots = nodes.filter((node) => !targets.has(node.id))
  for (const root of roots) seen.add(root.id)
  const branches = roots.map((root) => branch(root, []))
  // In a ring there is no root; nothing may be missing.
  const missing = nodes.filter((node) => !seen.has(node.id))
  for (const each of missing) seen.add(each.id)
  return [...branches, ...missing.map((node) => ({ node, via: [], children: [] }))]
}
