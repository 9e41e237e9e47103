// Package icons holds the pictures of the desktop program that the toolkit does not bring.
package icons

import _ "embed"

// Window is the program's icon, the cinnabar seal, for windows and task bars: a PNG of 128 × 128. The packages use a
// larger one from this folder, which would take 10 ms to read at each start.
//
//go:embed window.png
var Window []byte
