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
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/picture"
	"fayi/judging/office/intake"
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
		sh: sh, office: o, decide: decide, why: kit.Row(kit.Gap8), sides: container.NewStack(),
		acts: container.NewStack(),
	}
	v.ExtendBaseWidget(v)
	v.Hide()
	return v
}

// CreateRenderer implements fyne.Widget.
func (v *pairView) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.Fill(v.why, v.sides, v.acts))
}

func (v *pairView) clear() {
	v.pair = judging.Duplicate{}
	v.Hide()
}

// seenPair is a pair with its pictures.
type seenPair struct {
	intake.DuplicateView
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
			v.sides.Objects = []fyne.CanvasObject{kit.NewPara(v.sh.Err(err), kit.Body, kit.Waiting, 30)}
		} else {
			v.sides.Objects = []fyne.CanvasObject{v.besides(seen)}
		}
		v.sides.Refresh()
	})
}

// readPair reads what is to be seen. A picture that can't be shown is left out: the other may show enough.
func readPair(ctx context.Context, o duplicatesOffice, id string) (seenPair, error) {
	view, err := o.ShowDuplicate(ctx, id)
	seen := seenPair{DuplicateView: view}
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
	v.why.Add(kit.NewChip(v.sh.T("duplicates."+string(d.Reason), nil), kit.Info))
	v.why.Add(kit.NewText(v.sh.T("duplicates.alike", judging.Args{"Share": likenessWord(d)}), kit.Body, kit.Plain))
	if d.Turned {
		v.why.Add(kit.NewText(v.sh.T("duplicates.turned", nil), kit.Body, kit.Quiet))
	}
	v.acts.RemoveAll()
	if d.Verdict.Verdict == "" {
		act := func(verdict judging.DuplicateVerdict) *kit.Button {
			return kit.NewButton(v.sh.T("duplicates.act_"+string(verdict), nil), func() { v.decide(verdict) })
		}
		v.acts.Add(kit.Row(kit.Gap8, act(judging.VerdictSame), act(judging.VerdictOther), act(judging.VerdictCopied)))
		return
	}
	words := kit.NewPara(
		strings.Trim(verdictWord(v.sh, d.Verdict.Verdict)+" · "+d.Verdict.Why, " ·"), kit.Body, kit.Plain, 30,
	).Fluid()
	again := kit.NewButton(v.sh.T("duplicates.again", nil), func() { v.decide("") })
	v.acts.Add(container.NewBorder(
		nil, nil, kit.NewChip(verdictWord(v.sh, d.Verdict.Verdict), verdictTone(d.Verdict.Verdict)), again,
		kit.Inset(kit.Gap4, words),
	))
}

// besides sets the two sides next to each other.
func (v *pairView) besides(s seenPair) fyne.CanvasObject {
	return kit.Split(kit.Gap8, []float32{1, 1}, v.side(s, 0), v.side(s, 1))
}

func (v *pairView) side(s seenPair, n int) fyne.CanvasObject {
	side := s.Sides[n]
	head := container.NewVBox(
		kit.NewCutText(side.Title, kit.Body, kit.Plain), kit.NewCutText(sideMaker(side), kit.Note, kit.Quiet),
		kit.NewCutText(sidePlace(v.sh, side), kit.Note, kit.Quiet),
	)
	return kit.Sheet(kit.Gap8, container.NewBorder(head, nil, nil, nil, v.exhibit(s, n)))
}

// sideMaker says who made a side.
func sideMaker(s intake.DuplicateSide) string {
	return strings.Trim(strings.Join(s.Authors, "、")+" · "+s.Unit, " ·")
}

// sidePlace says where a side belongs: its code and state, or the set that it was brought in with.
func sidePlace(t kit.Texter, s intake.DuplicateSide) string {
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
		return container.NewCenter(kit.NewText(v.sh.T("app.detail_no_files", nil), kit.Note, kit.Quiet))
	}
	return container.NewCenter(kit.NewPara(v.sh.T("duplicates.not_shown", nil), kit.Note, kit.Quiet, 12))
}
