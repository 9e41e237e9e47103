package kit

// Way leads from a dialog to where the cause of what it says is seen to.
type Way struct {
	Text string // where to, with the number of things there
	Do   func()
}

// guide is a Texter that knows the ways out of errors: the real shell is one.
type guide interface {
	Ways(err error) []Way
}

// WaysOf returns the ways out of err, none where the shell knows none.
func WaysOf(t Texter, err error) []Way {
	if g, ok := t.(guide); ok && err != nil {
		return g.Ways(err)
	}
	return nil
}
