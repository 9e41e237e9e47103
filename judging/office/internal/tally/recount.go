package tally

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"fayi/judging"
	"fayi/judging/store"
)

// Counts is all that is tallied.
type Counts struct {
	Judges map[string]Judge
	Rounds map[string]Round
	Raised map[string]bool // identities of scores
	Works  map[string]block
}

// Recount counts everything from the records.
func Recount(tx store.Tx) (Counts, error) {
	out := Counts{map[string]Judge{}, map[string]Round{}, map[string]bool{}, map[string]block{}}
	totals := map[judging.Round]spans{}
	given := map[judging.Round]map[judging.JudgeID]map[judging.WorkID]said{}
	err := scores.Each(tx, func(s score) error {
		if given[s.Round] == nil {
			given[s.Round] = map[judging.JudgeID]map[judging.WorkID]said{}
		}
		of := given[s.Round]
		if of[s.Judge] == nil {
			of[s.Judge] = map[judging.WorkID]said{}
		}
		of[s.Judge][s.Work] = s.now()
		if totals[s.Round] == nil {
			totals[s.Round] = spans{}
		}
		totals[s.Round].add(string(s.Work), &s)
		id := scoreID(s)
		if Raises(s.now().State, s.now().Flags) {
			out.Raised[id] = true
		}
		if !s.typed() {
			return nil
		}
		t, err := get(seconds, tx, id)
		r := out.Rounds[roundID(s.Round)]
		r.Round = s.Round
		r.add(&s, t, 1)
		out.Rounds[roundID(s.Round)] = r
		return err
	})
	if err != nil {
		return out, err
	}
	for round, works := range totals {
		maps.Copy(out.Works, works.blocksOf(round))
	}
	in, err := categories(tx)
	if err != nil {
		return out, err
	}
	force := map[judging.Round]judging.Plan{}
	err = plans.Each(tx, func(p judging.Plan) error {
		if p.State == judging.Published {
			force[p.Round] = p
		}
		return nil
	})
	for _, p := range force {
		if err != nil {
			return out, err
		}
		err = rosters.EachPrefix(tx, string(p.ID)+"/", func(r judging.Roster) error {
			j, err := judgeOf(p, r, given[p.Round][r.Judge], in)
			out.Judges[seatID(j.Round, j.Judge)] = j
			return err
		})
	}
	return out, err
}

func scoreID(s score) string { return roundID(s.Round) + "/" + string(s.Work) + "/" + string(s.Judge) }

// judgeOf counts one judge's works.
func judgeOf(
	p judging.Plan, r judging.Roster, given map[judging.WorkID]said, category func(judging.WorkID) (string, error),
) (Judge, error) {
	j := Judge{Round: p.Round, Judge: r.Judge, Plan: p.ID, Total: len(r.Works), Cells: map[string]Part{}}
	for _, w := range r.Works {
		of, err := category(w) // of a work that is gone: none
		if err != nil {
			return j, err
		}
		cell := j.Cells[of]
		cell.Total++
		now := given[w]
		switch {
		case now.finished():
			j.Done++
			cell.Done++
		case now.State == judging.Skipped:
			j.Skipped++
		}
		if now.At.After(j.Last) {
			j.Last = now.At
		}
		j.Cells[of] = cell
	}
	return j, nil
}

// categories returns what looks up the category of a work that counts, each read once.
func categories(tx store.Tx) (func(judging.WorkID) (string, error), error) {
	live := map[judging.IntakeID]bool{}
	err := intakes.Each(tx, func(i intake) error {
		live[i.ID] = i.State == judging.Live
		return nil
	})
	known := map[judging.WorkID]string{}
	return func(id judging.WorkID) (string, error) {
		if c, ok := known[id]; ok {
			return c, nil
		}
		w, err := get(works, tx, string(id))
		if err != nil || w == nil {
			return "", err
		}
		for _, v := range w.Versions {
			if live[v.Intake] {
				known[id] = v.Work.Category
				break
			}
		}
		return known[id], nil
	}, err
}

// add counts a score and its second typing n times.
func (r *Round) add(s *score, t *second, n int) {
	if s == nil || !s.typed() {
		return
	}
	r.Typed += n
	if t.settles(s) {
		r.Verified += n
	}
}

