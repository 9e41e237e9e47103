package main

const head = `# Licences

What Fayi is made of besides its own code, and under which licence. Made by ` + "`go run ./scripts/licences`" + `
from the modules that are linked into the programs on Linux, Windows and macOS; ` + "`make gates`" + ` fails when it
is out of date, when a module states no licence, or one that nobody has allowed. The bytes of every module are compared
with ` + "`go.sum`" + ` by ` + "`go mod verify`" + `. The full texts go with every package as THIRD-PARTY.txt.

| Module | Version | In | Licence file | Licence |
|---|---|---|---|---|
`

const foot = `
Not a module: the type Noto Sans SC (` + "`assets/fonts/OFL.txt`" + `), OFL-1.1.

PDFium (BSD-3-Clause, Apache-2.0) is inside ` + "`github.com/klippa-app/go-pdfium`" + ` as WebAssembly.
libheif and libde265 (LGPL-3.0) are inside ` + "`github.com/gen2brain/heic`" + ` as WebAssembly, unchanged: who builds
Fayi from source can put another build of them in their place.
`
