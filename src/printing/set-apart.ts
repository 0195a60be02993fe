import type { Block, Content, Fact } from './print-model.ts'
import type { Language } from './words.ts'

/**
 * What people wrote and what figures say, each line set apart from the right-to-left text around it: else the
 * groups of an account stand in the wrong order, and a postal code behind its city.
 */
export function setApart(content: Content, language: Language): Content {
  const apart = (text: string): string =>
    text
      .split('\n')
      .map((line) => language.apart(line))
      .join('\n')
  const facts = <F extends Fact>(all: readonly F[]): F[] =>
    all.map((fact) => ({ ...fact, value: apart(fact.value) }))
  const { partner, others, rows, taxes, totals, payment, notes } = content
  const words = content['in-words']
  return {
    ...content,
    partner: partner && blockApart(partner, language),
    others: others.map((block) => blockApart(block, language)),
    facts: facts(content.facts),
    rows: rows.map((row) => ({ ...row, cells: row.cells.map(apart), detail: row.detail.map(apart) })),
    taxes: taxes && {
      ...taxes,
      rows: taxes.rows.map((cells) => cells.map(apart)),
      reasons: taxes.reasons.map(apart),
    },
    totals: facts(totals),
    'in-words': words ? { ...words, value: apart(words.value) } : null,
    payment: payment && { ...payment, facts: facts(payment.facts) },
    notes: notes.map((note) => ({ ...note, text: apart(note.text) })),
  }
}

export function blockApart(block: Block, language: Language): Block {
  const apart = (text: string): string => language.apart(text)
  return { ...block, name: apart(block.name), lines: block.lines.map(apart) }
}
