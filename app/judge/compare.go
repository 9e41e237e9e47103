package judge

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/judging"
)

// rival is another work of the judge's, shown next to the one being scored.
type rival struct {
	work  judging.Duty
	body  *fyne.Container
	marks *kit.Para
}

// compare shows another work next to this one, or puts it away if it is there.
func (v *viewer) compare(w judging.Duty) {
	if v.rival != nil && v.rival.work.Code == w.Code {
		v.endCompare()
		return
	}
	sh := v.desk.sh
	r := &rival{work: w, body: container.NewStack(), marks: kit.NewPara("", kit.Note, kit.Quiet, 40).Fluid()}
	v.rival = r
	title := kit.NewCutText(sh.T("desk.rival", map[string]any{
		"Total": judging.Exact(w.Total).String(),
		"Code":  w.Code,
		"Title": w.Title,
	}), kit.Body, kit.Info)
	head := container.NewBorder(nil, nil, nil, kit.NewIconButton(theme.CancelIcon(), v.endCompare), title)
	pane := kit.Fill(kit.Stack(0, head, r.marks), r.body, nil)
	v.sides.Objects = []fyne.CanvasObject{kit.Split(kit.Gap8, []float32{1, 1}, v.body, kit.Sheet(kit.Gap8, pane))}
	v.sides.Refresh()
	v.tellScale()
	v.readRival(r)
}

// endCompare puts the other work away.
func (v *viewer) endCompare() {
	v.rival = nil
	v.sides.Objects = []fyne.CanvasObject{v.body}
	v.sides.Refresh()
}

// readRival fills in the other work and its marks.
func (v *viewer) readRival(r *rival) {
	at := front(r.work.Code)
	put := func(o fyne.CanvasObject) {
		r.body.Objects = []fyne.CanvasObject{o}
		r.body.Refresh()
	}
	if v.desk.shelf.drawable(at) {
		put(kit.NewEmptyState(v.desk.sh.T("desk.opening", nil), "", nil))
		v.desk.shelf.show(at, func(l *leaf) {
			switch {
			case l.err != nil:
				put(kit.NewEmptyState("", v.desk.sh.Err(l.err), nil))
			case l.picture != nil:
				put(kit.NewZoom(l.picture, nil))
			case l.paras != nil:
				put(newEssay(l.paras))
			default:
				put(kit.NewEmptyState(v.desk.sh.T("desk.rival_elsewhere", nil), "", nil))
			}
		})
	} else {
		put(kit.NewEmptyState(v.desk.sh.T("desk.rival_elsewhere", nil), "", nil))
	}
	var b judging.Ballot
	v.desk.sh.Quietly(func(ctx context.Context, _ kit.Progress) (err error) {
		b, err = v.desk.pen.book.Load(ctx, r.work.Code)
		return err
	}, func(err error) {
		if err == nil {
			r.marks.SetText(markWords(v.desk.sh, v.desk.duties.Rubrics[r.work.Category], b))
			v.sides.Refresh()
		}
	})
}

// markWords lists the marks of a ballot in the rubric's order.
func markWords(text kit.Texter, r judging.Rubric, b judging.Ballot) string {
	var parts []string
	for _, c := range r.Criteria {
		if m, ok := b.Marks[c.Name]; ok {
			parts = append(parts, c.Name+" "+judging.Exact(m).String())
		}
	}
	return strings.Join(parts, text.T("kit.comma", nil))
}
