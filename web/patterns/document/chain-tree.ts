import type { Chain } from '../../api/index.ts'
import { type ChainNode, columnOf } from './chain-layout.ts'

export interface Branch {
  readonly node: ChainNode
  readonly children: readonly Branch[]
}

/** The chain as a tree from its sources; a document with two sources stands below the first. Pure. */
export function treeOf(chain: Chain): readonly Branch[] {
  const nodes = chain.nodes as readonly ChainNode[]
  const column = new Map(nodes.map((node) => [node.id, columnOf[node.kind]]))
  // A refund is linked from the payment to the credit; here what pays always stands below.
  const edges = chain.edges.map(({ from, to }) =>
    (column.get(from) ?? 0) > (column.get(to) ?? 0) ? { from: to, to: from } : { from, to },
  )
  const targets = new Set(edges.map((edge) => edge.to))
  const seen = new Set<string>()
  const branch = (node: ChainNode): Branch => {
    const next = new Set(edges.filter((edge) => edge.from === node.id).map((edge) => edge.to))
    const own = nodes.filter((each) => next.has(each.id) && !seen.has(each.id))
    for (const each of own) seen.add(each.id)
    return { node, children: own.map(branch) }
  }
  const roots = nodes.filter((node) => !targets.has(node.id))
  for (const root of roots) seen.add(root.id)
  const branches = roots.map(branch)
  // In a ring there is no root; nothing may be missing.
  const missing = nodes.filter((node) => !seen.has(node.id))
  for (const each of missing) seen.add(each.id)
  return [...branches, ...missing.map((node) => ({ node, children: [] }))]
}
