import { Problem } from '../kernel/problem.ts'

export const exitCodes = { done: 0, refused: 1, usage: 2 } as const

/** The command was given wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Says on the error output what went wrong, and gives the exit code. A program (`--json`) gets it as JSON. */
export function reportFailure(error: unknown, json: boolean, debug: boolean): number {
  const code = error instanceof UsageError ? exitCodes.usage : exitCodes.refused
  if (json) {
    const problem = error instanceof Problem ? { code: error.code, errors: error.errors, ...error.facts } : {}
    console.log(JSON.stringify({ error: messageOf(error), ...problem }))
    return code
  }
  console.error(`zapas: ${messageOf(error)}`)
  if (error instanceof Problem) {
    for (const field of error.errors)
      if (field.message !== error.message) console.error(`  ${field.pointer}: ${field.message}`)
  }
  if (debug && error instanceof Error) console.error(error.stack)
  return code
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
