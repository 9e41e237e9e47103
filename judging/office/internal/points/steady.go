package points

import (
	"encoding/binary"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
)

// Steady is all that a list of open points needs of works: what hangs on them alone, and how the round divides them.
// A work is its place among the round's.
type Steady struct {
	IDs       string       `json:"ids"`   // of the works of the round, sorted, one a line
	Lists     []byte       `json:"lists"` // of each work, the number of the list in which it is ranked
	Found     []placed     `json:"found"` // points of the kinds that hang on works
	Conflicts []conflicts  `json:"conflicts"`
	Version   int          `json:"version"`
	other     *otherSteady // nil once it was kept
}

// otherSteady is what belongs to Steady and is kept apart, as it is needed only once lists are handed in.
type otherSteady struct{ shares []share }

// steadyVersion is that of this program: another finds other things.
const steadyVersion = 1

// placed is a point whose works are places.
type placed struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
	Works []byte `json:"works,omitempty"`
}

// conflicts are the works that are to be kept from a judge.
type conflicts struct {
	Judge judging.JudgeID `json:"judge"`
	Works []byte          `json:"works"`
}

// share is the works that the plan gave a judge.
type share struct {
	Judge judging.JudgeID `json:"judge"`
	Works []byte          `json:"works"`
}

// pack writes ascending places.
func pack(places []int) []byte {
	var out []byte
	last := 0
	for _, p := range places {
		out = binary.AppendUvarint(out, uint64(p-last))
		last = p
	}
	return out
}

// unpack calls fn with places that pack wrote.
func unpack(packed []byte, fn func(place int)) {
	last := 0
	for len(packed) > 0 {
		step, n := binary.Uvarint(packed)
		if n <= 0 {
			return
		}
		last, packed = last+int(step), packed[n:]
		fn(last)
	}
}

// steady finds what hangs on works; nil where a point can't be kept whole.
func (l *look) steady() (*Steady, error) {
	s, err := l.start()
	if err != nil {
		return nil, err
	}
	var ids []string
	var lists []byte
	number := map[[2]string]int{}
	for _, w := range s.works { // by identity
		if !s.takes(w) {
			continue
		}
		list := [2]string{w.Category}
		if s.rules.RankedApart(w.Category, w.Group) {
			list[1] = w.Group
		}
		n, met := number[list]
		if !met {
			n = len(number)
			number[list] = n
		}
		ids, lists = append(ids, string(w.ID)), binary.AppendUvarint(lists, uint64(n))
	}
	out := &Steady{IDs: strings.Join(ids, "\n"), Lists: lists, Version: steadyVersion}
	if out.Found, err = l.placed(ids); err != nil || out.Found == nil {
		return nil, err
	}
	if out.Conflicts, err = l.conflictsAmong(ids); err != nil {
		return nil, err
	}
	out.other = &otherSteady{}
	out.other.shares, err = l.shares(ids)
	return out, err
}

// placed finds the points that hang on works; nil where one can't be kept whole.
func (l *look) placed(ids []string) ([]placed, error) {
	out := []placed{}
	for _, k := range table {
		if k.quick != nil {
			continue
		}
		if err := l.ctx.Err(); err != nil {
			return nil, err
		}
		got, err := k.find(l)
		if err != nil {
			return nil, err
		}
		places, all := placesOf(ids, got.works)
		if !all || len(got.judges) > 0 || len(got.args) > 0 {
			return nil, nil
		}
		if got.count > 0 {
			out = append(out, placed{k.name, got.count, pack(places)})
		}
	}
	return out, nil
}

// placesOf looks works up, which are sorted; false where one is not of the round.
func placesOf(ids []string, works []judging.WorkID) (out []int, all bool) {
	for _, w := range works {
		at, is := slices.BinarySearch(ids, string(w))
		if !is || len(out) > 0 && at <= out[len(out)-1] {
			return nil, false
		}
		out = append(out, at)
	}
	return out, true
}

func (l *look) conflictsAmong(ids []string) ([]conflicts, error) {
	all, err := l.r.Conflicts()
	var out []conflicts
	for from := 0; from < len(all); {
		c := conflicts{Judge: all[from].Judge}
		var places []int
		for ; from < len(all) && all[from].Judge == c.Judge; from++ {
			if at, is := slices.BinarySearch(ids, string(all[from].Work)); is {
				places = append(places, at)
			}
		}
		c.Works = pack(places)
		out = append(out, c)
	}
	return out, err
}

func (l *look) shares(ids []string) ([]share, error) {
	s, err := l.start()
	if err != nil || s.plan == nil {
		return nil, err
	}
	lists, err := records.PlanRosters(l.tx, s.plan.ID)
	var out []share
	for _, r := range lists {
		var places []int
		for _, w := range r.Works {
			if at, is := slices.BinarySearch(ids, string(w)); is {
				places = append(places, at)
			}
		}
		slices.Sort(places)
		out = append(out, share{r.Judge, pack(places)})
	}
	return out, err
}
