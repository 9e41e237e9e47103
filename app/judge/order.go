package judge

import (
	"cmp"
	"context"
	"image"
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/judge/tally"
	"fayi/app/judge/viewer"
	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/gallery"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/voting"
)

// order shows the works of a list by the places that the judge gave them, where judges rank. A work is moved by
// dragging or by keys, and the others move up or down; all of it is saved at once.
type order struct {
	desk  *Desk
	list  string
	shown []int // works of the list, by their place in the duties, in the order shown
	head  *header.Header
	pick  *field.Choice
	left  *look.Para
	order *gallery.Order
	body  fyne.CanvasObject
}

func newOrder(d *Desk) *order {
	o := &order{desk: d, left: look.NewPara("", look.Body, look.Plain, 60).Fluid(), order: gallery.NewOrder()}
	sh := d.sh
	o.head = header.New(sh.T("desk.order", nil), d.keysButton(), d.leaveButton()).WithBack(d.showQueue)
	var options []choice.Option
	for _, c := range d.duties.Votes() {
		options = append(options, choice.Option{Key: c.List, Title: c.List})
	}
	o.pick = field.NewChoice(sh, sh.T("desk.order_list", nil), "", "", options)
	if len(options) > 0 {
		o.list = options[0].Key
		o.pick.SetKey(o.list)
	}
	o.pick.Hidden = len(options) < 2
	o.pick.OnChange = func(key string) { o.list = key; o.refresh() }
	o.order.OnOpen = func(key string) { d.openWork(d.find(judging.WorkCode(key)), nil) }
	o.order.OnMove = o.moved
	hint := look.NewPara(sh.T("desk.order_hint", nil), look.Body, look.Quiet, 60).Fluid()
	o.body = header.Page(o.head, lay.Fill(lay.Stack(lay.Gap8, o.pick, hint, o.left), o.order, nil))
	return o
}

func (o *order) content() fyne.CanvasObject { return o.body }

// works lists those of the list that the judge may speak of, the places first.
func (o *order) works() (out []int) {
	d := o.desk.duties
	for i, s := range d.Said() {
		if s.List == o.list && !s.Apart {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Or(
			cmp.Compare(unranked(d.Works[a]), unranked(d.Works[b])), cmp.Compare(d.Works[a].Total, d.Works[b].Total),
		)
	})
	return out
}

// unranked is 0 for a work with a place, 1 for one without, and 2 for one that nothing is said of.
func unranked(w judging.Duty) int {
	switch {
	case w.State != judging.Scored:
		return 2
	case w.Total <= voting.Against:
		return 1
	}
	return 0
}

// refresh shows the order as it is now.
func (o *order) refresh() {
	d, sh := o.desk, o.desk.sh
	o.shown = o.works()
	var exhibits []gallery.Exhibit
	for _, i := range o.shown {
		w := d.duties.Works[i]
		caption := sh.T("desk.order_none_said", nil)
		if w.State == judging.Scored {
			caption = saidOf(sh, *d.duties.Voting, w.Total)
		}
		exhibits = append(exhibits, d.exhibit(w, caption))
	}
	o.order.SetExhibits(exhibits)
	o.left.SetText(votesWords(sh, d.duties, o.list))
	o.body.Refresh()
}

// came shows a thumbnail that was not there yet.
func (o *order) came(at viewer.Spot, img image.Image) {
	if at.N == 0 {
		o.order.SetPicture(string(at.Code), img)
	}
}

// moved gives a work the place at which it was put among the others; behind the last one that has a place it is the
// next, and further down it has none.
func (o *order) moved(key string, to int) {
	d := o.desk
	i := d.find(judging.WorkCode(key))
	if i < 0 || d.duties.Submitted {
		return
	}
	ranked := 0
	for _, k := range o.shown {
		if k != i && unranked(d.duties.Works[k]) == 0 {
			ranked++
		}
	}
	place := to + 1
	if to > ranked {
		place = 0
	}
	o.order.Select(key)
	d.speak(d.duties.Voting.Move(d.duties.Said(), i, place))
}

// speak keeps the marks, by the place of their work in the list, one after the other.
func (d *Desk) speak(marks map[int]float64) {
	next := map[judging.WorkCode]float64{}
	for i, mark := range marks {
		next[d.duties.Works[i].Code] = mark
	}
	kit.Fetch(d.sh, d.sh.T("desk.loading_ballot", nil),
		func(ctx context.Context, _ kit.Progress) (out []judging.Ballot, err error) {
			for code := range next {
				b, err := d.pen.book.Load(ctx, code)
				if err != nil {
					return nil, err
				}
				out = append(out, b)
			}
			return out, nil
		},
		func(all []judging.Ballot) {
			slices.SortFunc(all, func(a, b judging.Ballot) int { return cmp.Compare(a.Code, b.Code) })
			for _, b := range all {
				w := d.duties.Works[d.find(b.Code)]
				b.Marks = map[string]float64{d.duties.Rubrics[w.Category].Criteria[0].Name: next[b.Code]}
				b.State, b.Total, b.Reason = judging.Open, 0, ""
				d.pen.save(b, func(kept judging.Ballot, err error) {
					if err != nil {
						d.sh.ShowError(err)
						return
					}
					d.acknowledged(kept)
				})
			}
		})
}

// restOf lists the works that nothing is said of yet, by their place in the list, where votes, places or points are
// given and most works get none.
func restOf(d judging.Duties) (out []int) {
	if d.Voting == nil || d.Voting.N() == 0 || d.Submitted {
		return nil
	}
	for i, w := range d.Works {
		if s := tally.State(w); !w.Calibration && (s == judging.Open || s == judging.Started) {
			out = append(out, i)
		}
	}
	return out
}

// askRest says of all works that nothing is said of yet that they get no vote, place or point.
func (d *Desk) askRest() {
	rest := restOf(d.duties)
	args := map[string]any{"N": len(rest), "Said": saidOf(d.sh, *d.duties.Voting, voting.Against)}
	d.sh.Ask(kit.Question{
		Title: d.sh.T("desk.rest_title", nil), Text: d.sh.T("desk.rest_text", args),
		Action: d.sh.T("desk.rest_"+string(d.duties.Voting.Kind), args),
		Do: func() error {
			marks := map[int]float64{}
			for _, i := range rest {
				marks[i] = voting.Against
			}
			d.speak(marks)
			return nil
		},
	})
}
