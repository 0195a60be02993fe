#!/usr/bin/env node
// Runs the command line with the Node.js that Zapas pins, whatever Node.js the machine has.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const oldest = 24
const main = join(dirname(fileURLToPath(import.meta.url)), '../src/main.ts')

if (Number.parseInt(process.versions.node, 10) >= oldest) {
  process.argv[1] = main
  await import(main)
} else {
  const node = pinnedNode()
  if (node === null) {
    console.error(
      `zapas: this is Node.js ${process.versions.node}, and the Node.js ${oldest} that Zapas brings is not installed. ` +
        `Run "npm ci" in the folder of Zapas (with install scripts allowed), or install Node.js ${oldest} or later.`,
    )
    process.exit(2)
  }
  runWith(node)
}

function pinnedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'))
    const node = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(node) ? node : null
  } catch {
    return null // npm left the package out
  }
}

function runWith(node) {
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`zapas: ${node} does not start: ${error.message}. Run "npm ci" again.`)
    process.exit(2)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)))
}
