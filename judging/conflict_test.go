package judging_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
)

func TestWhoMustNotScoreWhat(t *testing.T) {
	work := judging.Work{
		ID:       "w1",
		Unit:     "县第一中学",
		Sender:   "县教育局",
		Authors:  []string{"李 明", "王芳"},
		Teachers: []string{"赵老师"},
	}
	other := judging.Work{ID: "w2", Unit: "县第二中学", Authors: []string{"陈静"}}
	tests := []struct {
		name  string
		judge judging.Judge
		said  []judging.Conflict
		want  []judging.Conflict
	}{
		{"a stranger scores all", judging.Judge{Name: "孙伟", Unit: "县文联"}, nil, nil},
		{"what a judge is to an author and to a teacher", judging.Judge{Name: "孙伟"},
			[]judging.Conflict{
				{Person: "王 芳", Kind: judging.OfPerson, Reason: "亲属"}, {Person: "没有这个人", Kind: judging.OfPerson},
			},
			[]judging.Conflict{{Work: "w1", Kind: judging.OfPerson, Reason: "亲属"}}},
		{"and to nobody, as was cleared", judging.Judge{Name: "孙伟"},
			[]judging.Conflict{{Person: "赵老师", Kind: judging.NoConflict, Reason: "同名"}}, nil},
		{"one without name and unit scores all", judging.Judge{}, nil, nil},
		{"the author's unit, however spaced", judging.Judge{
			Unit: "县 第一　中学",
		}, nil, []judging.Conflict{{
			Work: "w1",
			Kind: judging.SameUnit,
		}}},
		{"the sender", judging.Judge{Unit: "县教育局"}, nil, []judging.Conflict{{Work: "w1", Kind: judging.SameUnit}}},
		{"a teacher", judging.Judge{Name: "赵老师"}, nil, []judging.Conflict{{Work: "w1", Kind: judging.IsTeacher}}},
		{"an author", judging.Judge{Name: "李明"}, nil, []judging.Conflict{{Work: "w1", Kind: judging.SameName}}},
		{"an author from the unit is an author", judging.Judge{
			Name: "王芳",
			Unit: "县第一中学",
		}, nil, []judging.Conflict{{
			Work: "w1",
			Kind: judging.SameName,
		}}},
		{"declared", judging.Judge{}, []judging.Conflict{{Work: "w2", Kind: judging.Declared, Reason: "亲属"}},
			[]judging.Conflict{{Work: "w2", Kind: judging.Declared, Reason: "亲属"}}},
		{"declared of a work that is gone", judging.Judge{}, []judging.Conflict{{
			Work: "w9",
			Kind: judging.Declared,
		}}, nil},
		{"declared outranks what names say", judging.Judge{
			Name: "李明",
		}, []judging.Conflict{{
			Work:   "w1",
			Kind:   judging.Declared,
			Reason: "父子",
		}},
			[]judging.Conflict{{Work: "w1", Kind: judging.Declared, Reason: "父子"}}},
		{"a unit declared whole, with its reason", judging.Judge{}, []judging.Conflict{{
			Unit:   "县第二中学",
			Kind:   judging.WholeUnit,
			Reason: "曾任教",
		}},
			[]judging.Conflict{{Work: "w2", Kind: judging.WholeUnit, Reason: "曾任教"}}},
		{"a namesake cleared", judging.Judge{
			Name: "李明",
		}, []judging.Conflict{{
			Work: "w1",
			Kind: judging.NoConflict,
		}}, nil},
		{"one work cleared of a unit", judging.Judge{}, []judging.Conflict{{
			Unit: "县第一中学",
			Kind: judging.WholeUnit,
		}, {
			Work: "w1",
			Kind: judging.NoConflict,
		}}, nil},
		{"a unit cleared", judging.Judge{
			Unit: "县第一中学",
		}, []judging.Conflict{{
			Unit: "县第一中学",
			Kind: judging.NoConflict,
		}}, nil},
		{"a cleared unit leaves an author bound", judging.Judge{
			Name: "李明",
			Unit: "县第一中学",
		}, []judging.Conflict{{
			Unit: "县第一中学",
			Kind: judging.NoConflict,
		}},
			[]judging.Conflict{{Work: "w1", Kind: judging.SameName}}},
		{"a cleared unit leaves a declared work bound", judging.Judge{Unit: "县第一中学"},
			[]judging.Conflict{{Work: "w1", Kind: judging.Declared}, {Unit: "县第一中学", Kind: judging.NoConflict}},
			[]judging.Conflict{{Work: "w1", Kind: judging.Declared}}},
		{"another judge's word", judging.Judge{}, []judging.Conflict{{
			Judge: "j9",
			Work:  "w1",
			Kind:  judging.Declared,
		}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.judge.ID = "j1"
			for i := range tt.said {
				if tt.said[i].Judge == "" {
					tt.said[i].Judge = "j1"
				}
			}
			for i := range tt.want {
				tt.want[i].Judge = "j1"
			}
			got := judging.Conflicts([]judging.Work{work, other}, []judging.Judge{tt.judge}, tt.said)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

// Held against the plain way: every judge with every work.
func TestConflictsFindAllPairsInOrder(t *testing.T) {
	name := rapid.SampledFrom([]string{"", "甲", "乙", "丙", "丁"})
	rapid.Check(t, func(t *rapid.T) {
		var works []judging.Work
		for i := range rapid.IntRange(0, 12).Draw(t, "works") {
			works = append(works, judging.Work{
				ID:       judging.WorkID(fmt.Sprint("w", i)),
				Unit:     name.Draw(t, "unit"),
				Sender:   name.Draw(t, "sender"),
				Authors:  []string{name.Draw(t, "author")},
				Teachers: []string{name.Draw(t, "teacher")},
			})
		}
		var judges []judging.Judge
		for i := range rapid.IntRange(0, 6).Draw(t, "judges") {
			judges = append(judges, judging.Judge{
				ID:   judging.JudgeID(fmt.Sprint("j", i)),
				Name: name.Draw(t, "name"),
				Unit: name.Draw(t, "unit"),
			})
		}
		var want []string
		for _, j := range judges {
			for _, w := range works {
				if j.Unit != "" && (j.Unit == w.Unit || j.Unit == w.Sender) ||
					j.Name != "" && (j.Name == w.Authors[0] || j.Name == w.Teachers[0]) {
					want = append(want, string(j.ID)+"/w/"+string(w.ID))
				}
			}
		}
		var got []string
		for _, c := range judging.Conflicts(works, judges, nil) {
			got = append(got, c.ID())
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestConflictsOfOneJudgeAreToldApartByWorkOrUnit(t *testing.T) {
	ids := []string{
		judging.Conflict{Judge: "j1", Work: "w1", Unit: "甲"}.ID(),
		judging.Conflict{Judge: "j1", Unit: "w1"}.ID(),
		judging.Conflict{Judge: "j1", Unit: "甲 校"}.ID(),
	}
	if want := []string{"j1/w/w1", "j1/u/w1", "j1/u/甲校"}; !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
}
