package comments

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/scoring"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// Comment 评语 is what one judge wrote of a work.
type Comment struct {
	Work     judging.WorkID   `json:"work"`
	Code     judging.WorkCode `json:"code"`
	Title    string           `json:"title"`
	Category string           `json:"category"`
	Unit     string           `json:"unit"` // who sent it, or the author's
	Judge    judging.JudgeID  `json:"judge"`
	Name     string           `json:"name"` // the judge's
	Text     string           `json:"text"`
	At       time.Time        `json:"at"`
	Source   judging.Source   `json:"source"`

	// At most one of these; none for a comment that goes with a score that holds.
	Void    bool `json:"void,omitempty"`    // its score does not count
	Older   bool `json:"older,omitempty"`   // its judge wrote something else since
	Pending bool `json:"pending,omitempty"` // its score waits for a decision
	Undone  bool `json:"undone,omitempty"`  // taken back with the collection that brought it
	Trial   bool `json:"trial,omitempty"`   // of a calibration work

	authors string
	counts  bool // the work is still in the contest
}

// ListComments lists everything that judges wrote of the round's works, or of one: by work, then by judge, each judge's
// newest first. Errors: NotFound for the work.
func (o Stage) ListComments(ctx context.Context, work string) ([]Comment, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Comment, error) { return loadComments(tx, work) })
}

func loadComments(tx store.Tx, work string) ([]Comment, error) {
	out := []Comment{}
	c, err := records.LoadContest(tx)
	if err != nil {
		return out, err
	}
	prefix := judging.Serial("r", 2, int(c.Round)) + "/"
	var only judging.WorkID
	if work != "" {
		if only, err = records.FindWork(tx, work); err != nil {
			return out, err
		}
		prefix += string(only) + "/"
	}
	names, err := records.JudgeNames(tx)
	if err != nil {
		return out, err
	}
	add := func(trial bool) func(judging.Score) error {
		return func(s judging.Score) error {
			found, err := commentsOf(tx, s, trial, names[s.Judge])
			out = append(out, found...)
			return err
		}
	}
	err = records.FirstError(
		records.Scores.EachPrefix(tx, prefix, add(false)), scoring.Trials.EachPrefix(tx, prefix, add(true)),
	)
	if err != nil {
		return out, err
	}
	slices.SortStableFunc(
		out,
		func(a, b Comment) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Judge, b.Judge)) },
	)
	return out, nil
}

// commentsOf lists the different comments in a score's whole history, newest first.
func commentsOf(tx store.Tx, s judging.Score, trial bool, name string) ([]Comment, error) {
	w, err := records.LoadWork(tx, s.Work)
	if err != nil {
		return nil, err
	}
	base := Comment{
		Work:     w.ID,
		Code:     w.Code,
		Title:    w.Title,
		Category: w.Category,
		Unit:     cmp.Or(w.Unit, w.Sender),
		Judge:    s.Judge,
		Name:     name,
		Trial:    trial,
		authors:  strings.Join(w.Authors, "、"),
		counts:   records.Accepted(w),
	}
	var out []Comment
	seen := map[string]bool{}
	add := func(v judging.ScoreVersion, mark func(*Comment)) {
		if text := strings.TrimSpace(v.Comment); text != "" && !seen[text] {
			seen[text] = true
			c := base
			c.Text, c.At, c.Source = text, v.At, v.Source
			mark(&c)
			out = append(out, c)
		}
	}
	holds := func(c *Comment) { c.Void = s.Void != "" }
	add(s.Now(), holds)
	code := w.Code
	if trial {
		code += scoring.TrialMark
	}
	waiting, err := scoring.Waiting(tx, s.Round, s.Judge, code)
	if err != nil {
		return nil, err
	}
	for _, v := range waiting {
		add(v, func(c *Comment) { c.Pending = true })
	}
	for _, v := range slices.Backward(s.Versions) {
		add(v, func(c *Comment) { c.Older = true })
	}
	for _, v := range slices.Backward(s.Undone) {
		add(v, func(c *Comment) { c.Undone = true })
	}
	return out, nil
}

// ReportComments writes the comments that hold to path as a workbook for those who sent the works, by unit, and
// returns how many. Judges are not named: nor by the order, and a judge's own name in a comment is masked. Errors:
// NotFound when there is not one, Unavailable.
func (o Stage) ReportComments(ctx context.Context, path string, words paper.Words) (int, error) {
	var list paper.CommentList
	all, err := records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Comment, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return nil, err
		}
		list.Title, list.Rehearsal = words("comments.title", map[string]any{"Contest": c.Name}), c.Rehearsal
		return Unnamed(tx, words)
	})
	if err != nil {
		return 0, err
	}
	list.Rows = nil
	for _, x := range all {
		list.Rows = append(list.Rows, paper.CommentRow{Unit: cmp.Or(x.Unit, words("comments.no_unit", nil)),
			Code: string(x.Code), Title: x.Title, Authors: x.authors, Category: x.Category, Text: x.Text})
	}
	if len(list.Rows) == 0 {
		return 0, judging.Fail(judging.NotFound, "comments.none", nil)
	}
	slices.SortFunc(list.Rows, func(a, b paper.CommentRow) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Text, b.Text))
	})
	list.Note = words("comments.note", map[string]any{"N": len(list.Rows)})
	return len(
			list.Rows,
		), records.WriteFile(
			path,
			func(w io.Writer) error { return paper.WriteCommentList(w, list, words) },
		)
}

// Unnamed lists the comments of the round that hold, as those may read them who sent the works: no judge is named, nor
// known by the order, and a judge's own name in a comment is masked.
func Unnamed(tx store.Tx, words paper.Words) ([]Comment, error) {
	all, err := loadComments(tx, "")
	if err != nil {
		return nil, err
	}
	judges, err := records.LoadJudges(tx)
	var out []Comment
	for _, x := range all {
		if !x.Void && !x.Older && !x.Pending && !x.Undone && !x.Trial && x.counts {
			x.Text = unnamed(x.Text, judges, words("comments.a_judge", nil))
			x.Judge, x.Name = "", ""
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b Comment) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Text, b.Text))
	})
	return out, err
}

// unnamed masks the names of judges in a text.
func unnamed(text string, judges []judging.Judge, word string) string {
	slices.SortStableFunc(judges, func(a, b judging.Judge) int { return cmp.Compare(len(b.Name), len(a.Name)) })
	for _, j := range judges { // the longest name first: one may begin another
		if len([]rune(j.Name)) >= 2 {
			text = strings.ReplaceAll(text, j.Name, word)
		}
	}
	return text
}
