// Package icons holds the pictures of the desktop program that the toolkit does not bring.
package icons

import _ "embed"

// Window is the program's icon, the cinnabar seal, as a window and its list carry it: a PNG of 128 × 128. Beside it lies a larger one for the packages, which
// would take a start 10 ms to read.
//
//go:embed window.png
var Window []byte
