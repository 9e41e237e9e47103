// Package counting reads of scores what ranking by the rules needs: reading no more of each saves most of the time that
// a large contest takes. It writes nothing.
package counting

import (
	"maps"
	"slices"

	"fayi/internal/plainjson"
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/store"
)

// Score is a score as ranking needs it.
type Score struct {
	Work     judging.WorkID  `json:"work"`
	Judge    judging.JudgeID `json:"judge"`
	Void     string          `json:"void"`
	Versions []Version       `json:"versions"` // the last one holds
}

// Version is what was said of a work.
type Version struct {
	State judging.BallotState `json:"state"`
	Total float64             `json:"total"`
	Marks Marks               `json:"marks"`
	Flags []judging.Flag      `json:"flags"`
}

// Marks are the marks of a score, still as they were written: many scores have the same, and a map for each would be
// most of what they take in memory.
type Marks struct {
	written string
	read    map[string]float64
}

// UnmarshalJSON keeps what is written.
func (m *Marks) UnmarshalJSON(data []byte) error {
	m.written = string(data)
	return nil
}

// marksReader reads marks. The maps that it hands out are shared and must not change.
type marksReader map[string]map[string]float64

// mostMarks is how many different marks of a score are kept to be shared.
const mostMarks = 1 << 16

var plainMarks = plainjson.For[map[string]float64]()

func (r marksReader) read(m *Marks) (out map[string]float64, err error) {
	if m.written == "" {
		return m.read, nil
	}
	if out, known := r[m.written]; known {
		return out, nil
	}
	if err := plainMarks.Read([]byte(m.written), &out); err != nil {
		return nil, judging.Fail(judging.Corrupt, "store.bad_record", judging.Args{"Table": "score"})
	}
	if len(r) < mostMarks {
		r[m.written] = out
	}
	return out, nil
}

// table is that of scores; nothing is ever written through it.
var table = store.NewTable("score", 1, func(*Score) string { return "" })

// Counts is judging.Score.Counts.
func (s *Score) Counts() bool {
	return s.Void == "" && len(s.Versions) > 0 && s.Versions[len(s.Versions)-1].State == judging.Scored
}

// In returns the scores of a round, by work, then judge.
func In(tx store.Tx, round judging.Round) ([]Score, error) {
	return table.List(tx, judging.Serial("r", 2, int(round))+"/")
}

// Any reports whether is holds for a work with a score that counts.
func Any(given []Score, is func(judging.WorkID) bool) bool {
	for i := range given {
		looked := i > 0 && given[i-1].Work == given[i].Work && given[i-1].Counts()
		if !looked && given[i].Counts() && is(given[i].Work) {
			return true
		}
	}
	return false
}

// Of takes from whole scores of one round what ranking needs; it shares with them what they point to.
func Of(whole []judging.Score, round judging.Round) []Score {
	out, versions := make([]Score, 0, len(whole)), make([]Version, len(whole))
	for i := range whole {
		s := &whole[i]
		if s.Round != round {
			continue
		}
		c := Score{Work: s.Work, Judge: s.Judge, Void: s.Void}
		if n := len(s.Versions); n > 0 {
			now := &s.Versions[n-1]
			versions[i] = Version{now.State, now.Total, Marks{read: now.Marks}, now.Flags}
			c.Versions = versions[i : i+1 : i+1]
		}
		out = append(out, c)
	}
	return out
}

// Most is how many scores stay in memory, decoded, while nothing is written: about 1 KB each.
const Most = 25_000

// Own is a copy of a score that shares nothing that can be changed.
func Own(s judging.Score) judging.Score {
	s.Versions, s.Undone = ownVersions(s.Versions), ownVersions(s.Undone)
	return s
}

func ownVersions(list []judging.ScoreVersion) []judging.ScoreVersion {
	list = slices.Clone(list)
	for i := range list {
		list[i].Marks, list[i].Flags = maps.Clone(list[i].Marks), slices.Clone(list[i].Flags)
	}
	return list
}

// Round returns the scores of one round; what they point to is that of all.
func Round(all []judging.Score, round judging.Round) (out []judging.Score) {
	for i := range all {
		if all[i].Round == round {
			out = append(out, all[i])
		}
	}
	return out
}

// Gather calls add for each score that counts with the tally of its work, which is one of tallies, in the order of
// given. at is the place of each work among tallies. Marks of scores that have the same are shared: they must not
// change. Errors: Corrupt.
func Gather(
	tallies []award.Tally, at map[judging.WorkID]int, given []Score,
	add func(t *award.Tally, judge judging.JudgeID, said judging.Ballot),
) error {
	of, counts := make([]int, len(given)), make([]int, len(tallies)) // the tally of each score, -1 for none
	last := -1
	for k := range given {
		s := &given[k]
		if of[k] = -1; !s.Counts() {
			continue
		}
		if last < 0 || tallies[last].Work != s.Work { // a work's scores stand together
			i, known := at[s.Work]
			if last = i; !known {
				last = -1
				continue
			}
		}
		of[k] = last
		counts[last]++
	}
	award.Reserve(tallies, counts)
	reader := marksReader{}
	for k, i := range of {
		if i < 0 {
			continue
		}
		now := &given[k].Versions[len(given[k].Versions)-1]
		marks, err := reader.read(&now.Marks)
		if err != nil {
			return err
		}
		add(&tallies[i], given[k].Judge, judging.Ballot{Total: now.Total, Marks: marks, Flags: now.Flags})
	}
	return nil
}

// Bench tells who the judges of a round are, and the panel of each.
type Bench struct {
	rules  judging.Rules
	judges map[judging.JudgeID]*seated
}

type seated struct {
	judging.Judge
	panel int
}

// NewBench seats the judges on the list.
func NewBench(rules judging.Rules, list []judging.Judge) *Bench {
	b := &Bench{rules, make(map[judging.JudgeID]*seated, len(list))}
	for _, j := range list {
		b.judges[j.ID] = &seated{j, rules.PanelOf(j)}
	}
	return b
}

// Add adds to a work's tally what a judge, off the list perhaps, said of it and counts.
func (b *Bench) Add(t *award.Tally, judge judging.JudgeID, said judging.Ballot) {
	j := b.judges[judge]
	if j == nil {
		j = &seated{Judge: judging.Judge{ID: judge}, panel: b.rules.PanelOf(judging.Judge{})}
		b.judges[judge] = j
	}
	t.Add(j.Judge, j.panel, said)
}
