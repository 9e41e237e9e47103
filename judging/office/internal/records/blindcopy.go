package records

import (
	"path/filepath"

	"fayi/judging/media/pdf"
)

// NewPapers returns what opens PDF files. It does nothing until the first of them.
func NewPapers(c Config) *pdf.Engine {
	cache := ""
	switch {
	case c.Cache != "":
		cache = filepath.Join(c.Cache, "fayi", "pdf")
	case c.Dir != "":
		cache = filepath.Join(c.Dir, "thumbs", "pdf")
	}
	return pdf.NewEngine(pdf.Config{Fonts: pdf.SystemFonts(), Cache: cache})
}
