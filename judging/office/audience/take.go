package audience

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/votelists"
	"fayi/judging/sheet/score"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// Weigh reads a list and says what it would bring; nothing is written. Errors: those of reading the file; Invalid for a
// file that is no such list, and without a source or a period.
func (o Stage) Weigh(ctx context.Context, req Request) (Report, error) {
	in, err := read(ctx, req, req.Path)
	if err != nil {
		return Report{}, err
	}
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Report, error) {
		out, _, err := o.weigh(tx, in)
		return out, err
	})
}

// Take is Weigh, and keeps the list with its file. A list that says what its source says already is not kept again.
// Errors besides: Clash when the list that it would replace is not the one that was shown (Request.Over), or when it
// tells of no work; Closed under a notice.
func (o Stage) Take(ctx context.Context, req Request) (out Report, err error) {
	if out, err = o.Weigh(ctx, req); err == nil {
		err = out.refused(req)
	}
	if err != nil || out.Known {
		return out, err
	}
	in, err := o.keep(ctx, req)
	if err != nil {
		return out, err
	}
	err = o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		var counts []votelists.Count
		if out, counts, err = o.weigh(tx, in); err != nil {
			return err
		}
		if err = out.refused(req); err != nil || out.Known {
			return err
		}
		n, err := records.Take(tx, "audience", 1)
		if err != nil {
			return err
		}
		out.ID = judging.Serial("a", 4, n)
		l := votelists.List{
			ID: out.ID, Source: in.source, Period: in.period, File: in.name, Sum: in.sum, Counts: counts,
			Over: out.Over, By: o.rec.Actor, At: o.rec.Now().UTC(),
		}
		said := map[string]any{
			"source": l.Source, "period": l.Period, "file": l.File, "sha256": l.Sum, "works": len(counts),
			"votes": out.Votes, "over": l.Over,
		}
		return records.FirstError(votelists.Table.Put(tx, l), o.rec.Log(tx, "scores.audience", out.ID, nil, said))
	})
	return out, err
}

// incoming is a list as it was read.
type incoming struct {
	name, source, period, sum string
	list                      score.VoteRows
}

// refused tells why a list that was weighed is not taken.
func (r Report) refused(req Request) error {
	switch {
	case r.Read == 0:
		return judging.Fail(judging.Clash, "audience.empty", judging.Args{"File": r.File})
	case !r.Known && r.Over != req.Over:
		return judging.Fail(judging.Clash, "audience.over", judging.Args{
			"Source": r.Source, "N": len(r.Changes), "List": r.Over,
		})
	}
	return nil
}

// keep stores the file and reads it from there: what counts is what is kept.
func (o Stage) keep(ctx context.Context, req Request) (incoming, error) {
	f, err := regular.Open(req.Path)
	if err != nil {
		return incoming{}, store.Translate(req.Path, err)
	}
	defer f.Close()
	blob, err := o.rec.Blobs.Put(ctx, f)
	if err != nil {
		return incoming{}, err
	}
	kept, err := o.rec.Blobs.Open(blob.Sum)
	if err != nil {
		return incoming{}, err
	}
	defer kept.Close()
	in, err := read(ctx, req, kept.Name())
	in.sum = blob.Sum
	return in, err
}

// read reads the list that lies at path.
func read(ctx context.Context, req Request, path string) (in incoming, err error) {
	in = incoming{
		name: filepath.Base(req.Path), source: judging.Tidy(req.Source), period: judging.Tidy(req.Period),
	}
	switch {
	case in.source == "":
		return in, judging.Fail(judging.Invalid, "audience.needs_source", nil)
	case in.period == "":
		return in, judging.Fail(judging.Invalid, "audience.needs_period", nil)
	case len([]rune(in.source)) > mostWords || len([]rune(in.period)) > mostWords:
		return in, judging.Fail(judging.Invalid, "audience.long", judging.Args{"Most": mostWords})
	}
	in.list, err = score.ReadVotes(ctx, path, in.name)
	return in, err
}

// mostWords is how long what is said of a source, or of a period, may be.
const mostWords = 60

