package page

// Computer is this one, as a person calls it: the journal says so.
type Computer struct {
	Called func() string           // "" where nobody named it
	Call   func(name string) error // from now on; "" takes the name away
}
