package look

import "runtime"

// notch is what the toolkit makes of one notch of the wheel: less than a row, where other programs go on by three. The
// system of a Mac turns as far as its user has set.
const notch = 25

// Turn is how many times as far as the toolkit's the wheel turns here: three rows a notch.
func Turn() float32 {
	if runtime.GOOS == "darwin" {
		return 1
	}
	return 3 * RowHeight() / notch
}
