package records

import (
	"testing"

	"fayi/judging"
)

func TestNamesakesAreCalledApart(t *testing.T) {
	type row struct{ name, unit, want string }
	for name, rows := range map[string][]row{
		"nobody shares a name": {{"张伟", "某某县书法家协会", "张伟"}, {"赵一", "", "赵一"}},
		"units of one place": {
			{"张伟", "某某县书法家协会", "张伟（书法家协会）"}, {"张伟", "某某县摄影家协会", "张伟（摄影家协会）"},
		},
		"a character is not a place":     {{"张伟", "城关一小", "张伟（城关一小）"}, {"张伟", "城东一小", "张伟（城东一小）"}},
		"one unit is the other's place":  {{"张伟", "某某县", "张伟（某某县）"}, {"张伟", "某某县文联", "张伟（某某县文联）"}},
		"one unit begins with the other": {{"张伟", "县一中", "张伟（一中）"}, {"张伟", "县一中分校", "张伟（一中分校）"}},
		"only one has a unit":            {{"张伟", "", "张伟"}, {"张伟", "某某县文联", "张伟（文联）"}},
		"one unit":                       {{"张伟", "文联", "张伟"}, {"张伟", "文联", "张伟-2"}, {"张伟", "县一中", "张伟（县一中）"}},
		"all at once": {
			{"王伟", "", "王伟"}, {"李静", "县文化馆", "李静"}, {"王伟", "县文化馆", "王伟（县文化馆）"},
			{"王伟", "县书协", "王伟（县书协）"}, {"王伟", "", "王伟-2"}, {"王伟", "教育局", "王伟-3"},
			{"王伟", "教育局", "王伟-4"}, {"王伟", "", "王伟-5"},
		},
		"no units, other spaces": {{"张 伟", "", "张 伟"}, {"张伟", "", "张伟-2"}, {"张伟", "", "张伟-3"}},
	} {
		var all []judging.Judge
		for i, r := range rows {
			id := judging.JudgeID(judging.Serial("j", 3, i+1))
			all = append(all, judging.Judge{ID: id, Name: r.name, Unit: r.unit})
		}
		called, seen := Calls(all), map[string]bool{}
		for i, r := range rows {
			got := called[all[i].ID]
			if got != r.want || seen[got] {
				t.Errorf("%s: %q, want %q", name, got, r.want)
			}
			seen[got] = true
		}
	}
}
