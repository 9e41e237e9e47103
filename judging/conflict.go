package judging

// ConflictKind says why a judge must not score a work 回避.
type ConflictKind string

// The kinds. All but Declared are found by comparing names and count until someone clears them.
const (
	Declared   ConflictKind = "declared"   // said by the judge or the organiser
	SameUnit   ConflictKind = "same_unit"  // judge and work come from one unit
	SameName   ConflictKind = "same_name"  // the judge's name is an author's
	IsTeacher  ConflictKind = "teacher"    // the judge's name is a teacher's
	NoConflict ConflictKind = "cleared"    // looked at and found to be none
	WholeUnit  ConflictKind = "whole_unit" // declared for all works of a unit
	OfPerson   ConflictKind = "person"     // declared for all works of an author or teacher
)

// Conflict keeps one judge from one work, or when Work is empty from all works of a unit, or of a person: an author or
// teacher of that name.
type Conflict struct {
	Judge  JudgeID      `json:"judge"`
	Work   WorkID       `json:"work,omitempty"`
	Unit   string       `json:"unit,omitempty"`
	Person string       `json:"person,omitempty"`
	Kind   ConflictKind `json:"kind"`
	Reason string       `json:"reason,omitempty"`
}

// ID tells conflicts apart: one for each judge and work, judge and unit, or judge and person.
func (c Conflict) ID() string {
	if c.Person != "" {
		return string(c.Judge) + "/p/" + Fold(c.Person)
	}
	if c.Work == "" {
		return string(c.Judge) + "/u/" + Fold(c.Unit)
	}
	return string(c.Judge) + "/w/" + string(c.Work)
}

// Conflicts returns all pairs to keep apart: those declared, and those suspected from names and units, less the
// ones cleared. A cleared unit takes back the suspicion of one unit only: authors, teachers and what was declared
// stay. The order is by judge as given, then by work as given. The cost grows with works plus pairs found, not with
// works × judges.
func Conflicts(works []Work, judges []Judge, said []Conflict) []Conflict {
	index := indexWorks(works)
	marked := map[string]Conflict{}
	byJudge := map[JudgeID][]Conflict{}
	for _, c := range said {
		marked[c.ID()] = c
		byJudge[c.Judge] = append(byJudge[c.Judge], c)
	}
	var out []Conflict
	for _, j := range judges {
		found := map[int]Conflict{}
		note := func(at []int, kind ConflictKind, reason string) {
			for _, i := range at {
				c := Conflict{Judge: j.ID, Work: works[i].ID, Kind: kind, Reason: reason}
				if m, ok := marked[c.ID()]; ok {
					c = m
				}
				found[i] = c
			}
		}
		if marked[Conflict{Judge: j.ID, Unit: j.Unit}.ID()].Kind != NoConflict {
			note(index.units[Fold(j.Unit)], SameUnit, "")
		}
		note(index.teachers[Fold(j.Name)], IsTeacher, "")
		note(index.authors[Fold(j.Name)], SameName, "")
		for _, c := range byJudge[j.ID] {
			if i, ok := index.ids[c.Work]; ok {
				found[i] = c
			} else if c.Person != "" && c.Kind != NoConflict {
				note(index.authors[Fold(c.Person)], OfPerson, c.Reason)
				note(index.teachers[Fold(c.Person)], OfPerson, c.Reason)
			} else if c.Work == "" && c.Kind != NoConflict {
				note(index.units[Fold(c.Unit)], WholeUnit, c.Reason)
			}
		}
		for _, i := range sortedInts(found) {
			if found[i].Kind != NoConflict {
				out = append(out, found[i])
			}
		}
	}
	return out
}

type workIndex struct {
	ids                      map[WorkID]int
	units, teachers, authors map[string][]int
}

func indexWorks(works []Work) workIndex {
	x := workIndex{make(map[WorkID]int, len(works)), map[string][]int{}, map[string][]int{}, map[string][]int{}}
	add := func(m map[string][]int, name string, i int) {
		if k := Fold(name); k != "" {
			m[k] = append(m[k], i)
		}
	}
	for i, w := range works {
		x.ids[w.ID] = i
		add(x.units, w.Unit, i)
		if Fold(w.Sender) != Fold(w.Unit) {
			add(x.units, w.Sender, i)
		}
		for _, t := range w.Teachers {
			add(x.teachers, t, i)
		}
		for _, a := range w.Authors {
			add(x.authors, a, i)
		}
	}
	return x
}
