// Opens report.html in a real browser, does with it what an editor would, and
// prints what it saw as JSON. For tests; needs Chromium, whose path is in
// CHROMIUM.
//   node page.mjs open FILE            size, script time, errors, requests
//   node page.mjs use FILE             filters, evidence, keys, copying
//   node page.mjs accept FILE OUT      accepts a finding, saves the ignore file to OUT
//   node page.mjs axe FILE             what axe-core finds, light and dark, all open
//   node page.mjs graph FILE           the picture of the citation graph
//   node page.mjs reports FILE         several reports, pictures of pages
//   node page.mjs hostile FILE         what has become active
//   node page.mjs shots FILE DIR       pictures to look at
import { chromium } from 'playwright-core'
import { createRequire } from 'node:module'
import { statSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [what, file, out] = process.argv.slice(2)
const address = pathToFileURL(resolve(file)).href
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
const seen = { errors: [], requests: [], dialogs: 0 }

async function open(options = {}, hash = '') {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(60000)
  page.on('pageerror', e => seen.errors.push(String(e)))
  page.on('console', m => { if (m.type() === 'error' || /Content Security Policy/.test(m.text())) seen.errors.push(m.text()) })
  page.on('request', r => { if (!r.url().startsWith(address) && !r.url().startsWith('blob:')) seen.requests.push(r.url().slice(0, 200)) })
  page.on('dialog', d => { seen.dialogs++; d.dismiss() })
  await page.goto(address + hash)
  return page
}
const shown = page => page.$$eval('.cite', all => all.filter(c => !c.hidden).length)

const doing = {
  async open() {
    const page = await open()
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.reload()
    await page.waitForTimeout(300)
    const m = Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(x => [x.name, x.value]))
    return { bytes: statSync(file).size, script: m.ScriptDuration, layout: m.LayoutDuration, citations: await shown(page) }
  },
  async use() {
    const page = await open()
    const r = { all: await shown(page) }
    await page.locator('label.chip.v-verified input').uncheck()
    r.unchecked = await shown(page)
    r.hash = await page.evaluate(() => location.hash)
    r.said = await page.locator('#shown').textContent()
    await page.selectOption('#check', 'date-agrees')
    r.dates = await shown(page)
    r.wrongDates = await page.$$eval('.cite', all => all.filter(c => !c.hidden && !/\bdate-agrees\b/.test(c.dataset.checks)).length)
    const again = await open({}, await page.evaluate(() => location.hash)) // as a link sent to a colleague
    r.again = await shown(again)
    await page.locator('#clear').click()
    r.cleared = await shown(page)
    await page.fill('#find', 'no such words anywhere')
    r.none = await shown(page)
    await page.fill('#find', '')
    const one = page.locator('.cite.v-verified').first()
    await one.locator('details.group.agreed > summary').click()
    await one.locator('.group.agreed details.evidence > summary').last().click()
    r.evidence = (await one.locator('.group.agreed details.evidence .words').last().innerText()).trim()
    r.links = await one.locator('.group.agreed details.evidence a').evaluateAll(as => as.map(a => a.getAttribute('href')))
    await page.locator('.do-copy').first().click()
    r.copied = await page.locator('.do-copy').first().textContent()
    await page.locator('#citations').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    r.focus = await page.evaluate(() => document.activeElement.id)
    await page.keyboard.press('/')
    r.slash = await page.evaluate(() => document.activeElement.id)
    await page.selectOption('#order', 'report')
    r.inOrder = await page.$$eval('.cite', all => all.every((c, i) => +c.dataset.place === i))
    return r
  },
  async accept() {
    const page = await open()
    const id = await page.locator('.cite.v-contradicted').first().getAttribute('id')
    const finding = page.locator(`#${id} .group.against .finding`).first()
    const r = { before: await page.locator('.chip.v-contradicted b').textContent(), text: await finding.evaluate(f => f.closest('.cite').dataset.text), check: await finding.getAttribute('data-check') }
    await finding.locator('.do-accept').press('Enter')
    await page.fill('#ask-by', 'M. Editor')
    await page.fill('#ask-reason', 'the printed date is that of the <b>first</b> draft')
    await page.locator('#ask-form .main').click()
    r.says = await finding.locator('.accepted').textContent()
    r.after = await page.locator('.chip.v-contradicted b').textContent()
    r.step = await page.locator('.next a[href="#verdict=contradicted"]').isVisible()
    await page.reload() // what was accepted is kept by the browser
    r.kept = await page.locator('.finding.is-accepted').count()
    await page.evaluate(() => { // a browser that lets a page write a file
      window.showSaveFilePicker = async o => ({ createWritable: async () => ({ write: async body => { window.written = o.suggestedName + '\n' + body }, close: async () => {} }) })
    })
    await page.locator('#save').click()
    await page.waitForFunction(() => window.written && !document.getElementById('bar-says').textContent.includes('not saved'))
    const written = await page.evaluate(() => window.written)
    await page.evaluate(() => { window.showSaveFilePicker = undefined }) // one that does not
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()])
    r.name = download.suggestedFilename()
    await download.saveAs(out)
    r.same = written === r.name + '\n' + readFileSync(out, 'utf8')
    await page.locator('.finding.is-accepted .do-undo').first().click()
    r.undone = await page.locator('.finding.is-accepted').count()
    await page.setInputFiles('#load', out)
    await page.locator('.finding.is-accepted').first().waitFor({ state: 'attached' })
    r.loaded = await page.locator('.finding.is-accepted').count()
    return r
  },
  async axe() {
    const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    const r = { violations: [], passes: 0 }
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [390, 1280]) {
        const page = await open({ colorScheme, viewport: { width, height: 900 } })
        await page.locator('#network').scrollIntoViewIfNeeded().catch(() => {})
        await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true }))
        const cdp = await page.context().newCDPSession(page)
        await cdp.send('Runtime.evaluate', { expression: source })
        for (const dialog of [false, true]) {
          if (dialog) await page.evaluate(() => document.getElementById('ask').showModal())
          const a = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }))
          r.passes += a.passes.length
          for (const v of a.violations) r.violations.push({ colorScheme, width, id: v.id, impact: v.impact, n: v.nodes.length, first: v.nodes[0].html.slice(0, 200), why: v.nodes[0].failureSummary })
        }
        await page.context().close()
      }
    }
    return r
  },
  async graph() {
    const page = await open()
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.locator('#network').scrollIntoViewIfNeeded()
    await page.waitForFunction(() => document.getElementById('canvas').citecheck)
    await page.waitForTimeout(500)
    const m = Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(x => [x.name, x.value]))
    const r = { script: m.ScriptDuration, rows: await page.locator('#net-table tbody tr').count() }
    Object.assign(r, await page.evaluate(() => {
      const cy = document.getElementById('canvas').citecheck, boxes = cy.nodes('[label]').map(n => n.boundingBox({ includeLabels: false }))
      let overlaps = 0
      for (let i = 0; i < boxes.length; i++) for (let j = 0; j < i; j++) if (boxes[i].x1 < boxes[j].x2 && boxes[j].x1 < boxes[i].x2 && boxes[i].y1 < boxes[j].y2 && boxes[j].y1 < boxes[i].y2) overlaps++
      return { drawn: boxes.length, groups: cy.nodes('[group]').length, edges: cy.edges().length, overlaps, textHeight: 13 * cy.zoom() }
    }))
    if (out) await page.screenshot({ path: out })
    await page.fill('#net-find', await page.locator('#net-table tbody tr').first().getAttribute('data-s'))
    r.found = await page.locator('#net-info').textContent()
    await page.locator('#net-fit').click()
    const at = await page.evaluate(() => {
      const p = document.getElementById('canvas').citecheck.$id('d0').renderedPosition(), box = document.getElementById('canvas').getBoundingClientRect()
      return { x: box.x + p.x, y: box.y + p.y, want: document.querySelector('#net-table tbody a').getAttribute('href').slice(1) }
    })
    await page.locator('#canvas').scrollIntoViewIfNeeded()
    const box = await page.locator('#canvas').boundingBox()
    const p = await page.evaluate(() => document.getElementById('canvas').citecheck.$id('d0').renderedPosition())
    await page.mouse.click(box.x + p.x, box.y + p.y)
    await page.waitForTimeout(200)
    r.want = at.want
    r.focus = await page.evaluate(() => document.activeElement.id)
    return r
  },
  async reports() {
    const page = await open()
    const r = { all: await shown(page), names: await page.$$eval('#report option', os => os.map(o => o.textContent)) }
    await page.selectOption('#report', { index: 2 })
    r.second = await shown(page)
    const again = await open({}, await page.evaluate(() => location.hash))
    r.again = await shown(again)
    const link = again.locator('.cite:not([hidden]) .to-page[data-part=note]').first()
    await link.click()
    await again.waitForTimeout(300)
    Object.assign(r, await again.evaluate(() => {
      const on = [...document.querySelectorAll('.page .on')], seen = on.some(x => { const b = x.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight && b.width > 0 })
      return { framed: on.map(x => x.dataset.part + ' ' + x.dataset.label), seen }
    }))
    await again.locator('#network').scrollIntoViewIfNeeded()
    await again.waitForFunction(() => document.getElementById('canvas').citecheck)
    Object.assign(r, await again.evaluate(() => {
      const cy = document.getElementById('canvas').citecheck
      return { reports: cy.nodes('[report]').length, fromReports: cy.edges('[cites]').length }
    }))
    return r
  },
  async hostile() {
    const page = await open()
    await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true }))
    await page.locator('#network').scrollIntoViewIfNeeded().catch(() => {})
    await page.waitForTimeout(800)
    return page.evaluate(() => {
      const ours = document.querySelectorAll('body > script').length, odd = {}
      document.querySelectorAll('img,iframe,object,embed,link,base,video,audio,source,marquee,math,form:not(#filters):not(#ask-form),style:not(head style),[style*=url],[srcdoc],body svg:not(.page svg)').forEach(e => { odd[e.localName] = (odd[e.localName] || 0) + 1 })
      let handlers = 0, links = 0
      document.querySelectorAll('*').forEach(e => { for (const a of e.attributes) { if (/^on/i.test(a.name)) handlers++ } })
      document.querySelectorAll('a[href]').forEach(a => { if (!/^(https?:|#|evidence\/)/.test(a.getAttribute('href'))) links++ })
      return { scripts: document.querySelectorAll('script').length, ours, odd, handlers, links, active: window.ACTIVE || 0, notes: document.querySelectorAll('.note').length,
        texts: [...document.querySelectorAll('.note')].map(n => n.textContent) }
    })
  },
  async shots() {
    for (const [name, options] of Object.entries({ desktop: { viewport: { width: 1280, height: 900 } }, phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true } })) {
      for (const colorScheme of ['light', 'dark']) {
        const page = await open({ colorScheme, ...options })
        await page.waitForTimeout(300)
        await page.screenshot({ path: `${out}/${name}-${colorScheme}.png` })
        await page.locator('.cite').first().scrollIntoViewIfNeeded()
        await page.evaluate(() => document.querySelector('.cite').scrollIntoView())
        await page.screenshot({ path: `${out}/${name}-${colorScheme}-cite.png` })
        await page.evaluate(() => document.querySelector('.cite.v-unreachable, .cite.v-verified').scrollIntoView())
        await page.screenshot({ path: `${out}/${name}-${colorScheme}-more.png` })
        if (await page.locator('#picture').count()) {
          await page.evaluate(() => document.getElementById('network').scrollIntoView())
          await page.waitForTimeout(1200)
          await page.screenshot({ path: `${out}/${name}-${colorScheme}-graph.png` })
        }
        if (await page.locator('#pages').count() && colorScheme === 'light') {
          await page.evaluate(() => document.querySelector('.to-page').click())
          await page.waitForTimeout(300)
          await page.screenshot({ path: `${out}/${name}-page.png` })
        }
        if (name === 'desktop') {
          await page.evaluate(() => document.querySelector('.do-accept').click())
          await page.waitForTimeout(200)
          await page.screenshot({ path: `${out}/${name}-${colorScheme}-ask.png` })
          await page.locator('#ask-cancel').click()
          if (colorScheme === 'light') await page.pdf({ path: `${out}/print.pdf`, format: 'A4' })
        }
        await page.context().close()
      }
    }
    return {}
  },
}

try {
  const result = await doing[what]()
  console.log(JSON.stringify({ ...result, ...seen }))
} finally {
  await browser.close()
}
