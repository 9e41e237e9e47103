package page

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging/media/likeness"
)

// inOrderOf lists the passages as they stand in one side's text, 0 or 1: those of the second may come in any order
// and more than once.
func inOrderOf(common []likeness.Passage, side int) [][2]int {
	var out [][2]int
	for _, p := range common {
		if side == 0 {
			out = append(out, p.A)
		} else {
			out = append(out, p.B)
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int {
		if a[0] != b[0] {
			return a[0] - b[0]
		}
		return b[1] - a[1]
	})
	return out
}

// longText is how many bytes of a text are shown: enough for the longest essay.
const longText = 30_000

// MarkedText is a text in which the passages that the other has too are marked by colour and weight.
func MarkedText(text string, common []likeness.Passage, side int) fyne.CanvasObject {
	rich := widget.NewRichText()
	rich.Wrapping = fyne.TextWrapBreak
	at := 0
	add := func(to int, marked bool) {
		if to > at {
			rich.Segments = append(rich.Segments, &widget.TextSegment{Text: text[at:to], Style: passageStyle(marked)})
			at = to
		}
	}
	if len(text) > longText {
		text = text[:longText]
	}
	for _, p := range inOrderOf(common, side) {
		from, to := min(max(p[0], at), len(text)), min(p[1], len(text))
		add(from, false)
		add(to, true)
	}
	add(len(text), false)
	for _, s := range rich.Segments {
		segment := s.(*widget.TextSegment)
		segment.Text = strings.ToValidUTF8(segment.Text, "")
	}
	return lay.VScroll(rich)
}

func passageStyle(marked bool) widget.RichTextStyle {
	style := widget.RichTextStyleInline
	style.ColorName = look.Quiet.ColorName()
	if marked {
		style.ColorName = look.Problem.ColorName()
		style.TextStyle.Underline = true
	}
	return style
}