// stored reads all tallies.
func stored(tx store.Tx) (Counts, error) {
	out := Counts{map[string]Judge{}, map[string]Round{}, map[string]bool{}, map[string]block{}}
	err := judges.Each(tx, func(j Judge) error { out.Judges[seatID(j.Round, j.Judge)] = j; return nil })
	if err != nil {
		return out, err
	}
	err = rounds.Each(tx, func(r Round) error {
		if r.Typed+r.Verified != 0 {
			out.Rounds[roundID(r.Round)] = r
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	err = blocks.Each(tx, func(b block) error { out.Works[blockID(b.Round, b.Block)] = b; return nil })
	if err != nil {
		return out, err
	}
	return out, raisings.Each(tx, func(r raising) error { out.Raised[r.Score] = true; return nil })
}

// Differences names the tallies that are not what a recount gives, sorted; none where the tallies are not to be
// trusted anyway: then nobody reads them.
func Differences(tx store.Tx) ([]string, error) {
	out := []string{}
	m, err := standing(tx)
	if err != nil || m == nil {
		return out, err
	}
	is, err := stored(tx)
	if err != nil {
		return out, err
	}
	want, err := Recount(tx)
	if err != nil {
		return out, err
	}
	out = append(out, differ("judge", is.Judges, want.Judges)...)
	out = append(out, differ("round", is.Rounds, want.Rounds)...)
	out = append(out, differ("work", is.Works, want.Works)...)
	return append(out, differ("raised", is.Raised, want.Raised)...), nil
}

func differ[T any](what string, is, want map[string]T) (out []string) {
	keys := map[string]bool{}
	for k := range is {
		keys[k] = true
	}
	for k := range want {
		keys[k] = true
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		a, b := is[k], want[k]
		if _, has := is[k]; !has || !reflect.DeepEqual(plain(a), plain(b)) {
			out = append(out, what+"/"+k)
			continue
		}
		if _, has := want[k]; !has {
			out = append(out, what+"/"+k)
		}
	}
	return out
}

// plain writes a value so that times that are equal and maps that are empty compare as such.
func plain(v any) string {
	if j, ok := v.(Judge); ok {
		cells := fmt.Sprint(j.Cells) // sorted by key
		at := j.Last.UnixNano()
		if j.Last.IsZero() {
			at = 0
		}
		j.Cells, j.Last = nil, j.Last.UTC().Truncate(0)
		return fmt.Sprint(j.Round, j.Judge, j.Plan, j.Total, j.Done, j.Skipped, cells, at)
	}
	return fmt.Sprint(v)
}

// Build counts everything and writes the tallies, unless they are there: of a contest that has none, or that another
// program wrote which knows none. It takes as long as reading every score.
func Build(ctx context.Context, db store.DB) error {
	for range 3 {
		var counts Counts
		var old [4][]string
		at, works := 0, 0
		err := db.View(ctx, func(tx store.Tx) error {
			at = -1
			m, err := standing(tx)
			if err != nil || m != nil {
				return err
			}
			if m, err = get(marks, tx, "mark"); err != nil {
				return err
			}
			if m != nil {
				works = m.Works
			}
			if counts, err = Recount(tx); err != nil {
				return err
			}
			if old, err = names(tx); err != nil {
				return err
			}
			at, err = journal(tx)
			return err
		})
		if err != nil || at < 0 {
			return err
		}
		if err := counts.write(ctx, db, old); errors.Is(err, errBuilt) {
			return nil
		} else if err != nil {
			return err
		}
		done := false
		err = db.Update(ctx, func(tx store.Tx) error {
			now, err := journal(tx)
			if done = now == at; err != nil || !done {
				return err
			}
			return marks.Put(tx, mark{Journal: at, State: State{Works: works + 1}, Form: form})
		})
		if err != nil || done {
			return err
		}
	}
	return nil // somebody writes all the time: it is counted whenever it is asked for
}

// names lists what is stored, to be taken away.
func names(tx store.Tx) (out [4][]string, err error) {
	is, err := stored(tx)
	if err != nil {
		return out, err
	}
	out[0] = slices.Sorted(maps.Keys(is.Judges))
	out[2] = slices.Sorted(maps.Keys(is.Raised))
	out[3] = slices.Sorted(maps.Keys(is.Works))
	err = rounds.Each(tx, func(r Round) error { out[1] = append(out[1], roundID(r.Round)); return nil })
	return out, err
}

// write stores the counts in place of old ones.
func (c Counts) write(ctx context.Context, db store.DB, old [4][]string) error {
	var jobs []func(store.Tx) error
	for i, table := range []interface {
		Delete(tx store.Tx, id string) error
	}{judges, rounds, raisings, blocks} {
		for _, id := range old[i] {
			jobs = append(jobs, func(tx store.Tx) error { return table.Delete(tx, id) })
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Judges)) {
		jobs = append(jobs, func(tx store.Tx) error { return judges.Put(tx, c.Judges[id]) })
	}
	for _, id := range slices.Sorted(maps.Keys(c.Rounds)) {
		jobs = append(jobs, func(tx store.Tx) error { return rounds.Put(tx, c.Rounds[id]) })
	}
	for _, id := range slices.Sorted(maps.Keys(c.Works)) {
		jobs = append(jobs, func(tx store.Tx) error { return blocks.Put(tx, c.Works[id]) })
	}
	for _, id := range slices.Sorted(maps.Keys(c.Raised)) {
		jobs = append(jobs, func(tx store.Tx) error { return raisings.Put(tx, raising{id}) })
	}
	const most = 8 << 10 // bytes of one
	return store.Bulk(ctx, db, len(jobs), func(int) (int, int) { return 1, most }, func(tx store.Tx, i int) error {
		if m, err := standing(tx); err != nil || m != nil {
			return cmp.Or(err, errBuilt)
		}
		return jobs[i](tx)
	}, nil)
}

// errBuilt says that another program has built the tallies meanwhile.
var errBuilt = errors.New("tally: built meanwhile")
