package live

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/live"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/turns"
	"fayi/judging/store"
)

// Board 大屏 is what the big screen shows: never a score that was not released, never a name that the rules keep back.
type Board struct {
	Contest  string      `json:"contest"` // marked when it is a rehearsal
	Break    string      `json:"break,omitempty"`
	Now      *BoardTurn  `json:"now,omitempty"`  // on the stage, or closed or released last; none before the first call
	Next     *BoardTurn  `json:"next,omitempty"` // that waits, first in the order
	Standing []BoardTurn `json:"standing"`       // released, best first within each list, lists in the rules' order
	Done     int         `json:"done"`           // released
	Total    int         `json:"total"`
}

// BoardTurn is one work on the screen.
type BoardTurn struct {
	Number   int              `json:"number"`
	Code     judging.WorkCode `json:"code"`
	Title    string           `json:"title,omitempty"`   // where the rules show it
	Authors  []string         `json:"authors,omitempty"` // where the rules show them, children as they say
	Unit     string           `json:"unit,omitempty"`
	List     string           `json:"list"` // category and group
	State    turns.State      `json:"state"`
	Seats    int              `json:"seats"`
	Scored   int              `json:"scored"`
	Running  bool             `json:"running,omitempty"` // its time runs
	Seconds  float64          `json:"seconds"`
	Limit    float64          `json:"limit,omitempty"` // seconds that it may take; 0: as long as it likes
	Grace    float64          `json:"grace,omitempty"` // seconds beyond that cost nothing
	Shown    *turns.Shown     `json:"shown,omitempty"` // what was released
	Place    int              `json:"place,omitempty"` // so far, among those released of its list; equals share one
	sortedBy [2]string
	since    time.Time // of the last act that the screen is to show
}

// Release 放分 lets the big screen show the scores of a closed work, named by identity or code, "" for the first one
// that is closed. Released again after a change it shows the numbers of then. Errors: Clash when its scoring is not
// closed or it has no score.
func (o Stage) Release(ctx context.Context, work string) (Turn, error) {
	return o.act(ctx, work, "release", turns.Shut, func(tx store.Tx, in *look, t *turns.Turn) error {
		if t.State != turns.Shut && t.State != turns.Released {
			return judging.Fail(judging.Clash, "stage.not_closed", judging.Args{"Number": t.Number})
		}
		shown, err := in.shown(tx, o.rec.Now().UTC(), *t)
		if err != nil {
			return err
		}
		if len(shown.Marks) == 0 {
			return judging.Fail(judging.Clash, "stage.no_scores", judging.Args{"Number": t.Number})
		}
		tally, err := in.tally(tx, *t)
		if err != nil {
			return err
		}
		if panel, lacks := award.LacksPanel(in.rules, tally); lacks {
			args := judging.Args{"Number": t.Number, "Panel": panel.Name}
			return judging.Fail(judging.Clash, "stage.lacks_panel", args)
		}
		t.State, t.Shown = turns.Released, shown
		return nil
	})
}

// shown gathers what a work may show: its totals, which of them were dropped, and the official score of this round by
// the rules' sums. Methods that compare judges need all works: until the end their place is taken by the sums.
func (in *look) shown(tx store.Tx, at time.Time, t turns.Turn) (*turns.Shown, error) {
	tally, err := in.tally(tx, t)
	if err != nil {
		return nil, err
	}
	out := &turns.Shown{At: at, Offset: tally.Offset.Float()}
	for _, total := range tally.Totals {
		out.Marks = append(out.Marks, turns.ShownMark{Total: total})
	}
	if len(tally.Totals) == 0 {
		return out, nil
	}
	rules := in.rules
	if rules.Combine.Method == judging.RankSum { // so do sums of ranks
		rules.Combine.Method = judging.Mean
	}
	made := award.Alone(rules, []award.Tally{tally})[t.Work]
	out.Official = made.Rounded(in.rules.Combine.Decimals)
	if made.Dropped > 0 && !in.rules.Combine.ByCriterion {
		for i, dropped := range tally.DroppedBy(in.rules) {
			out.Marks[i].Dropped = dropped
		}
	}
	return out, nil
}

// tally gathers the scores of a work that count.
func (in *look) tally(tx store.Tx, t turns.Turn) (award.Tally, error) {
	scores, err := in.scoresOf(tx, t.Work)
	if err != nil {
		return award.Tally{}, err
	}
	given, err := records.OffsetsIn(tx, in.round)
	if err != nil {
		return award.Tally{}, err
	}
	bench, err := records.BenchIn(tx, in.round)
	if err != nil {
		return award.Tally{}, err
	}
	w := in.works[t.Work]
	out := award.Tally{Work: t.Work, Category: w.Category, Group: w.Group, Offset: given[t.Work]}
	for _, s := range scores {
		if s.Counts() {
			bench.Add(&out, s.Judge, s.Now().Ballot)
		}
	}
	return out, nil
}

