package kit

import "fyne.io/fyne/v2"

// PassKey hands a key that a widget of another package does not use on to the page that o stands in.
func PassKey(o fyne.CanvasObject, key *fyne.KeyEvent) { passKey(o, key) }
