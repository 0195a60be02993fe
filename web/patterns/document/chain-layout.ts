import type { AnyKind } from '../../../src/kinds.ts'
import type { Chain } from '../../api/index.ts'

/** Where the nodes of a chain stand: columns from promise to payment, corrections below what they correct. */

export type ChainEdge = Chain['edges'][number]
export type ChainNode = Chain['nodes'][number] & { readonly kind: AnyKind }

export const columnOf: Readonly<Record<AnyKind, number>> = {
  'stock-reservation': 0,
  'sales-order': 1,
  'purchase-order': 1,
  'delivery-note': 2,
  'receipt-note': 2,
  'sales-return': 2,
  'purchase-return': 2,
  'stock-adjustment': 2,
  'stock-transfer': 2,
  invoice: 3,
  bill: 3,
  'credit-note': 3,
  'vendor-credit': 3,
  payment: 4,
}
const corrections: ReadonlySet<AnyKind> = new Set([
  'sales-return',
  'purchase-return',
  'credit-note',
  'vendor-credit',
])

/** More of a kind in a column fold to one node. */
const mostSiblings = 5

export const nodeWidth = 138
export const nodeHeight = 46
export const gapX = 34
const gapY = 14

export type Placed =
  | { readonly type: 'node'; readonly node: ChainNode; readonly x: number; readonly y: number }
  | {
      readonly type: 'fold'
      readonly kind: AnyKind
      readonly count: number
      readonly x: number
      readonly y: number
    }

export interface ChainLayout {
  readonly width: number
  readonly height: number
  readonly placed: readonly Placed[]
  readonly edges: readonly PlacedEdge[]
}

export interface PlacedEdge {
  /** Its path; edges between folded documents may share one. */
  readonly path: string
  /** It begins or ends at the document that is shown. */
  readonly near: boolean
  /** Where there is room to say what went along it; the same for all that lead to one document. */
  readonly x: number
  readonly y: number
  /** The edges of the chain that it stands for. */
  readonly carries: readonly ChainEdge[]
}

/**
 * Lays a chain out. Pure.
 * @param self the document that is shown: it and its neighbours are never folded away
 * @param unfolded kinds that are shown whole
 */
export function layOut(chain: Chain, self: string, unfolded: ReadonlySet<AnyKind>): ChainLayout {
  const nodes = chain.nodes as readonly ChainNode[]
  const near = new Set([self])
  for (const edge of chain.edges) {
    if (edge.from === self) near.add(edge.to)
    if (edge.to === self) near.add(edge.from)
  }
  const used = [...new Set(nodes.map((node) => columnOf[node.kind]))].sort((a, b) => a - b)
  const at = new Map<string, { x: number; y: number }>()
  const placed: Placed[] = []
  let height = 0
  for (const [index, column] of used.entries()) {
    const x = index * (nodeWidth + gapX)
    let y = 0
    const inColumn = nodes.filter((node) => columnOf[node.kind] === column)
    const kinds = [...new Set(inColumn.map((node) => node.kind))].sort(
      (a, b) => Number(corrections.has(a)) - Number(corrections.has(b)),
    )
    for (const kind of kinds) {
      const siblings = inColumn.filter((node) => node.kind === kind).sort((a, b) => order(a, b, at, chain))
      const kept =
        siblings.length <= mostSiblings || unfolded.has(kind)
          ? siblings
          : firstOnes(siblings, near, mostSiblings - 1)
      for (const node of kept) {
        placed.push({ type: 'node', node, x, y })
        at.set(node.id, { x, y })
        y += nodeHeight + gapY
      }
      const folded = siblings.filter((node) => !kept.includes(node))
      if (folded.length > 0) {
        placed.push({ type: 'fold', kind, count: folded.length, x, y })
        for (const node of folded) at.set(node.id, { x, y })
        y += nodeHeight + gapY
      }
    }
    height = Math.max(height, y - gapY)
  }
  const width = used.length * (nodeWidth + gapX) - gapX
  let bulges = false
  const paths = new Map<string, PlacedEdge>()
  for (const edge of chain.edges) {
    const from = at.get(edge.from)
    const to = at.get(edge.to)
    if (from === undefined || to === undefined) continue
    const { path, ...middle } = pathBetween(from, to)
    // Around what stands between in the last column.
    if (from.x === to.x && from.x + nodeWidth === width) bulges = true
    const isNear = edge.from === self || edge.to === self
    const same = paths.get(path)
    paths.set(path, {
      path,
      ...middle,
      near: isNear || (same?.near ?? false),
      carries: [...(same?.carries ?? []), edge],
    })
  }
  return {
    width: bulges ? width + gapX / 2 : width,
    height: Math.max(height, nodeHeight),
    placed,
    edges: [...paths.values()].sort((a, b) => Number(a.near) - Number(b.near)),
  }
}

/** Near the height of what they come from, so that lines cross seldom; then by date and number. */
function order(a: ChainNode, b: ChainNode, at: ReadonlyMap<string, { y: number }>, { edges }: Chain): number {
  const height = (node: ChainNode): number => {
    const sources = edges.filter((edge) => edge.to === node.id).map((edge) => at.get(edge.from)?.y)
    const known = sources.filter((y) => y !== undefined)
    return known.length === 0 ? 0 : known.reduce((sum, y) => sum + y, 0) / known.length
  }
  return (
    height(a) - height(b) || a.date.localeCompare(b.date) || (a.number ?? '~').localeCompare(b.number ?? '~')
  )
}

function firstOnes(
  siblings: readonly ChainNode[],
  near: ReadonlySet<string>,
  most: number,
): readonly ChainNode[] {
  const wanted = [
    ...siblings.filter((node) => near.has(node.id)),
    ...siblings.filter((node) => !near.has(node.id)),
  ].slice(0, most)
  return siblings.filter((node) => wanted.includes(node))
}

interface Point {
  readonly x: number
  readonly y: number
}

function pathBetween(from: Point, to: Point): Point & { readonly path: string } {
  const fromY = from.y + nodeHeight / 2
  const toY = to.y + nodeHeight / 2
  // In one column: out at the right and in again, around what stands between.
  if (from.x === to.x) {
    const x = from.x + nodeWidth
    const bend = x + gapX / 2
    return {
      path: `M${x},${fromY} C${bend},${fromY} ${bend},${toY} ${x},${toY}`,
      x: bend,
      y: (fromY + toY) / 2,
    }
  }
  const [left, right] = from.x < to.x ? [from.x + nodeWidth, to.x] : [from.x, to.x + nodeWidth]
  const middle = (left + right) / 2
  return {
    path: `M${left},${fromY} C${middle},${fromY} ${middle},${toY} ${right},${toY}`,
    // Before what it leads to: in between may stand other documents.
    x: right === to.x ? right - gapX / 2 : right + gapX / 2,
    y: toY,
  }
}
