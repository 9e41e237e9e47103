package kittest

// Screen is a kit.Screen whose window keeps its size.
type Screen struct {
	Filled bool // the page fills the screen
	Bars   bool // bar and foot are shown meanwhile

	edges func(shown bool)
}

// Fill notes it; bar and foot are hidden at once.
func (s *Screen) Fill(on bool, edges func(shown bool)) {
	s.Filled, s.Bars, s.edges = on, false, edges
	if edges != nil {
		edges(false)
	}
}

// Edges shows bar and foot, or hides them.
func (s *Screen) Edges() {
	s.Bars = !s.Bars
	if s.edges != nil {
		s.edges(s.Bars)
	}
}
