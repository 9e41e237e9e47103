package segment

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
)

// Hear takes what the user says of columns as evidence for where the header is.
func (w *Window) Hear(columns map[string]field.Field) {
	if w.Said == nil {
		w.Said = map[string]field.Field{}
	}
	for key, f := range columns {
		w.Said[strings.ToUpper(key)] = f
		w.Said[field.Fold(key)] = f
	}
}

// Headless returns the header of a table that has none.
func (w *Window) Headless() Heading {
	h := Heading{Top: w.First, Bottom: w.First - 1}
	h.Labels, h.Means = make([][]string, w.width), make([]field.Meaning, w.width)
	for c := range w.width {
		if f, ok := w.Said[grid.ColumnLetters(c)]; ok {
			h.Means[c] = field.Meaning{Means: f, Sure: 1, Role: field.RoleOf(f)}
		}
	}
	return h
}

// Texts counts the cells with text.
func (w *Window) Texts() int {
	n := 0
	for _, l := range w.Lines {
		for _, c := range l.Cells {
			if c.Text != "" && !c.Fill {
				n++
			}
		}
	}
	return n
}

// Remembers reports whether a head of the window was read before.
func (w *Window) Remembers() bool {
	if len(w.opts.Known) == 0 {
		return false
	}
	for top := w.First; top-w.First < min(len(w.Labels), WindowRows); top++ {
		for height := 1; height <= 3; height++ {
			if w.trust(w.Read(top, top+height-1)) > 0 {
				return true
			}
		}
	}
	return false
}

// Signature is the same for every head with the same labels in the same columns.
func (h Heading) Signature() string {
	sum := sha256.New()
	for i, parts := range h.Labels {
		for _, p := range parts {
			sum.Write([]byte(grid.ColumnLetters(i) + "\x1f" + field.Fold(p) + "\x1e"))
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}
