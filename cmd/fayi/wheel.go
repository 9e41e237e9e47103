package main

import (
	_ "unsafe" // for the name of the toolkit's variable

	"fayi/app/kit/look"
)

// wheelStep is how far one notch of the wheel scrolls, in device-independent pixels. The toolkit has no setting for
// it, and its own 25 is less than a row.
//
//go:linkname wheelStep fyne.io/fyne/v2/internal/driver/glfw.scrollSpeed
var wheelStep float32

// rowsPerNotch is how many rows of a table one notch of the wheel scrolls.
const rowsPerNotch = 3

func turnWheelByRows() { wheelStep = rowsPerNotch * look.RowHeight() }
