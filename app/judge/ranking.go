package judge

import (
	"context"
	"image"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/judge/tally"
	"fayi/app/judge/viewer"
	"fayi/app/kit"
	"fayi/app/kit/chart"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/gallery"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
	"fayi/judging"
)

// ranking shows a judge's own works in the order of their totals. Putting one elsewhere proposes a total; nothing
// changes until it is confirmed.
type ranking struct {
	desk     *Desk
	category string
	head     *header.Header
	pick     *field.Choice
	notes    *fyne.Container
	bars     *fyne.Container
	order    *gallery.Order
	body     fyne.CanvasObject
}

func newRanking(d *Desk) *ranking {
	r := &ranking{desk: d, notes: lay.Stack(lay.Gap8), bars: lay.Stack(lay.Gap8), order: gallery.NewOrder()}
	sh := d.sh
	r.head = header.New(sh.T("desk.ranking", nil), d.keysButton(), d.leaveButton()).WithBack(d.showQueue)
	options := categories(d.duties.Works)
	r.pick = field.NewChoice(sh, sh.T("desk.col_category", nil), "", "", options)
	if len(options) > 0 {
		r.category = options[0].Key
		r.pick.SetKey(r.category)
	}
	r.pick.Hidden = len(options) < 2
	r.pick.OnChange = func(key string) { r.category = key; r.refresh() }
	r.order.OnOpen = func(key string) { d.openWork(d.find(judging.WorkCode(key)), nil) }
	r.order.OnMove = r.moved
	hint := look.NewPara(sh.T("desk.ranking_hint", nil), look.Body, look.Quiet, 60).Fluid()
	side := lay.Surface(container.NewStack(lay.Blank(look.Em(15), 0), lay.VScroll(clearOfBar(r.bars))))
	r.body = header.Page(
		r.head,
		lay.Fill(lay.Stack(lay.Gap8, r.pick, hint, r.notes), lay.Split(lay.Gap16, []float32{1, 0}, r.order, side), nil),
	)
	return r
}

// categories lists those that a judge has works of, in the list's order.
func categories(works []judging.Duty) []choice.Option {
	var out []choice.Option
	for _, w := range works {
		if !slices.Contains(out, choice.Option{Key: w.Category, Title: w.Category}) {
			out = append(out, choice.Option{Key: w.Category, Title: w.Category})
		}
	}
	return out
}

func (r *ranking) content() fyne.CanvasObject { return r.body }

// exhibit is a work as it stands in an order, by its first picture.
func (d *Desk) exhibit(w judging.Duty, caption string) gallery.Exhibit {
	at := viewer.Front(w.Code)
	return gallery.Exhibit{
		Key:     string(w.Code),
		Caption: caption,
		Note:    string(w.Code) + "　" + w.Title,
		Picture: d.shelf.Thumb(at),
		Shape:   gallery.FileShape(d.shelf.KindOf(at)),
	}
}

// refresh shows the order as it is now.
func (r *ranking) refresh() {
	d, sh := r.desk, r.desk.sh
	all := tally.Ranked(d.duties.Works, r.category)
	var exhibits []gallery.Exhibit
	for i, w := range all {
		caption := sh.T("desk.ranked", map[string]any{"N": i + 1, "Total": judging.Exact(w.Total).String()})
		exhibits = append(exhibits, d.exhibit(w, caption))
	}
	r.order.SetExhibits(exhibits)
	r.head.SetCount(sh.T("desk.ranking_count", map[string]any{"N": len(all)}))
	fillNotes(r.notes, sh, d.duties)
	r.bars.RemoveAll()
	r.bars.Add(spreadOf(sh, d.duties, r.category))
	r.body.Refresh()
}

// came shows a thumbnail that was not there yet.
func (r *ranking) came(at viewer.Spot, img image.Image) {
	if at.N == 0 {
		r.order.SetPicture(string(at.Code), img)
	}
}

