// Reads CSL-JSON, BibTeX or RIS on standard input with readers that others
// wrote, and prints what they understood as JSON.
//   node readers.mjs csl|bibtex|ris < FILE
import { readFileSync } from 'node:fs'
import { Cite } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import '@citation-js/plugin-csl' // runs citeproc-js
import '@citation-js/plugin-ris'

const text = readFileSync(0, 'utf8')
const read = new Cite(process.argv[2] === 'csl' ? JSON.parse(text) : text)
const out = { count: read.data.length, items: read.data }
if (process.argv[2] === 'csl') {
  out.apa = read.format('bibliography', { format: 'text', template: 'apa', lang: 'en-US' }).trim().split('\n')
}
console.log(JSON.stringify(out))
