package grid

import "fayi/judging/sheet/numfmt"

// MaxFormats is how many number formats of a book are taken apart; Excel makes a few hundred at most.
const MaxFormats = 1024

// Formats are the number formats of the cells of a book, by the index of the style that names them.
type Formats struct {
	codes  map[int]string // those that the book brings
	styles []int          // style -> number of its format
	known  map[int]*numfmt.Format
}

// Add appends a style.
func (f *Formats) Add(id int) {
	if len(f.styles) < 1<<17 {
		f.styles = append(f.styles, id)
	}
}

// Code keeps a format that the book brings.
func (f *Formats) Code(id int, code string) {
	if f.codes == nil {
		f.codes = map[int]string{}
	}
	f.codes[id] = code
}

// Of returns the format of a style; nil shows values as they are.
func (f *Formats) Of(style int) *numfmt.Format {
	if style < 0 || style >= len(f.styles) || f.styles[style] == 0 {
		return nil
	}
	id := f.styles[style]
	format, known := f.known[id]
	if known || len(f.known) >= MaxFormats {
		return format
	}
	if code, own := f.codes[id]; own {
		format = numfmt.Parse(code)
	} else {
		format = numfmt.Builtin(id)
	}
	if f.known == nil {
		f.known = map[int]*numfmt.Format{}
	}
	f.known[id] = format
	return format
}

// MaxFonts bounds the fonts of a book that are looked at; Excel makes a few hundred at most.
const MaxFonts = 1 << 16

// Strikes are the fonts and styles of a book that strike text through.
type Strikes struct {
	fonts  []bool
	styles []bool
	any    bool
}

// Font appends a font.
func (s *Strikes) Font(struck bool) {
	if len(s.fonts) < MaxFonts {
		s.fonts = append(s.fonts, struck)
	}
}

// Strike says that the font added last is struck through.
func (s *Strikes) Strike() {
	if n := len(s.fonts); n > 0 {
		s.fonts[n-1] = true
	}
}

// Style appends a style with the font of that index.
func (s *Strikes) Style(font int) {
	if len(s.styles) < 1<<17 {
		struck := font >= 0 && font < len(s.fonts) && s.fonts[font]
		s.styles = append(s.styles, struck)
		s.any = s.any || struck
	}
}

// Of reports whether a style strikes text through.
func (s *Strikes) Of(style int) bool {
	return s.any && style >= 0 && style < len(s.styles) && s.styles[style]
}