// moved proposes a total for a work that should stand at place to.
func (r *ranking) moved(key string, to int) {
	d, sh := r.desk, r.desk.sh
	rest := tally.Ranked(d.duties.Works, r.category)
	from := slices.IndexFunc(rest, func(w judging.Duty) bool { return string(w.Code) == key })
	if from < 0 || d.duties.Submitted {
		return
	}
	mine := rest[from]
	rest = slices.Delete(rest, from, from+1)
	var above, below *judging.Duty
	if to > 0 {
		above = &rest[to-1]
	}
	if to < len(rest) {
		below = &rest[to]
	}
	total := tally.Between(d.duties.Rubrics[r.category], above, below)
	if judging.Exact(total) == judging.Exact(mine.Total) {
		sh.Tell(kit.Notice{
			Tone: look.Info,
			Text: sh.T("desk.move_same", map[string]any{"Code": mine.Code, "Total": judging.Exact(total).String()}),
		})
		return
	}
	kit.Fetch(sh, sh.T("desk.loading_ballot", nil), func(ctx context.Context, _ kit.Progress) (judging.Ballot, error) {
		return d.pen.book.Load(ctx, mine.Code)
	}, func(b judging.Ballot) { r.propose(mine, b, total) })
}

// propose asks whether to give a ballot another total, and shows what becomes of its marks.
func (r *ranking) propose(w judging.Duty, b judging.Ballot, total float64) {
	sh, rubric := r.desk.sh, r.desk.duties.Rubrics[w.Category]
	next := b
	next.Total = total
	var lines []string
	if len(b.Marks) > 0 {
		next.Marks = tally.Retotal(rubric, b.Marks, total)
		next.Total = rubric.Sum(next.Marks).Total()
		for _, c := range rubric.Criteria {
			if old, now := judging.Exact(b.Marks[c.Name]), judging.Exact(next.Marks[c.Name]); old != now {
				lines = append(lines, sh.T("desk.move_mark", map[string]any{
					"Name": c.Name,
					"Old":  old.String(),
					"New":  now.String(),
				}))
			}
		}
	}
	words := judging.Exact(next.Total).String()
	sh.Ask(kit.Question{
		Title: sh.T("desk.move_title", nil),
		Text: sh.T("desk.move_text", map[string]any{
			"Code": w.Code,
			"Old":  judging.Exact(w.Total).String(),
			"New":  words,
		}),
		Content: look.NewPara(strings.Join(lines, "\n"), look.Body, look.Plain, 30),
		Action:  sh.T("desk.move_act", map[string]any{"New": words}),
		Do:      func() error { r.keep(next); return nil },
	})
}

// keep saves a confirmed total.
func (r *ranking) keep(b judging.Ballot) {
	d := r.desk
	d.pen.save(b, func(kept judging.Ballot, err error) {
		if err != nil {
			d.sh.ShowError(err)
			return
		}
		d.acknowledged(kept)
		r.order.Select(string(kept.Code))
	})
}

// fillNotes shows the warnings there are.
func fillNotes(notes *fyne.Container, text kit.Texter, d judging.Duties) {
	notes.RemoveAll()
	for _, w := range tally.Warnings(d) {
		notes.Add(status.NewNotice(kit.Notice{Tone: look.Info, Text: text.T("desk.warn_"+string(w), nil)}, nil))
	}
	notes.Hidden = len(notes.Objects) == 0
}

// spreadOf draws how a judge's totals of a category lie in the rubric's bands.
func spreadOf(text kit.Texter, d judging.Duties, category string) fyne.CanvasObject {
	r := d.Rubrics[category]
	var bars []chart.Bar
	for i, n := range tally.Bands(r, tally.Ranked(d.Works, category)) {
		b := r.Bands[i]
		label := b.Label + " " + judging.Exact(b.From).String() + "–" + judging.Exact(b.To).String()
		bars = append(bars, chart.Bar{Label: label, Value: float64(n), Text: strconv.Itoa(n)})
	}
	title := look.NewText(text.T("desk.spread", map[string]any{"Category": category}), look.Body, look.Plain)
	return lay.Stack(lay.Gap8, title, chart.NewBars(bars))
}
