package judge

import (
	"context"
	"image"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/judge/tally"
	"fayi/app/judge/viewer"
	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/header"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
)

// Signer is a maker of ballots that can also print the sheet a judge signs, as a PDF at path. Errors: those of
// writing a file.
type Signer interface {
	SignOff(ctx context.Context, path string) error
}

// review is the sheet of all own works that is looked over before it is confirmed.
type review struct {
	desk  *Desk
	sum   *look.Para
	notes *fyne.Container
	bars  *fyne.Container
	table *table.Table[row]
	body  fyne.CanvasObject
}

func newReview(d *Desk) *review {
	sh := d.sh
	r := &review{
		desk:  d,
		sum:   look.NewPara("", look.Body, look.Plain, 70).Fluid(),
		notes: lay.Stack(lay.Gap8),
		bars:  lay.Stack(lay.Gap16),
	}
	r.table = r.newTable()
	acts := []fyne.CanvasObject{d.leaveButton()}
	if sign := d.signButton(); sign != nil {
		acts = append(acts, sign)
	}
	head := header.New(sh.T("desk.review", nil),
		append(acts, button.NewPrimary(sh.T("desk.submit", nil), r.confirm))...).
		WithBack(d.showQueue)
	body := lay.Sheet(0, r.table)
	if d.sh.Size().Width >= look.Em(70) {
		side := lay.Surface(container.NewStack(lay.Blank(look.Em(15), 0), lay.VScroll(clearOfBar(r.bars))))
		body = lay.Split(lay.Gap16, []float32{1, 0}, body, side)
	}
	r.body = header.Page(head, lay.Fill(lay.Stack(lay.Gap8, r.sum, r.notes), body, nil))
	return r
}

func (r *review) newTable() *table.Table[row] {
	sh := r.desk.sh
	t := table.New(func(x row) string { return string(x.Code) },
		table.Column[row]{
			Title:  sh.T("desk.col_n", nil),
			Min:    3,
			Number: true,
			Cell:   func(x row) table.Cell { return table.Cell{Text: strconv.Itoa(x.n), Tone: look.Quiet} },
		},
		table.TextColumn(sh.T("desk.col_code", nil), 6, 0, func(x row) string { return string(x.Code) }),
		table.TextColumn(sh.T("desk.col_title", nil), 8, 3, func(x row) string { return x.Title }),
		table.TextColumn(sh.T("desk.col_category", nil), 6, 1, func(x row) string { return kind(x.BlindWork) }),
		table.Column[row]{
			Title: sh.T("desk.col_state", nil),
			Min:   5,
			Cell:  func(x row) table.Cell { return stateCell(sh, tally.State(x.Duty)) },
		},
		table.Column[row]{
			Title:   sh.T("desk.col_total", nil),
			Min:     4,
			Number:  true,
			Cell:    func(x row) table.Cell { return table.Cell{Text: given(sh, r.desk.duties, x.Duty), Strong: true} },
			Compare: byTotal,
		},
		table.TextColumn(sh.T("desk.col_remark", nil), 11, 2, r.remark),
	)
	t.OnOpen = func(x row) { r.desk.openWork(x.n-1, nil) }
	return t.Keep(sh, "desk_review")
}

func byTotal(a, b row) int { return int(judging.Exact(a.Total) - judging.Exact(b.Total)) }

// clearOfBar keeps the numbers at the right of what scrolls clear of the bar.
func clearOfBar(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, lay.Blank(lay.Gap16, 0), o)
}

// remark says what else there is to a row: that it does not count, how sure the judge is, which hands were
// raised.
func (r *review) remark(x row) string {
	sh := r.desk.sh
	var parts []string
	if x.Calibration {
		parts = append(parts, tally.TrialWords(sh, r.desk.duties, x.Code))
	}
	if _, unseen := r.desk.looked(x.BlindWork); unseen > 0 {
		parts = append(parts, sh.T("desk.unseen_short", nil))
	}
	if r.desk.duties.AskConfidence && x.Confidence > 0 {
		parts = append(parts, sh.T("desk.sure", nil)+" "+sh.T("desk.sure_"+strconv.Itoa(x.Confidence), nil))
	}
	if words := flagWords(sh, judging.Ballot{Flags: x.Flags}); words != "" {
		parts = append(parts, sh.T("desk.flagged_short", map[string]any{"Flags": words}))
	}
	return strings.Join(parts, sh.T("kit.semicolon", nil))
}