// weigh finds the works of the rows and compares with what the source says now.
func (o Stage) weigh(tx store.Tx, in incoming) (out Report, counts []votelists.Count, err error) {
	out = Report{
		File: in.name, Sum: in.sum, Source: in.source, Changes: []Change{}, Missing: []judging.WorkCode{},
		Problems: append([]judging.Problem{}, in.list.Problems...), Sheets: in.list.Sheets.Clone(),
	}
	works, err := records.AllWorks(tx, nil)
	if err != nil {
		return out, nil, err
	}
	rules, err := records.RuleSheet(tx)
	if err != nil {
		return out, nil, err
	}
	out.Unasked = rules.Audience == nil && !terms.SpecialsHear(rules.Specials)
	votes := find(works, in.list.Rows, &out)
	for _, w := range works {
		n, told := votes[w.ID]
		if told {
			counts, out.Votes = append(counts, votelists.Count{Work: w.ID, Votes: n}), out.Votes+n
		} else if w.Status == judging.Accepted {
			out.Missing = append(out.Missing, w.Code)
		}
	}
	slices.SortFunc(counts, func(a, b votelists.Count) int { return cmp.Compare(a.Work, b.Work) })
	slices.Sort(out.Missing)
	out.Read = len(counts)
	all, err := votelists.All(tx)
	if err != nil {
		return out, nil, err
	}
	for _, l := range votelists.Holding(all) {
		if judging.Fold(l.Source) == judging.Fold(in.source) {
			out.Over = l.ID
			out.Changes = changes(works, l.Counts, votes)
			out.Known = len(out.Changes) == 0 && l.Period == in.period
		}
	}
	return out, counts, out.Sheets.Check()
}

// changes lists the works of which a list says other than the one before.
func changes(works []judging.Work, before []votelists.Count, votes map[judging.WorkID]int) []Change {
	was := map[judging.WorkID]int{}
	for _, c := range before {
		was[c.Work] = c.Votes
	}
	out := []Change{}
	for _, w := range works {
		c := Change{Work: w.ID, Code: w.Code, Title: w.Title}
		old, had := was[w.ID]
		now, has := votes[w.ID]
		if had {
			c.Old = &old
		}
		if has {
			c.New = &now
		}
		if had != has || old != now {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b Change) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

// find finds which work each row means. Rows that name no work, more than one, or the same as another row, are refused
// and named: which of two counts is right nobody here knows.
func find(works []judging.Work, rows []score.VoteRow, out *Report) map[judging.WorkID]int {
	names := nameWorks(works)
	meant, first := make([]judging.WorkID, len(rows)), map[judging.WorkID]int{}
	twice := map[judging.WorkID]bool{}
	for i, row := range rows {
		w, key, args := names.find(row)
		if key != "" {
			out.refuse(row, key, args)
			continue
		}
		meant[i] = w.ID
		if _, met := first[w.ID]; met {
			twice[w.ID] = true
		} else {
			first[w.ID] = row.Place.Row
		}
	}
	votes := map[judging.WorkID]int{}
	for i, row := range rows {
		switch id := meant[i]; {
		case id == "":
		case twice[id]:
			out.refuse(row, "audience.twice", judging.Args{"Code": string(names.code[id]), "First": first[id]})
		default:
			votes[id] = row.Votes
		}
	}
	return votes
}

func (r *Report) refuse(row score.VoteRow, key string, args judging.Args) {
	r.Problems = append(r.Problems, judging.Problem{
		Place: row.Place, Column: row.Column, Text: key, Args: args, Fatal: true,
	})
	r.Sheets.Refuse(row.Place.File, row.Place.Sheet)
}

// named are works by all that a list may call them.
type named struct {
	number, title map[string][]judging.Work
	code          map[judging.WorkID]judging.WorkCode
}

func nameWorks(works []judging.Work) named {
	n := named{map[string][]judging.Work{}, map[string][]judging.Work{}, map[judging.WorkID]judging.WorkCode{}}
	add := func(to map[string][]judging.Work, name string, w judging.Work) {
		if name = judging.Fold(name); name != "" {
			to[name] = append(to[name], w)
		}
	}
	for _, w := range works {
		n.code[w.ID] = w.Code
		add(n.number, string(w.Code), w)
		if judging.Fold(w.Number) != judging.Fold(string(w.Code)) {
			add(n.number, w.Number, w)
		}
		add(n.title, w.Title, w)
	}
	return n
}

// find is the work that a row means, or the key of what keeps it from being known. A number that is nobody's, as
// platforms give them, is passed over where a title is there as well.
func (n named) find(row score.VoteRow) (w judging.Work, key string, args judging.Args) {
	byNumber, byTitle := n.number[judging.Fold(row.Name)], n.title[judging.Fold(row.Title)]
	args = judging.Args{"Value": row.Name, "Title": row.Title, "N": len(byNumber)}
	found := byNumber
	if len(found) == 0 && row.Title != "" {
		found, args["N"] = byTitle, len(byTitle)
	}
	switch {
	case len(found) == 0:
		return w, "audience.unknown", args
	case len(found) > 1:
		return w, "audience.several", args
	}
	w = found[0]
	args["Code"] = string(w.Code)
	switch {
	case row.Title != "" && judging.Fold(row.Title) != judging.Fold(w.Title):
		return w, "audience.title_differs", args
	case w.Status != judging.Accepted:
		return w, "audience.not_accepted", args
	}
	return w, "", nil
}
