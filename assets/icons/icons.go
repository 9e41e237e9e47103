// Package icons holds the pictures of the desktop program that the toolkit does not bring.
package icons

import _ "embed"

// App is the program's icon, the cinnabar seal: a PNG of 512 × 512.
//
//go:embed fayi.png
var App []byte