func (r *review) content() fyne.CanvasObject { return r.body }

// came does nothing: there are no pictures here.
func (r *review) came(viewer.Spot, image.Image) {}

// refresh shows the list as it is now.
func (r *review) refresh() {
	d := r.desk
	r.table.SetRows(rows(d.duties.Works, kit.Filter{}))
	r.bars.RemoveAll()
	if d.duties.Voting != nil { // words have no mean
		text := tally.Count(d.duties.Works).Words(d.sh)
		if votes := votesWords(d.sh, d.duties, ""); votes != "" {
			text += d.sh.T("kit.semicolon", nil) + votes
		}
		r.sum.SetText(text)
		r.body.Refresh()
		return
	}
	r.sum.SetText(tally.Count(d.duties.Works).Preview(d.sh) + d.sh.T("desk.review_hint", nil))
	fillNotes(r.notes, d.sh, d.duties)
	for _, c := range categories(d.duties.Works) {
		r.bars.Add(spreadOf(d.sh, d.duties, c.Key))
	}
	r.body.Refresh()
}

// confirm asks for the last word, and for the judge's secret where there is one.
func (r *review) confirm() {
	d, sh := r.desk, r.desk.sh
	t := tally.Count(d.duties.Works)
	if t.Todo() > 0 {
		sh.Tell(kit.Notice{Tone: look.Waiting, Text: sh.T("desk.review_open", map[string]any{"Left": t.Todo()})})
		return
	}
	q := kit.Question{
		Title:  sh.T("desk.submit_title", nil),
		Text:   t.Preview(sh),
		Action: sh.T("desk.submit", nil),
		Check:  sh.T("desk.submit_check", nil),
	}
	if !d.duties.Secret {
		q.Do = func() error { d.handIn(""); return nil }
		sh.Ask(q)
		return
	}
	label, help := "desk.secret", "desk.secret_help"
	if d.own() {
		label, help = "packet.phrase", "packet.phrase_again"
	}
	// the twenty digits of a slip are readable, as they were when the packet was opened
	secret := field.NewText(sh, sh.T(label, nil), sh.T(help, nil), field.TextRule{
		Required: true,
		Limit:    100,
		Secret:   !d.own(),
	})
	q.Content = secret
	q.Do = func() error {
		if !field.NewForm(secret).Valid() {
			return kit.ErrShown
		}
		// asked here and now: a wrong one is said where it was typed, and nothing filled in is lost
		if err := d.pen.book.Submit(context.Background(), secret.Text()); err != nil {
			if judging.CodeOf(err) == judging.Forbidden {
				secret.Tell(sh.Err(err))
				sh.Focus(secret.Entry())
				return kit.ErrShown
			}
			return err
		}
		d.handedIn()
		return nil
	}
	sh.Ask(q)
	sh.Focus(secret.Entry())
}

// handIn locks the list and shows it.
func (d *Desk) handIn(secret string) {
	d.sh.Run(
		d.sh.T("desk.submitting", nil),
		func(ctx context.Context, _ kit.Progress) error { return d.pen.book.Submit(ctx, secret) },
		func(err error) {
			d.sh.ShowError(err)
			if err != nil {
				d.Load()
				return
			}
			d.handedIn()
		},
	)
}

// handedIn goes on to what is left to do: on the judge's own computer that is the reply.
func (d *Desk) handedIn() {
	if d.own() {
		d.leave.do()
		return
	}
	d.showQueue()
	d.Load()
}

// signButton prints the sheet a judge signs, nil where nobody can.
func (d *Desk) signButton() *button.Button {
	signer, can := d.pen.book.(Signer)
	if !can {
		return nil
	}
	sh := d.sh
	return button.New(sh.T("desk.sign", nil), func() {
		sh.SaveFile(sh.T("desk.sign_file", map[string]any{"Name": d.duties.Name}), func(path string) {
			sh.Run(
				sh.T("desk.signing", nil),
				func(ctx context.Context, _ kit.Progress) error { return signer.SignOff(ctx, path) },
				func(err error) {
					if err != nil {
						sh.ShowError(err)
						return
					}
					sh.Tell(kit.Notice{Tone: look.Done, Text: sh.T("desk.signed", map[string]any{"Path": path})})
				},
			)
		})
	})
}
