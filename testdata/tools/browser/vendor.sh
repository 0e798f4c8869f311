#!/bin/sh
# Puts the graph library that report.html carries where it is built in, as npm
# has it, with its licence. To take a newer one: change its version in
# package.json, npm install, and run this.
set -eu
cd "$(dirname "$0")"
npm ci --silent --no-audit --no-fund
cp node_modules/cytoscape/dist/cytoscape.min.js ../../../pipeline/report/cytoscape.min.js
cp node_modules/cytoscape/LICENSE ../../../pipeline/report/cytoscape.LICENSE