// pause is the break slide of a round; the empty one is no break.
type pause struct {
	Round judging.Round `json:"round"`
	Text  string        `json:"text"`
}

var pauses = store.NewTable("stage_break", 1, func(p *pause) string { return judging.Serial("r", 2, int(p.Round)) })

// Break shows words in the place of the board until it is called with none. Errors: Invalid for more than 200
// characters.
func (o Stage) Break(ctx context.Context, text string) error {
	text = judging.Tidy(text)
	if len([]rune(text)) > 200 {
		return judging.Fail(judging.Invalid, "stage.break_long", nil)
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		return records.FirstError(pauses.Put(tx, pause{c.Round, text}),
			o.rec.Log(tx, "stage.break", judging.Serial("r", 2, int(c.Round)), nil, map[string]any{"text": text}))
	})
}

// Board shows the stage as the big screen may. Errors: Closed when no plan is published.
func (o Stage) Board(ctx context.Context) (Board, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Board, error) {
		in, err := o.load(tx)
		if err != nil {
			return Board{}, err
		}
		b := Board{Contest: in.contest.Title(), Standing: []BoardTurn{}, Total: len(in.turns)}
		p, err := pauses.Get(tx, judging.Serial("r", 2, int(in.round)))
		if err != nil && judging.CodeOf(err) != judging.NotFound {
			return b, err
		}
		b.Break = p.Text
		for _, t := range in.turns {
			one, err := o.boardTurn(tx, in, t)
			if err != nil {
				return b, err
			}
			b.add(one)
		}
		b.rank(in.rules)
		return b, nil
	})
}

// add puts a turn where it belongs; turns come in the running order. What was closed last stays on the screen until it
// is released: the screen does not go back to the one before.
func (b *Board) add(t BoardTurn) {
	switch {
	case t.State == turns.Waiting:
		if b.Next == nil {
			b.Next = &t
		}
	case t.State == turns.Called, b.Now == nil, b.Now.State != turns.Called && !t.since.Before(b.Now.since):
		b.Now = &t
	}
	if t.Shown != nil {
		b.Done++
		b.Standing = append(b.Standing, t)
	}
}

// rank sorts the standing and gives places, equals sharing one.
func (b *Board) rank(rules judging.Rules) {
	lists := map[string]int{}
	for i, c := range rules.Categories {
		lists[c.Name] = i
	}
	slices.SortStableFunc(b.Standing, func(x, y BoardTurn) int {
		return cmp.Or(
			cmp.Compare(lists[x.sortedBy[0]], lists[y.sortedBy[0]]), cmp.Compare(x.sortedBy[1], y.sortedBy[1]),
			-cmp.Compare(judging.Exact(x.Shown.Official), judging.Exact(y.Shown.Official)),
			cmp.Compare(x.Number, y.Number),
		)
	})
	first := 0
	for i := range b.Standing {
		if b.Standing[i].sortedBy != b.Standing[first].sortedBy {
			first = i
		}
		b.Standing[i].Place = i - first + 1
		if i > first && b.Standing[i-1].Shown.Official == b.Standing[i].Shown.Official {
			b.Standing[i].Place = b.Standing[i-1].Place
		}
		if b.Now != nil && b.Now.Number == b.Standing[i].Number {
			b.Now.Place = b.Standing[i].Place
		}
	}
}

// boardTurn tells a turn as far as the rules let the screen show it.
func (o Stage) boardTurn(tx store.Tx, in *look, t turns.Turn) (BoardTurn, error) {
	told, err := in.tell(tx, o.rec, t)
	if err != nil {
		return BoardTurn{}, err
	}
	group := ""
	if in.rules.RankedApart(told.Category, told.Group) {
		group = told.Group
	}
	out := BoardTurn{
		Number: t.Number, Code: told.Code, List: judging.Tidy(told.Category + " " + group), State: t.State,
		Seats: told.Seats, Scored: told.Scored, Seconds: told.Seconds, Shown: t.Shown,
		Running: !t.Started.IsZero() && t.Stopped.IsZero(), sortedBy: [2]string{told.Category, group},
	}
	rule := live.Rule{}
	if in.rules.Live != nil {
		rule = *in.rules.Live
	}
	out.Limit, out.Grace = rule.Limit().Seconds(), float64(rule.Grace)
	if out.since = t.Closed; t.State == turns.Released && t.Shown != nil {
		out.since = t.Shown.At
	}
	if rule.Show == live.ShowTitle || rule.Show == live.ShowName {
		out.Title = told.Title
	}
	if rule.Show == live.ShowName {
		minor := in.rules.Minor(told.Group)
		for _, name := range told.Authors {
			if public := in.rules.Minors.PublicName(name, minor); public != "" {
				out.Authors = append(out.Authors, public)
			}
		}
		out.Unit = told.Unit
	}
	return out, nil
}
