package read

// maxFonts bounds the fonts of a book that are looked at; Excel makes a few hundred at most.
const maxFonts = 1 << 16

// strikes are the fonts and styles of a book that strike text through.
type strikes struct {
	fonts  []bool
	styles []bool
	any    bool
}

// font appends a font.
func (s *strikes) font(struck bool) {
	if len(s.fonts) < maxFonts {
		s.fonts = append(s.fonts, struck)
	}
}

// strike says that the font added last is struck through.
func (s *strikes) strike() {
	if n := len(s.fonts); n > 0 {
		s.fonts[n-1] = true
	}
}

// style appends a style with the font of that index.
func (s *strikes) style(font int) {
	if len(s.styles) < 1<<17 {
		struck := font >= 0 && font < len(s.fonts) && s.fonts[font]
		s.styles = append(s.styles, struck)
		s.any = s.any || struck
	}
}

// of reports whether a style strikes text through.
func (s *strikes) of(style int) bool {
	return s.any && style >= 0 && style < len(s.styles) && s.styles[style]
}
