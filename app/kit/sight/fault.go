package sight

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Faults lists what a user would see wrong: text that sticks out, overlaps other text, or is cut off in a column
// title; a sentence cut off before its end; more than one button that says it is the one to press.
func (p Parts) Faults(win fyne.Window) []string {
	return slices.Concat(
		p.Misfits(win), p.Overlaps(win), p.CutHeads(win), p.CutSentences(win), p.Rivals(win),
	)
}

// CutSentences lists the sentences in win of which the end is not seen. A name that is cut can still be known from
// others; a sentence without its end says nothing, or something else. Rows of tables show theirs below when selected.
func (p Parts) CutSentences(win fyne.Window) []string {
	var out []string
	p.Walk(Root(win), func(o fyne.CanvasObject, _ fyne.Position) bool {
		line, ok := o.(interface{ Text() string })
		if !ok || !sentence(line.Text()) {
			return true
		}
		for _, part := range p.of(o) {
			if c, ok := part.(*canvas.Text); ok && c.Text != line.Text() && strings.HasSuffix(c.Text, "…") {
				out = append(out, fmt.Sprintf("the sentence %q is cut: %q", line.Text(), c.Text))
			}
		}
		return false
	})
	return out
}

// sentence reports whether text ends as sentences do.
func sentence(text string) bool {
	return strings.HasSuffix(text, "。") || strings.HasSuffix(text, "？") || strings.HasSuffix(text, "！") ||
		strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?")
}

// Rivals lists the buttons in win that are each drawn as the one to press, where there are several that can be pressed.
func (p Parts) Rivals(win fyne.Window) []string {
	var words []string
	p.Walk(Root(win), func(o fyne.CanvasObject, _ fyne.Position) bool {
		one, ok := o.(interface {
			First() (words string, is bool)
		})
		if !ok {
			return true
		}
		if text, is := one.First(); is {
			words = append(words, text)
		}
		return false
	})
	if len(words) < 2 {
		return nil
	}
	return []string{fmt.Sprintf("several buttons are the one to press: %q", words)}
}

// Misfits lists the words in win that stick out of the things around them or of the window, which is what a user
// sees cut or overlapping.
func (p Parts) Misfits(win fyne.Window) []string {
	var out []string
	root := Root(win)
	size := root.Size()
	if m := root.MinSize(); m.Width > size.Width || m.Height > size.Height {
		out = append(
			out,
			fmt.Sprintf(
				"content needs %.0f×%.0f, the window has %.0f×%.0f",
				m.Width,
				m.Height,
				size.Width,
				size.Height,
			),
		)
	}
	p.misfits(root, fyne.Position{}, boxOf(fyne.Position{}, size), &out)
	return out
}

func (p Parts) misfits(o fyne.CanvasObject, at fyne.Position, room Box, out *[]string) {
	if o == nil || !o.Visible() {
		return
	}
	if c, ok := o.(*canvas.Text); ok && c.Text != "" {
		const slack = 1.5
		if box := inked(c, at); box.sticksOut(room, slack) {
			*out = append(
				*out,
				fmt.Sprintf(
					"%q at %.0f,%.0f is %.0f×%.0f, room %.0f",
					c.Text,
					at.X,
					at.Y,
					box.Right-box.Left,
					box.Bottom-box.Top,
					room,
				),
			)
		}
	}
	parts := p.of(o)
	if scrolls(o) {
		// What a scroll holds may be larger than it.
		room = Box{-1e6, -1e6, 1e6, 1e6}
	} else if len(parts) > 0 {
		room = room.meet(boxOf(at, o.Size()))
	}
	for _, child := range parts {
		if child != nil {
			p.misfits(child, at.Add(child.Position()), room, out)
		}
	}
}

// Overlaps lists the pairs of words in win that are drawn over each other.
func (p Parts) Overlaps(win fyne.Window) []string {
	var out []string
	var lines []Words
	for _, w := range p.Look(win).Words {
		if !w.Seen.Empty() {
			lines = append(lines, w)
		}
	}
	for i, a := range lines {
		for _, b := range lines[i+1:] {
			const slack = 4 // lines of large type may stand closer than their boxes
			both := a.Seen.meet(b.Seen)
			if both.Right-both.Left > slack && both.Bottom-both.Top > slack {
				out = append(
					out,
					fmt.Sprintf("%q and %q stand over each other at %.0f,%.0f", a.Text, b.Text, both.Left, both.Top),
				)
			}
		}
	}
	return out
}

// CutHeads lists the titles of columns in win that end in an ellipsis.
func (p Parts) CutHeads(win fyne.Window) []string {
	var out []string
	p.Walk(Root(win), func(o fyne.CanvasObject, _ fyne.Position) bool {
		if !strings.HasSuffix(fmt.Sprintf("%T", o), ".tableHead") {
			return true
		}
		for _, part := range p.of(o) {
			if c, ok := part.(*canvas.Text); ok && strings.HasSuffix(c.Text, "…") {
				out = append(out, fmt.Sprintf("the column %q is cut", c.Text))
			}
		}
		return false
	})
	return out
}
