package judge

import (
	"context"
	"image"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/judge/tally"
	"fayi/app/judge/viewer"
	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/terms"
)

// thumbCame passes a thumbnail on to all that show it.
func (d *Desk) thumbCame(at viewer.Spot, img image.Image) {
	if d.sheet != nil {
		d.sheet.foot.near.came(at, img)
		d.sheet.view.Came(at, img)
	}
	if d.board != nil {
		d.board.came(at, img)
	}
}

// side is what the files of the works ask of the desk.
func (d *Desk) side() viewer.Desk {
	return viewer.Desk{
		Files:  d.pen.book,
		Play:   d.play,
		Works:  func() []judging.Duty { return d.duties.Works },
		Near:   d.near,
		Canvas: func() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(d.root) },
		Came:   d.thumbCame,
		Seen:   d.sawSome,
		Marks:  d.marksOf,
		Step:   func(by int) { d.sheet.step(by) },
		Full:   func() { d.sheet.toggleFull() },
	}
}

// near lists the files that should be there for the work shown, none while the list is.
func (d *Desk) near() []viewer.Spot {
	if d.sheet == nil {
		return nil
	}
	return nearby(d.duties.Works, d.find(d.sheet.work.Code))
}

// marksOf reads how the judge marked a work and shows it in words. What can't be read is not shown.
func (d *Desk) marksOf(w judging.Duty, show func(words string)) {
	var b judging.Ballot
	d.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		b, err = d.pen.book.Load(ctx, w.Code)
		return err
	}, func(err error) {
		if err == nil {
			show(markWords(d.sh, d.duties.Rubrics[w.Category], b))
		}
	})
}

// markWords lists the marks of a ballot in the rubric's order.
func markWords(text kit.Texter, r judging.Rubric, b judging.Ballot) string {
	var parts []string
	for _, c := range r.Criteria {
		m, ok := b.Marks[c.Name]
		switch {
		case ok && terms.Applies(m):
			parts = append(parts, c.Name+" "+judging.Exact(m).String())
		case ok:
			parts = append(parts, c.Name+" "+text.T("desk.not_applicable", nil))
		}
	}
	return strings.Join(parts, text.T("kit.comma", nil))
}

// nearby lists the files that should be there while the work at index i is shown: its own first, then those of the
// two that come next and the one before.
func nearby(works []judging.Duty, i int) []viewer.Spot {
	if i < 0 || i >= len(works) {
		return nil
	}
	var out []viewer.Spot
	add := func(at, most int) {
		if at < 0 || at >= len(works) {
			return
		}
		for n := range min(most, len(works[at].Files)) {
			if p := (viewer.Spot{Code: works[at].Code, N: n}); !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	add(i, ownFiles)
	next := tally.NextToScore(works, i)
	add(next, 1)
	if next >= 0 {
		add(tally.NextToScore(works, next), 1)
	}
	add(i+1, 1)
	add(i-1, 1)
	return out
}

// ownFiles is how many files of the work shown are held at the size of the screen.
const ownFiles = 4
