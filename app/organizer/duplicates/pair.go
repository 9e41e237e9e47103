package duplicates

import (
	"context"
	"image"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/picture"
	"fayi/judging/office/duplicates"
)

// pairView shows two works side by side with why they are thought to be one, and the buttons that decide.
type pairView struct {
	widget.BaseWidget

	sh     kit.Shell
	office duplicatesOffice
	decide func(judging.DuplicateVerdict)
	why    *fyne.Container
	sides  *fyne.Container
	acts   *fyne.Container
	pair   judging.Duplicate
}

func newPairView(sh kit.Shell, o duplicatesOffice, decide func(judging.DuplicateVerdict)) *pairView {
	v := &pairView{
		sh: sh, office: o, decide: decide, why: lay.Row(lay.Gap8), sides: container.NewStack(),
		acts: container.NewStack(),
	}
	v.ExtendBaseWidget(v)
	v.Hide()
	return v
}

// CreateRenderer implements fyne.Widget.
func (v *pairView) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(lay.Fill(v.why, v.sides, v.acts))
}

func (v *pairView) clear() {
	v.pair = judging.Duplicate{}
	v.Hide()
}

// seenPair is a pair with its pictures.
type seenPair struct {
	duplicates.Pair
	pictures [2]image.Image
}

// show shows d; what belongs to it comes in the background.
func (v *pairView) show(d judging.Duplicate) {
	same := v.pair.ID() == d.ID() && v.Visible()
	v.pair = d
	v.showWhy()
	v.Show()
	if same {
		return
	}
	v.sides.RemoveAll()
	var seen seenPair
	v.sh.Run(v.sh.T("app.loading", nil), func(ctx context.Context, _ kit.Progress) (err error) {
		seen, err = readPair(ctx, v.office, d.ID())
		return err
	}, func(err error) {
		if v.pair.ID() != d.ID() {
			return
		}
		if err != nil {
			v.sides.Objects = []fyne.CanvasObject{look.NewPara(v.sh.Err(err), look.Body, look.Waiting, 30)}
		} else {
			v.sides.Objects = []fyne.CanvasObject{v.besides(seen)}
		}
		v.sides.Refresh()
	})
}

// readPair reads what is to be seen. A picture that can't be shown is left out: the other may show enough.
func readPair(ctx context.Context, o duplicatesOffice, id string) (seenPair, error) {
	view, err := o.ShowDuplicate(ctx, id)
	seen := seenPair{Pair: view}
	for i, s := range view.Sides {
		if err != nil || filetype.Kind(s.Kind) != filetype.Picture || s.Sum == "" {
			continue
		}
		f, openErr := o.OpenDuplicate(ctx, id, i)
		if openErr != nil {
			continue
		}
		seen.pictures[i], _ = picture.Thumbnail(f, page.ThumbEdge)
		f.Close()
	}
	return seen, err
}

func (v *pairView) showWhy() {
	d := v.pair
	v.why.RemoveAll()
	v.why.Add(status.NewChip(v.sh.T("duplicates."+string(d.Reason), nil), look.Info))
	v.why.Add(look.NewText(v.sh.T("duplicates.alike", judging.Args{"Share": likenessWord(d)}), look.Body, look.Plain))
	if d.Turned {
		v.why.Add(look.NewText(v.sh.T("duplicates.turned", nil), look.Body, look.Quiet))
	}
	v.acts.RemoveAll()
	if d.Verdict.Verdict == "" {
		act := func(verdict judging.DuplicateVerdict) *button.Button {
			return button.New(v.sh.T("duplicates.act_"+string(verdict), nil), func() { v.decide(verdict) })
		}
		v.acts.Add(lay.Row(lay.Gap8, act(judging.VerdictSame), act(judging.VerdictOther), act(judging.VerdictCopied)))
		return
	}
	words := look.NewPara(
		strings.Trim(verdictWord(v.sh, d.Verdict.Verdict)+" · "+d.Verdict.Why, " ·"), look.Body, look.Plain, 30,
	).Fluid()
	again := button.New(v.sh.T("duplicates.again", nil), func() { v.decide("") })
	v.acts.Add(container.NewBorder(
		nil, nil, status.NewChip(verdictWord(v.sh, d.Verdict.Verdict), verdictTone(d.Verdict.Verdict)), again,
		lay.Inset(lay.Gap4, words),
	))
}

// besides sets the two sides next to each other.
func (v *pairView) besides(s seenPair) fyne.CanvasObject {
	return lay.Split(lay.Gap8, []float32{1, 1}, v.side(s, 0), v.side(s, 1))
}

func (v *pairView) side(s seenPair, n int) fyne.CanvasObject {
	side := s.Sides[n]
	head := lay.Stack(
		lay.Gap4,
		look.NewCutText(side.Title, look.Body, look.Plain), look.NewCutText(sideMaker(side), look.Note, look.Quiet),
		look.NewCutText(sidePlace(v.sh, side), look.Note, look.Quiet),
	)
	return lay.Sheet(lay.Gap8, container.NewBorder(head, nil, nil, nil, v.exhibit(s, n)))
}

// sideMaker says who made a side.
func sideMaker(s duplicates.PairSide) string {
	return strings.Trim(strings.Join(s.Authors, "、")+" · "+s.Unit, " ·")
}

// sidePlace says where a side belongs: its code and state, or the set that it was brought in with.
func sidePlace(t kit.Texter, s duplicates.PairSide) string {
	if s.From != "" {
		return t.T("duplicates.from", judging.Args{"Set": s.From})
	}
	return string(s.Code) + " · " + s.Category + " · " + page.StatusWord(t, s.Status)
}

// exhibit is the picture or the text of a side.
func (v *pairView) exhibit(s seenPair, n int) fyne.CanvasObject {
	side := s.Sides[n]
	switch {
	case s.pictures[n] != nil:
		c := canvas.NewImageFromImage(s.pictures[n])
		c.FillMode = canvas.ImageFillContain
		return c
	case side.Text != "":
		return page.MarkedText(side.Text, s.Common, n)
	case side.Kind == "":
		return container.NewCenter(look.NewText(v.sh.T("app.detail_no_files", nil), look.Note, look.Quiet))
	}
	return container.NewCenter(look.NewPara(v.sh.T("duplicates.not_shown", nil), look.Note, look.Quiet, 12))
}
